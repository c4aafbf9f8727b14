// The matrix: what each pair is to each other on the day. What a pair comes to was computed before, by the rule of the command `matrix`.

const LETTER = ["F", "E", "M", "D", "·"];

// The actors compared: the chosen ones, or, until two are chosen, the best connected ones that are there on the day, one of each line.
function compared(most) {
  const chosen = state.chosen.map((index) => actors[index]);
  if (chosen.length > 1) return chosen;
  const taken = new Set(chosen.map((actor) => lineOf(actor, state.source)[0]));
  const here = actors.map((actor) => [actor, actor.relations.filter((relation) => valueOn(relation, state.source, state.day) & (CERTAIN | POSSIBLE)).length]);
  const best = chosen;
  for (const [actor] of here.filter(([, number]) => number).sort((a, b) => b[1] - a[1] || a[0].index - b[0].index)) {
    const line = lineOf(actor, state.source)[0];
    if (taken.has(line)) continue;
    taken.add(line);
    if (best.length >= most) break;
    best.push(actor);
  }
  return best;
}

// Beside the letter, by how firmly it stands: certain, only possible, contested. The marks of the command.
const FIRMNESS = ["", "?", "!"];

// What a pair comes to, and how firmly unless that is certain.
const signInWords = ({ sign, footing }) => data.signs[sign] + (footing ? `, ${data.footings[footing]}` : "");

function setUpMatrix() {
  onChange(() => { if (!byId("matrix").hidden) drawMatrix(); });
}

function drawMatrix() {
  const root = byId("matrix");
  const held = root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const list = compared(byId("stage").clientWidth < 600 ? 8 : 14);
  const head = (actor) => html("span", { class: "turned" }, link(nameOn(actor, state.day), { actor }));
  const cell = (row, column) => {
    if (row === column) return html("td", { class: "self", "aria-hidden": "true" });
    const now = signOn(row, column, state.source, state.day);
    const unsure = now.footing > 0;
    const picked = state.selected?.pair?.includes(row) && state.selected.pair.includes(column);
    const label = `${nameOn(row, state.day)} and ${nameOn(column, state.day)}: ${signInWords(now)}`;
    return html("td", { class: `s${now.sign}${unsure ? " unsure" : ""}${picked ? " picked" : ""}` },
      button(LETTER[now.sign] + (FIRMNESS[now.footing] ?? ""), () => select({ pair: [row, column] }), { "aria-label": label, title: label, "data-key": `${row.id} ${column.id}`, tabindex: -1 }));
  };
  const table = html("table", { role: "grid", "aria-label": `What each pair is to each other on ${dayInWords(state.day)}` },
    html("thead", {}, html("tr", {}, html("td"), list.map((actor) => html("th", { scope: "col" }, head(actor))))),
    html("tbody", {}, list.map((row) => html("tr", {}, html("th", { scope: "row" },
      link(nameOn(row, state.day), { actor: row }),
      state.chosen.includes(row.index) ? button("×", () => toggleChosen(row), { class: "drop", "aria-label": `Leave ${row.name} out`, title: "Leave out", "data-key": `drop ${row.id}` }) : null),
    list.map((column) => cell(row, column))))));
  root.replaceChildren(
    html("div", { class: "head" },
      html("h2", {}, `Who is what to whom on ${dayInWords(state.day)}`),
      html("p", { class: "soft" }, state.chosen.length
        ? [state.chosen.length > 1 ? "The actors chosen. " : "The actor chosen, with the best connected ones of the day until you choose a second. ", button("Best connected instead", () => change({ chosen: [] }), { "data-key": "all" })]
        : "The best connected actors of the day; search for an actor and add it to choose your own. An actor stands for its line of renamings and successions. Every category counts, whatever the filters show."),
      html("ul", { class: "plain legend" }, data.signs.map((word, sign) => html("li", {}, html("span", { class: `sign s${sign}`, "aria-hidden": "true" }, LETTER[sign]), word)),
        [1, 2].map((footing) => html("li", {}, html("span", { class: "sign s0 unsure", "aria-hidden": "true" }, FIRMNESS[footing]), data.footings[footing])))),
    list.length > 1 ? html("div", { class: "scroll" }, table) : html("p", { class: "notice" }, "Choose at least two actors."));
  const cells = [...table.querySelectorAll("td button")];
  const there = held && root.querySelector(`[data-key="${CSS.escape(held)}"]`);
  (there && cells.includes(there) ? there : cells[0])?.setAttribute("tabindex", 0);
  there?.focus();
  // Arrow keys go from cell to cell.
  table.addEventListener("keydown", (event) => {
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    const at = event.target.closest("td");
    if (!step || !at) return;
    event.preventDefault();
    const rows = [...table.tBodies[0].rows];
    let [y, x] = [rows.indexOf(at.parentElement) + step[0], at.cellIndex + step[1]];
    if (x === y + 1) { y += step[0]; x += step[1]; }
    const next = rows[y]?.cells[x]?.querySelector("td > button");
    if (!next) return;
    for (const each of cells) each.setAttribute("tabindex", -1);
    next.setAttribute("tabindex", 0);
    next.focus();
  });
}
