// Putting the parts together: tabs, keys, colours, the link.

function setUpTabs() {
  const tabs = [...byId("tabs").children];
  const names = tabs.map((tab) => tab.dataset.tab);
  tabs.forEach((tab, at) => {
    tab.addEventListener("click", () => change({ tab: names[at] }));
    tab.addEventListener("keydown", (event) => {
      const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!way) return;
      event.preventDefault();
      const next = (at + way + tabs.length) % tabs.length;
      change({ tab: names[next] });
      tabs[next].focus();
    });
  });
  onChange(() => {
    tabs.forEach((tab, at) => {
      const on = names[at] === state.tab;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
      byId(names[at]).hidden = !on;
    });
  });
}

function setUpKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inField = event.target.matches("input, select, textarea");
    if (event.key === "Escape") {
      if (document.documentElement.classList.contains("filters-open")) showFilters(false);
      else if (state.selected) {
        const { actor } = state.selected;
        select(null);
        (actor && state.tab === "network" ? nodes[actor.index].group : byId("stage")).focus();
      }
      return;
    }
    if (inField) return;
    const onButton = event.target.matches("button, summary, a, [role=button]");
    const keys = {
      "/": () => byId("search").focus(), "+": () => zoomBy(1.4), "=": () => zoomBy(1.4), "-": () => zoomBy(1 / 1.4), 0: () => change({ zoom: null }),
      ",": () => toChange(-1), ".": () => toChange(1), n: () => change({ tab: "network" }), m: () => change({ tab: "matrix" }), t: () => change({ tab: "timeline" }),
      " ": onButton ? null : () => play(!playing),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

// Colours follow the system unless told otherwise. Nothing is stored: a page by double click has nowhere of its own.
function setUpTheme() {
  const root = document.documentElement, words = ["auto", "light", "dark"];
  byId("theme").addEventListener("click", () => {
    const next = words[(words.indexOf(root.dataset.theme || "auto") + 1) % 3];
    if (next === "auto") delete root.dataset.theme; else root.dataset.theme = next;
    byId("theme-word").textContent = next;
  });
}

function setUpLink() {
  byId("link").addEventListener("click", async () => {
    putLink();
    let copied = false;
    try { await navigator.clipboard.writeText(location.href); copied = true; } catch { /* not allowed here: the address bar has it */ }
    const text = copied ? "Copied" : "See address";
    say(copied ? "Link copied" : "The link is in the address bar");
    byId("link").textContent = text;
    setTimeout(() => { byId("link").textContent = "Link"; }, 1600);
  });
  onChange(writeLink);
  addEventListener("hashchange", () => {
    if (location.hash === linked) return;
    linked = location.hash;
    behind.length = 0;
    followLink();
  });
}

// Shows what the address asks for, and moves what it selects into sight once that is drawn.
function followLink() {
  change(fieldsOf(location.hash));
  requestAnimationFrame(() => requestAnimationFrame(() => { if (!state.zoom) revealSelected(); }));
}

setUpTabs();
setUpNetwork();
setUpPanel();
setUpMatrix();
setUpTimeline();
setUpTime();
setUpFilters();
setUpSearch();
setUpKeys();
setUpTheme();
setUpLink();
byId("skip").addEventListener("click", (event) => { event.preventDefault(); byId("stage").focus(); });
followLink();
