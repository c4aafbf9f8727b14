// The panel: what is selected, with everything that is claimed of it and by whom.

const behind = [];            // what was selected before, for the way back
const opened = new Set();     // which lists were opened or closed by hand

const isSame = (a, b) => Boolean(a && b) && ["actor", "relation", "event"].every((key) => a[key] === b[key]) && String(a.pair?.map((p) => p.id)) === String(b.pair?.map((p) => p.id));

function select(selection, toPanel) {
  if (selection && state.selected && !isSame(selection, state.selected)) behind.push(state.selected);
  if (!selection) behind.length = 0;
  if (behind.length > 30) behind.shift();
  change({ selected: selection });
  byId("panel").classList.toggle("shut", false);
  requestAnimationFrame(() => {
    byId("panel").scrollTop = 0;
    revealSelected();
    if (toPanel) byId("panel").focus();
  });
}
const link = (text, selection, more) => button(named(text), () => select(selection), { class: "link", ...more });
const actorLink = (actor, name) => link(name ?? nameOn(actor, state.day), { actor });

function setUpPanel() {
  let waiting = 0, last = 0;
  // What is under a finger or a pressed button stays until it is let go.
  let held = false, missed = false;
  byId("panel").addEventListener("pointerdown", () => { held = true; });
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => { held = false; if (missed) setTimeout(draw); });
  const draw = () => { waiting = 0; missed = held; if (held) return; last = performance.now(); drawPanel(); };
  onChange((changed) => {
    if (!["selected", "day", "source", "certain", "categoriesOff", "kindsOff", "chosen"].some((key) => key in changed)) return;
    // While the slider moves, the panel follows a few times a second.
    if ("selected" in changed || performance.now() - last > 250) { clearTimeout(waiting); draw(); }
    else if (!waiting) waiting = setTimeout(draw, 250);
  });
}

function drawPanel() {
  const { selected } = state;
  const body = !selected ? overview() : selected.actor ? aboutActor(selected.actor) : selected.relation ? aboutRelation(selected.relation)
    : selected.event ? aboutEvent(selected.event) : aboutPair(...selected.pair);
  const bar = selected && html("div", { class: "bar" },
    behind.length ? button("‹ Back", goBack, { id: "panel-back" }) : html("span"),
    button("Close", () => select(null), { id: "panel-close", title: "Close ( Esc )" }));
  const panel = byId("panel");
  const top = panel.scrollTop;
  const inside = panel !== document.activeElement && panel.contains(document.activeElement);
  const held = inside && document.activeElement.dataset.key;
  panel.replaceChildren(...[bar, ...body].flat(2).filter(Boolean));
  panel.classList.toggle("filled", Boolean(selected));
  panel.scrollTop = top;
  if (inside) ((held && panel.querySelector(`[data-key="${CSS.escape(held)}"]`)) || panel).focus();
}
function goBack() {
  change({ selected: behind.pop() || null });
  requestAnimationFrame(() => { byId("panel").scrollTop = 0; byId("panel").focus(); });
}

// A part with a heading that opens and shuts, and stays as it was put.
function part(key, title, open, ...children) {
  const isOpen = opened.has(`+${key}`) || (open && !opened.has(`-${key}`));
  const details = html("details", { open: isOpen }, html("summary", { "data-key": key }, title), ...children);
  details.addEventListener("toggle", () => {
    opened.delete(`${details.open ? "-" : "+"}${key}`);
    if (details.open !== open) opened.add(`${details.open ? "+" : "-"}${key}`);
  });
  return details;
}
const fact = (term, ...what) => (what.flat().some((w) => w !== null && w !== undefined && w !== "" && w !== false) ? [html("dt", {}, term), html("dd", {}, ...what)] : null);
const joined = (items, by = ", ") => items.flatMap((item, at) => (at ? [by, item] : [item]));

// ---- nothing selected: what the picture shows ----

