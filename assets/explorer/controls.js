// Time and filters: the slider with its counts, play, and what is left out.

function goTo(day) {
  const within = Math.max(days.first, Math.min(days.last, day));
  change(within < state.from ? { day: within, from: days.first } : { day: within });
}

// The days on which anything that is shown changes, ascending.
function turns() {
  const all = new Set();
  for (const relation of relations) {
    if (state.categoriesOff.has(relation.category)) continue;
    const changes = standing(relation, state.source)?.days || [];
    for (let at = 0; at < changes.length; at += 2) all.add(changes[at]);
  }
  return [...all].sort((a, b) => a - b);
}
function toChange(way) {
  const all = turns();
  const next = way > 0 ? all.find((day) => day > state.day) : all.findLast((day) => day < state.day);
  goTo(next ?? (way > 0 ? days.last : days.first));
}

// ---- play ----

let playing = 0;
function play(on) {
  cancelAnimationFrame(playing);
  playing = 0;
  byId("play").setAttribute("aria-pressed", String(on));
  byId("play").setAttribute("aria-label", on ? "Pause" : "Play");
  document.documentElement.classList.toggle("playing", on);
  if (!on) return;
  if (state.day >= days.last) change({ day: state.from });
  let at = state.day >= days.last ? state.from : state.day, before = performance.now();
  // With reduced motion the picture steps once a second instead of flowing.
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const step = (now) => {
    const rate = Number(byId("speed").value);
    const passed = now - before;
    if (!calm || passed >= 1000) {
      at += (rate * Math.min(passed, calm ? 1000 : 100)) / 1000;
      before = now;
      const day = Math.min(days.last, Math.floor(at));
      if (day !== state.day) change({ day });
      if (day >= days.last) { play(false); return; }
    }
    playing = requestAnimationFrame(step);
  };
  playing = requestAnimationFrame(step);
}

function setUpTime() {
  const slider = byId("day"), date = byId("date");
  slider.addEventListener("input", () => { play(false); change({ day: Number(slider.value) }); });
  slider.addEventListener("keydown", (event) => {
    const back = ["ArrowLeft", "ArrowDown", "PageDown"].includes(event.key), forth = ["ArrowRight", "ArrowUp", "PageUp"].includes(event.key);
    if (!back && !forth) return;
    const way = forth ? 1 : -1;
    event.preventDefault();
    play(false);
    if (event.key.startsWith("Page")) goTo(monthsLater(state.day, 12 * way));
    else goTo(event.shiftKey ? monthsLater(state.day, way) : state.day + way);
  });
  date.min = isoOf(days.first);
  date.max = isoOf(days.last);
  date.addEventListener("change", () => {
    const day = dayOf(date.value);
    if (day !== null) { play(false); goTo(day); }
  });
  byId("play").addEventListener("click", () => play(!playing));
  byId("back").addEventListener("click", () => { play(false); toChange(-1); });
  byId("forth").addEventListener("click", () => { play(false); toChange(1); });
  const still = days.first === days.last;
  for (const id of ["day", "date", "play", "back", "forth", "speed"]) byId(id).disabled = still;
  byId("earlier").addEventListener("click", () => change(state.from > days.first ? { from: days.first } : { from: days.focus, day: Math.max(state.day, days.focus) }));
  new ResizeObserver(drawCounts).observe(byId("counts"));
  onChange((changed) => {
    if (["from", "source", "certain", "categoriesOff", "kindsOff"].some((key) => key in changed)) drawCounts();
    if ("day" in changed || "from" in changed || "source" in changed || "certain" in changed || "categoriesOff" in changed || "kindsOff" in changed) drawDay();
  });
}

function drawDay() {
  const slider = byId("day");
  slider.min = state.from;
  slider.max = days.last;
  slider.value = state.day;
  byId("date").value = isoOf(state.day);
  let sure = 0, unsure = 0;
  for (const value of today().shown) if (value) { if (value & CERTAIN) sure += 1; else unsure += 1; }
  byId("tally").textContent = state.certain ? `${sure} certain` : `${sure} certain, ${unsure} possible`;
  slider.setAttribute("aria-valuetext", `${dayInWords(state.day)}: ${sure} relations certain${state.certain ? "" : `, ${unsure} possible`}`);
  const earlier = byId("earlier");
  earlier.hidden = days.focus === days.first;
  earlier.textContent = state.from > days.first ? `From ${isoOf(days.first).slice(0, 4)}` : `From ${isoOf(days.focus).slice(0, 4)}`;
}

