// What is looked at: the one object that every part reads, and the link that restores it.

// Attitudes and places are left out of drawings unless asked for.
const QUIET = new Set(["stance", "territory"].map((word) => categories.indexOf(word)));

const state = {
  tab: "network",
  day: days.last,
  from: days.focus,          // where the slider begins
  certain: false,            // only what is certain
  source: -1,                // all sources, or one
  categoriesOff: new Set(QUIET),
  kindsOff: new Set(),
  chosen: [],                // actors of the matrix and the timeline, by index; the most connected ones when none
  selected: null,            // { actor }, { relation }, { event } or { pair: [a, b] }
  of: null,                  // the actor selected last: whose timeline is told while one looks at a relation of it
  zoom: null,                // { k, x, y } of the network, or null for all of it
};

const listeners = [];
const onChange = (listener) => listeners.push(listener);

// Changes the state and tells every part what changed, at most once a frame.
let pending = null;
function change(fields) {
  if (fields.selected?.actor) fields.of = fields.selected.actor;
  Object.assign(state, fields);
  if (pending) { Object.assign(pending, fields); return; }
  pending = { ...fields };
  requestAnimationFrame(() => {
    const changed = pending;
    pending = null;
    for (const listener of listeners) listener(changed);
  });
}

// Whether a relation is shown: not of a category or between kinds that are switched off, and holding on the day.
function isShown(relation, day = state.day) {
  if (state.categoriesOff.has(relation.category)) return false;
  if (state.kindsOff.size && relation.ends.some((end) => state.kindsOff.has(actors[end].kind))) return false;
  const value = valueOn(relation, state.source, day);
  return (value & CERTAIN) !== 0 || (!state.certain && (value & POSSIBLE) !== 0);
}

// The values of all relations on the day under the source, and of those shown; worked out once for all parts that ask.
let known = { key: null };
function today() {
  const key = [state.day, state.source, state.certain, [...state.categoriesOff], [...state.kindsOff]].join("|");
  if (known.key !== key) {
    const all = relations.map((relation) => valueOn(relation, state.source, state.day));
    const shown = all.map((value, index) => (value & (CERTAIN | POSSIBLE) && isShown(relations[index]) ? value : 0));
    known = { key, all, shown };
  }
  return known;
}

// ---- the link ----

const COMMA = ",";
function linkOf() {
  const parts = [];
  const put = (key, value) => parts.push(`${key}=${encodeURIComponent(value)}`);
  const list = (key, items) => items.length && put(key, items.join(COMMA));
  if (state.tab !== "network") put("tab", state.tab);
  put("day", isoOf(state.day));
  if (state.certain) put("certain", "1");
  if (state.source >= 0) put("source", sources[state.source].id);
  const off = [...state.categoriesOff].sort((a, b) => a - b);
  if (off.join() !== [...QUIET].join()) put("off", off.map((c) => categories[c]).join(COMMA));
  list("kinds-off", [...state.kindsOff].sort((a, b) => a - b).map((k) => kinds[k].name));
  list("with", state.chosen.map((index) => actors[index].id));
  const { selected } = state;
  if (selected?.actor) put("actor", selected.actor.id);
  else if (state.of && state.tab === "timeline") put("of", state.of.id);
  if (selected?.relation) put("relation", selected.relation.id);
  if (selected?.event) put("event", selected.event.id);
  if (selected?.pair) put("pair", selected.pair.map((actor) => actor.id).join(COMMA));
  if (state.zoom) put("zoom", [state.zoom.k.toFixed(4), state.zoom.x.toFixed(1), state.zoom.y.toFixed(1)].join(COMMA));
  return `#${parts.join("&")}`;
}

// What a link asks for. Whatever it says that there is not is left out; a link can break nothing.
function fieldsOf(hash) {
  const asked = new Map();
  for (const part of hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at < 1) continue;
    try { asked.set(part.slice(0, at), decodeURIComponent(part.slice(at + 1))); } catch { /* not a text: left out */ }
  }
  const listed = (key, find) => (asked.get(key) || "").split(COMMA).map(find).filter((item) => item !== undefined && item !== -1);
  const fields = {
    tab: ["network", "matrix", "timeline"].includes(asked.get("tab")) ? asked.get("tab") : "network",
    certain: asked.get("certain") === "1",
    source: sources.indexOf(sourceOf.get(asked.get("source"))),
    categoriesOff: asked.has("off") ? new Set(listed("off", (word) => categories.indexOf(word))) : new Set(QUIET),
    kindsOff: new Set(listed("kinds-off", (word) => kinds.findIndex((kind) => kind.name === word))),
    chosen: [...new Set(listed("with", (slug) => actorOf.get(slug)?.index))],
    selected: null,
    of: actorOf.get(asked.get("of")) || null,
    zoom: null,
  };
  const day = dayOf(asked.get("day") || "");
  fields.day = day === null ? days.last : Math.max(days.first, Math.min(days.last, day));
  fields.from = fields.day < days.focus ? days.first : days.focus;
  const [actor, relation, event] = [actorOf.get(asked.get("actor")), relationOf.get(asked.get("relation")), eventOf.get(asked.get("event"))];
  const pair = listed("pair", (slug) => actorOf.get(slug));
  if (actor) fields.selected = { actor };
  else if (relation) fields.selected = { relation };
  else if (event) fields.selected = { event };
  else if (pair.length === 2) fields.selected = { pair };
  const zoom = (asked.get("zoom") || "").split(COMMA).map(Number);
  if (zoom.length === 3 && zoom.every(Number.isFinite) && zoom[0] > 0) {
    const within = (number, most) => Math.max(-most, Math.min(most, number));
    fields.zoom = { k: Math.max(0.02, Math.min(8, zoom[0])), x: within(zoom[1], 1e5), y: within(zoom[2], 1e5) };
  }
  return fields;
}

// The address follows the view, a little later, so that playing does not flood the history.
let writing = 0;
let linked = location.hash;  // the address as last read or written here; any other was typed, and is about to be read
function writeLink() {
  clearTimeout(writing);
  writing = setTimeout(() => { if (location.hash === linked) putLink(); }, 250);
}
function putLink() {
  linked = linkOf();
  if (linked !== location.hash) history.replaceState(null, "", linked);
  linked = location.hash;
}