function overview() {
  const values = today().shown;
  const shown = relations.filter((relation) => values[relation.index]);
  const sure = shown.filter((relation) => values[relation.index] & CERTAIN);
  const here = new Map();
  for (const relation of shown) for (const end of new Set(relation.ends)) here.set(end, (here.get(end) || 0) + 1);
  const top = [...here].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 12);
  const recent = events.filter((event) => event.to <= state.day && valuesEver(event))
    .sort((a, b) => b.to - a.to || b.from - a.from || a.index - b.index).slice(0, 8);
  return [
    html("h2", {}, dayInWords(state.day)),
    html("p", {}, `${count(here.size, "actor")}, ${count(shown.length, "relation")}: `, html("b", {}, `${sure.length} certain`),
      state.certain ? "" : `, ${shown.length - sure.length} only possible`, ". ",
      html("span", { class: "soft" }, "Solid lines certainly hold on this day, dashed ones possibly, dotted ones are contested between sources.")),
    data.limits.length ? html("p", { class: "soft" }, `Limited to: ${data.limits.join("; ")}.`) : null,
    html("h3", {}, "Most connected", html("span", { class: "soft" }, " (relations shown with these filters)")),
    html("ol", { class: "plain ranks" }, top.map(([index, number]) => html("li", {}, actorLink(actors[index]), html("span", { class: "soft" }, `${number}`)))),
    recent.length ? html("h3", {}, "Events up to this day") : null,
    html("ul", { class: "plain" }, recent.map(eventRow)),
    html("h3", {}, "Sources"),
    html("ul", { class: "plain" }, sources.map((source) => html("li", {}, sourceInWords(source)))),
    part("keys", "Keys", false, html("dl", { class: "facts" },
      fact("/", "search"), fact("Tab, arrows", "from actor to actor; Enter tells about one"), fact("← → on the slider", "a day; with Shift a month; Page Up, Page Down a year"),
      fact(", .", "the change before, the next"), fact("Space", "play"), fact("+ − 0", "zoom, all of it"), fact("n m t", "network, matrix, timeline"), fact("Esc", "close, let go"))),
    html("p", { class: "soft small" }, `Made by Allegiance ${data.version}. Nothing on this page comes from the network, and nothing leaves it.`),
  ];
}
const valuesEver = (event) => (standing(event, state.source)?.days || []).some((value, at) => at % 2 && value && (!state.certain || value & CERTAIN));

function sourceInWords(source) {
  const by = [source.author, source.publisher].filter(Boolean).join(", ");
  const title = source.url ? html("a", { href: source.url, target: "_blank", rel: "noopener noreferrer" }, named(source.title)) : named(source.title);
  return [title, html("span", { class: "soft" }, by && [" · ", named(by)], ` · ${source.published} · ${source.kind}, reliability ${source.reliability} · `, html("code", {}, source.id), source.place && [" · ", named(source.place)])];
}

// ---- an actor ----

function aboutActor(actor) {
  const name = nameOn(actor, state.day);
  const alive = lookUp(actor.life, state.day);
  const line = lineOf(actor, state.source);
  const known = ofLine(line, "relations").filter((relation) => standing(relation, state.source));
  const valueOf = (relation) => valueOn(relation, state.source, state.day);
  const now = known.filter((relation) => valueOf(relation) & (CERTAIN | POSSIBLE) && (!state.certain || valueOf(relation) & CERTAIN));
  const other = known.filter((relation) => !now.includes(relation));
  const denied = other.filter((relation) => standing(relation, state.source).status === "denied");
  // With "certain only", what possibly holds on the day is no relation of another time.
  const unsure = other.filter((relation) => valueOf(relation) & POSSIBLE);
  const rest = other.filter((relation) => !denied.includes(relation) && !unsure.includes(relation));
  const grouped = categories.map((category, index) => [category, now.filter((relation) => relation.category === index)]).filter(([, list]) => list.length);
  const isChosen = state.chosen.includes(actor.index);
  const shown = now.filter((relation) => isShown(relation)).length;
  const happened = ofLine(line, "events").filter((event) => standing(event, state.source)).sort((a, b) => b.to - a.to || b.from - a.from || a.index - b.index);
  return [
    html("h2", {}, named(name), html("span", { class: "kind" }, kindOf(actor))),
    name !== actor.name && html("p", { class: "soft" }, "Main name: ", named(actor.name)),
    actor.summary && html("p", {}, named(actor.summary)),
    alive === 0 && html("p", { class: "notice" }, `Not recorded as existing on ${dayInWords(state.day)}.`),
    html("div", { class: "row" },
      button(isChosen ? "In matrix and timeline ✓" : "Add to matrix and timeline", () => toggleChosen(actor), { "aria-pressed": String(isChosen), "data-key": "choose" }),
      state.tab !== "timeline" && button("Timeline", () => change({ tab: "timeline" }), { "data-key": "to-timeline" }),
      state.tab !== "network" && button("Network", () => change({ tab: "network" }), { "data-key": "to-network" })),
    html("dl", { class: "facts" },
      fact("Existed", actor.exists && html("code", {}, actor.exists), actor.exists && edtfInWords(actor.exists)),
      fact("One with", joined(line.filter((index) => index !== actor.index).map((index) => actorLink(actors[index], actors[index].name)))),
      fact("Traits", (actor.traits || []).join(", ")),
      fact("Elsewhere", joined((actor.elsewhere || []).map(([register, id]) => `${register} ${id}`)))),
    (actor.names || []).length ? part("names", `Names (${actor.names.length})`, actor.names.length <= 8, html("ul", { class: "plain names" }, actor.names.map((one) => html("li", {},
      named(one.text, one.lang), html("span", { class: "soft" }, ` ${one.kind}${one.lang ? `, ${one.lang}` : ""}`, one.valid && [", ", html("code", {}, one.valid), edtfInWords(one.valid)],
        one.sources ? ` · ${one.sources.map((index) => sources[index].id).join(", ")}` : ""))))) : null,
    html("h3", {}, `On ${isoOf(state.day)}: ${count(now.length, "relation")}`),
    lineInWords(line) && html("p", { class: "soft small line" }, lineInWords(line)),
    shown < now.length && html("p", { class: "soft small" }, `The filters show ${shown} of them elsewhere; here all are told.`),
    !now.length && html("p", { class: "soft" }, "Nothing is recorded as in force. That is not the same as: there was nothing."),
    grouped.map(([category, list]) => part(`now-${category}`, [swatch(category), `${category} (${list.length})`], true, relationList(list, line))),
    unsure.length ? part("unsure", `Only possible on this day (${unsure.length})`, false, relationList(unsure, line)) : null,
    rest.length ? part("other", `At other times (${rest.length})`, false, relationList(rest, line)) : null,
    denied.length ? part("denied", `Said not to be so (${denied.length})`, true, relationList(denied, line)) : null,
    happened.length ? part("events", `Events (${happened.length})`, happened.length <= 6, html("ul", { class: "plain" }, happened.map(eventRow))) : null,
    claimsOf(actor.claims, "Claims about it alone"),
  ];
}