// How many relations are shown over time: those that certainly hold below, those that possibly do on top.
function drawCounts() {
  const picture = byId("counts");
  const room = Math.max(60, Math.round(picture.getBoundingClientRect().width));
  const span = days.last - state.from;
  const steps = Math.max(1, Math.min(span, 260));
  const samples = [];
  for (let at = 0; at <= steps; at += 1) {
    const day = Math.round(state.from + (span * at) / steps);
    let sure = 0, all = 0;
    for (const relation of relations) if (isShown(relation, day)) { all += 1; if (valueOn(relation, state.source, day) & CERTAIN) sure += 1; }
    samples.push([at / steps, sure, all]);
  }
  const most = Math.max(1, ...samples.map(([, , all]) => all));
  const area = (pick) => `M0 100${samples.map((sample) => `L${(sample[0] * 1000).toFixed(1)} ${(100 - (96 * pick(sample)) / most).toFixed(1)}`).join("")}L1000 100Z`;
  picture.setAttribute("viewBox", "0 0 1000 100");
  picture.replaceChildren(svg("path", { class: "all", d: area(([, , all]) => all) }), svg("path", { class: "sure", d: area(([, sure]) => sure) }));
  byId("years").replaceChildren(...axis(room));
}

// ---- filters ----

function setUpFilters() {
  const root = byId("filters");
  const flip = (key, index) => {
    const next = new Set(state[key]);
    if (next.has(index)) next.delete(index); else next.add(index);
    change({ [key]: next });
  };
  const number = () => html("span", { class: "number soft" });
  const used = categories.map((word, index) => [word, index]).filter(([, index]) => relations.some((relation) => relation.category === index));
  const boxes = used.map(([word, index]) => {
    const input = html("input", { type: "checkbox", onchange: () => flip("categoriesOff", index), "data-category": word });
    const counted = number();
    return { input, counted, index, row: html("label", {}, input, swatch(word), html("span", {}, word), counted) };
  });
  const people = kinds.map((kind, index) => {
    const input = html("input", { type: "checkbox", onchange: () => flip("kindsOff", index), "data-kind": kind.name });
    const glyph = svg("svg", { class: "glyph", viewBox: "-8 -8 16 16", "aria-hidden": "true" }, svg("path", { class: `node ${shapeOf(index)}`, d: outline(shapeOf(index), 6) }));
    return { input, index, row: html("label", { title: kind.definition }, input, glyph, html("span", {}, kind.name.replaceAll("_", " ")), html("span", { class: "number soft" }, actors.filter((actor) => actor.kind === index).length)) };
  });
  const sure = html("input", { type: "checkbox", id: "certain", onchange: () => change({ certain: sure.checked }) });
  const source = html("select", { id: "source", onchange: () => change({ source: Number(source.value) }) },
    html("option", { value: -1 }, "All sources"),
    sources.map((one, index) => html("option", { value: index }, `${one.id}: ${one.title}`)));
  const all = (list, key) => html("div", { class: "row small" },
    button("all", () => change({ [key]: new Set() })), button("none", () => change({ [key]: new Set(list.map((item) => item.index)) })));
  root.append(
    html("div", { class: "bar only-small" }, html("h2", {}, "Filters"), button("Close", () => showFilters(false))),
    html("fieldset", {}, html("legend", {}, "Certainty"), html("label", {}, sure, html("span", {}, "certain only")),
      html("ul", { class: "plain legend" }, [["certain", "certain"], ["possible", "only possible"], ["contested", "contested"]].map(([form, word]) => html("li", {}, swatch("plain", form), word)))),
    html("fieldset", {}, html("legend", {}, "Category"), boxes.map(({ row }) => row), all(boxes, "categoriesOff")),
    html("fieldset", {}, html("legend", {}, html("label", { for: "source" }, "Source")), source),
    html("fieldset", {}, html("legend", {}, "Kind of actor"), people.map(({ row }) => row), all(people, "kindsOff")),
    button("Reset filters", () => change({ certain: false, source: -1, categoriesOff: new Set(QUIET), kindsOff: new Set() }), { id: "reset" }));
  byId("filters-button").addEventListener("click", () => showFilters(!document.documentElement.classList.contains("filters-open")));
  onChange((changed) => {
    sure.checked = state.certain;
    source.value = state.source;
    for (const { input, index } of boxes) input.checked = !state.categoriesOff.has(index);
    for (const { input, index } of people) input.checked = !state.kindsOff.has(index);
    if ("day" in changed && playing) return;
    if (!("day" in changed || "source" in changed)) return;
    const here = categories.map(() => 0);
    today().all.forEach((value, index) => { if (value & (CERTAIN | POSSIBLE)) here[relations[index].category] += 1; });
    for (const { counted, index } of boxes) counted.textContent = here[index];
  });
}
function showFilters(on) {
  document.documentElement.classList.toggle("filters-open", on);
  byId("filters-button").setAttribute("aria-expanded", String(on));
}