function toggleChosen(actor) {
  change({ chosen: state.chosen.includes(actor.index) ? state.chosen.filter((index) => index !== actor.index) : [...state.chosen, actor.index] });
}

const swatch = (category, form = "certain") => svg("svg", { class: `swatch c-${category} ${form}`, viewBox: "0 0 22 8", "aria-hidden": "true" }, svg("path", { class: "line", d: "M1 4H21", "stroke-width": 2.4 }));

// The end of a relation that is of a line, and the other one.
const sides = (relation, line) => (line.includes(relation.ends[0]) ? ends(relation) : ends(relation).reverse());

// Which actors are told of as one, oldest first; nothing where one stands alone.
const lineInWords = (line) => (line.length > 1 ? ["line followed: ", joined(line.map((index) => named(actors[index].name)), " → ")] : null);

function relationList(list, line) {
  const other = (relation) => sides(relation, line)[1];
  const order = (relation) => valueOn(relation, state.source, state.day);
  const sorted = [...list].sort((a, b) => (order(b) & CERTAIN) - (order(a) & CERTAIN) || other(a).name.localeCompare(other(b).name, "en") || a.index - b.index);
  return html("ul", { class: "plain ties" }, sorted.map((relation) => relationRow(relation, ...sides(relation, line), line.length > 1)));
}
function relationRow(relation, from, other, isLine) {
  const value = valueOn(relation, state.source, state.day);
  const kept = relation.claims.filter(counts);
  return html("li", {}, button([swatch(categoryOf(relation), lineClass(value)), html("span", {},
    isLine && [named(nameOn(from, state.day)), " "], html("b", {}, verb(relation, from)), " ", named(nameOn(other, state.day)),
    html("span", { class: "soft" }, ` ${validOf(relation)} · ${valueInWords(value)} · ${citations(kept)}`))],
  () => select({ relation }), { class: "tie", "data-key": `r-${relation.id}` }));
}
const counts = (claim) => state.source < 0 || claim.source === state.source;
const validOf = (relation) => standing(relation, state.source)?.valid || relation.valid;
function citations(claims) {
  const bySource = new Map();
  for (const claim of claims) bySource.set(claim.source, [...(bySource.get(claim.source) || []), claim.at]);
  return [...bySource].map(([source, places]) => `${sources[source].id} ${[...new Set(places)].join(", ")}`).join("; ");
}

// ---- a relation ----

function aboutRelation(relation) {
  const [a, b] = ends(relation);
  const value = valueOn(relation, state.source, state.day);
  const now = standing(relation, state.source);
  const valid = validOf(relation);
  return [
    html("h2", { class: "sentence" }, actorLink(a), " ", html("span", { class: `verb ${tint(relation)}` }, relation.kind.label), " ", actorLink(b)),
    html("p", { class: "standing" }, swatch(categoryOf(relation), lineClass(value)),
      now ? html("b", {}, value & (CERTAIN | POSSIBLE) ? valueInWords(value) : now.status === "denied" ? "said not to be so" : "not in force") : html("b", {}, "not spoken of by this source"), ` on ${dayInWords(state.day)}`),
    value & DATED_DIFFERENTLY ? html("p", { class: "notice" }, "Sources date it differently: by one it holds on this day, by another it does not.") : null,
    strip(relation),
    html("dl", { class: "facts" },
      fact("Dates", html("code", {}, valid), edtfInWords(valid)),
      fact("Type", relation.kind.name.replaceAll("_", " "), html("span", { class: "soft" }, ` · ${categoryOf(relation)}. ${relation.kind.definition}`)),
      fact("Standing", now && `${now.status}${now.modality === "asserted" ? "" : `, ${now.modality}`}`, now?.attested ? html("span", { class: "soft" }, `, last attested ${isoOf(now.attested)}`) : ""),
      fact("Basis", relation.basis),
      (relation.roles || []).map(([role, text, index]) => fact(role, index === null ? named(text) : actorLink(actors[index]))),
      fact("Note", relation.note && named(relation.note)),
      fact("Id", html("code", {}, relation.id))),
    claimsOf(relation.claims, "Claims"),
    html("div", { class: "row" }, button("All between the two", () => select({ pair: [a, b] }), { "data-key": "pair" })),
  ];
}

// When it holds over all the days of the slider, with the day of the slider.
function strip(relation) {
  const bars = track(relation, state.source);
  return html("div", { class: `strip ${tint(relation)}` }, bars, dayMark(),
    html("span", { class: "soft small" }, isoOf(state.from).slice(0, 4)), html("span", { class: "soft small end" }, isoOf(days.last).slice(0, 4)));
}

// ---- claims ----

function claimsOf(claims, title) {
  if (!claims?.length) return null;
  return [html("h3", {}, `${title} (${claims.length})`), html("ol", { class: "plain claims" }, claims.map((claim) => {
    const source = sources[claim.source];
    const stance = claim.stance || "supports";
    return html("li", { class: `claim ${stance}${counts(claim) ? "" : " aside"}` },
      html("p", { class: "cite" }, html("b", {}, named(source.title)), " ", html("span", { class: "at" }, claim.at)),
      html("p", { class: "soft small" }, [source.publisher || source.author, source.published].filter(Boolean).map((text, at) => [at ? " · " : "", named(text)]), ` · grade ${claim.grade}`),
      html("p", {}, html("span", { class: `word ${stance}` }, stance), claim.modality && html("span", { class: "word" }, claim.modality), " ", named(claim.note)),
      claim.by && html("p", { class: "soft small" }, "Said by ", claim.by.actor !== undefined ? actorLink(actors[claim.by.actor], claim.by.name) : named(claim.by.name || "somebody"), claim.by.anonymous && ", not named by the source"),
      claim.valid && html("p", { class: "soft small" }, "Dated by this source ", html("code", {}, claim.valid), edtfInWords(claim.valid)),
      claim.figures && html("p", { class: "soft small" }, named(claim.figures.join("; "))),
      !counts(claim) && html("p", { class: "soft small" }, "Does not count: another source is chosen."),
      source.url && html("p", { class: "small" }, html("a", { href: source.url, target: "_blank", rel: "noopener noreferrer" }, "Open the source")));
  }))];
}

// ---- an event ----

// Solid where it certainly fell on one known day.
const diamond = (event) => (standing(event, state.source)?.sure ? "◆" : "◇");

function eventRow(event) {
  return html("li", {}, button([html("span", { class: "diamond", "aria-hidden": "true" }, diamond(event)), html("span", {}, html("b", {}, named(event.name)), html("span", { class: "soft" }, ` ${event.date} · ${citations(event.claims.filter(counts))}`))],
    () => select({ event }), { class: "tie", "data-key": `e-${event.id}` }));
}
function aboutEvent(event) {
  const now = standing(event, state.source);
  const of = (list) => joined((list || []).map((index) => {
    const relation = relations[index];
    return link(`${actors[relation.ends[0]].name} ${relation.kind.label} ${actors[relation.ends[1]].name}`, { relation });
  }), "; ");
  return [
    html("h2", {}, named(event.name), html("span", { class: "kind" }, `event: ${event.kind}`)),
    html("p", {}, html("b", {}, event.date), edtfInWords(event.date), " · ", now ? `${now.status}${now.modality === "asserted" ? "" : `, ${now.modality}`}` : "not spoken of by this source"),
    event.from >= days.first && event.from <= days.last && html("div", { class: "row" }, button(`Go to ${isoOf(event.from)}`, () => goTo(event.from), { "data-key": "go" })),
    html("dl", { class: "facts" },
      (event.participants || []).map(([index, name, role]) => fact(role, index === null ? named(name) : actorLink(actors[index]))),
      fact("Place", event.place && (event.place[0] === null ? named(event.place[1]) : actorLink(actors[event.place[0]]))),
      fact("Begins", of(event.opens)), fact("Ends", of(event.closes)),
      fact("Note", event.note && named(event.note)), fact("Id", html("code", {}, event.id))),
    claimsOf(event.claims, "Claims"),
  ];
}

// ---- a pair ----

function aboutPair(a, b) {
  const now = signOn(a, b, state.source, state.day);
  const { sign, deciding } = now;
  const [lineA, lineB] = [lineOf(a, state.source), lineOf(b, state.source)];
  const between = relations.filter(({ ends: [x, y] }) => (lineA.includes(x) && lineB.includes(y)) || (lineB.includes(x) && lineA.includes(y)))
    .filter((relation) => standing(relation, state.source));
  const rest = between.filter((relation) => !deciding.includes(relation));
  const both = events.filter((event) => standing(event, state.source) && event.actors.some((x) => lineA.includes(x)) && event.actors.some((x) => lineB.includes(x)));
  const lines = [[a, lineA], [b, lineB]].filter(([, line]) => line.length > 1);
  // What happened on a day before may decide what the two are to each other for some time.
  const stands = (relation) => {
    const value = valueOn(relation, state.source, state.day);
    return !value && deciding.includes(relation) ? "shortly before, still counts" : valueInWords(value);
  };
  const row = (relation) => html("li", {}, button([swatch(categoryOf(relation), lineClass(valueOn(relation, state.source, state.day))), html("span", {},
    named(nameOn(actors[relation.ends[0]], state.day)), " ", html("b", {}, relation.kind.label), " ", named(nameOn(actors[relation.ends[1]], state.day)),
    html("span", { class: "soft" }, ` ${validOf(relation)} · ${stands(relation)} · ${citations(relation.claims.filter(counts))}`))],
  () => select({ relation }), { class: "tie", "data-key": `r-${relation.id}` }));
  return [
    html("h2", { class: "sentence" }, actorLink(a), " and ", actorLink(b)),
    html("p", { class: "standing" }, html("span", { class: `sign s${sign}` }, data.signs[sign]), now.footing ? `, ${data.footings[now.footing]},` : "", ` on ${dayInWords(state.day)}`),
    lines.map(([actor, line]) => html("p", { class: "soft small" }, named(actor.name), " stands for its line: ", joined(line.map((index) => named(actors[index].name)), " · "))),
    deciding.length ? [html("h3", {}, `Because of (${deciding.length})`), html("ul", { class: "plain ties" }, deciding.map(row))] : html("p", { class: "soft" }, "No relation between the two is recorded as in force. That is not the same as: there was none."),
    deciding.flatMap((relation) => claimsOf(relation.claims, `${actors[relation.ends[0]].name} ${relation.kind.label} ${actors[relation.ends[1]].name}`)),
    rest.length ? part("rest", `Recorded besides (${rest.length})`, !deciding.length, html("ul", { class: "plain ties" }, rest.map(row))) : null,
    both.length ? part("both", `Events with both (${both.length})`, false, html("ul", { class: "plain" }, both.map(eventRow))) : null,
  ];
}

// Plain words beside a date as written, for the forms that are not plain already.
function edtfInWords(text) {
  const words = [];
  if (/[~?]/u.test(text)) words.push("about");
  if (text === "/..") words.push("so when attested; start not recorded");
  else if (text.endsWith("/..")) words.push("still so when last attested");
  else if (text.endsWith("/")) words.push("end not recorded");
  else if (text.startsWith("/") || text.startsWith("../")) words.push("start not recorded");
  if (text.startsWith("[")) words.push("on some day of these");
  return words.length ? html("span", { class: "soft" }, ` (${words.join("; ")})`) : "";
}
