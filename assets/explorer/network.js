// The network: every actor at the place that the exporter gave it, whatever the day. A change of day only shows and hides.

const GAP = 9;                       // pixels between parallel relations
const view = { k: 1, x: 0, y: 0 };   // world to screen: scale, then shift
let nodes = [], edges = [], stage = null, world = null, measure = null;
let width = 0, height = 0, roving = null;
let wide = 1, tall = 1;              // how far places are drawn apart, across and down, to fill a window of another shape

const SHAPES = {
  state: "square", government: "square", governing_authority: "square", intergovernmental_org: "hexagon", coalition: "hexagon", operations_room: "hexagon",
  political_body: "hexagon", person: "ring", place: "triangle", community: "pill", unidentified: "unsure", private_actor: "pill",
};
const shapeOf = (kind) => SHAPES[kinds[kind].name] || "disc";

// The outline of a kind of actor around the origin.
function outline(shape, r) {
  const n = (number) => number.toFixed(1);
  if (shape === "square") { const a = r * 0.9; return `M${n(-a)} ${n(-a)}H${n(a)}V${n(a)}H${n(-a)}Z`; }
  if (shape === "pill") return `M${n(-r * 0.7)} ${n(-r * 0.7)}H${n(r * 0.7)}A${n(r * 0.7)} ${n(r * 0.7)} 0 0 1 ${n(r * 0.7)} ${n(r * 0.7)}H${n(-r * 0.7)}A${n(r * 0.7)} ${n(r * 0.7)} 0 0 1 ${n(-r * 0.7)} ${n(-r * 0.7)}Z`;
  if (shape === "triangle") return `M0 ${n(-r)}L${n(r)} ${n(r * 0.8)}H${n(-r)}Z`;
  if (shape === "hexagon") return `M${n(-r)} 0L${n(-r / 2)} ${n(-r * 0.9)}H${n(r / 2)}L${n(r)} 0L${n(r / 2)} ${n(r * 0.9)}H${n(-r / 2)}Z`;
  return `M${n(-r)} 0A${n(r)} ${n(r)} 0 1 1 ${n(r)} 0A${n(r)} ${n(r)} 0 1 1 ${n(-r)} 0Z`;
}

// A name in one or two lines, the second cut where it is too long for a picture; the whole name stands in the panel.
function broken(name) {
  const most = 20;
  if (name.length <= most) return [name];
  const words = name.split(" ");
  let best = [name, ""];
  for (let at = 1; at < words.length; at += 1) {
    const [a, b] = [words.slice(0, at).join(" "), words.slice(at).join(" ")];
    if (Math.max(a.length, b.length) < Math.max(best[0].length, best[1].length)) best = [a, b];
  }
  return best.filter(Boolean).map((line) => (line.length > 26 ? `${line.slice(0, 25)}…` : line));
}

function setUpNetwork() {
  const root = byId("network");
  const markers = categories.map((category) => svg("marker", {
    id: `to-${category}`, class: `c-${category}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto", markerUnits: "userSpaceOnUse",
  }, svg("path", { d: "M0 0.6L8 4L0 7.4Z" })));
  const lines = svg("g", { id: "lines" }), discs = svg("g", { id: "discs", role: "group", "aria-label": "Actors. Arrow keys go from one to the next." });
  const labels = svg("g", { id: "labels", "aria-hidden": "true" });
  world = svg("g", {}, lines, discs, labels);
  stage = svg("svg", { id: "drawing", role: "group", "aria-label": "Network of actors and relations" }, svg("defs", {}, markers), world);
  root.append(stage,
    html("div", { class: "zoom", role: "group", "aria-label": "Zoom" },
      button("+", () => zoomBy(1.4), { title: "Nearer ( + )", "aria-label": "Zoom in" }),
      button("−", () => zoomBy(1 / 1.4), { title: "Farther ( − )", "aria-label": "Zoom out" }),
      button("Fit", () => change({ zoom: null }), { title: "All of it ( 0 )", "aria-label": "Fit all" })),
    html("p", { id: "empty", hidden: true }));
  measure = document.createElement("canvas").getContext("2d");

  const most = Math.max(1, ...actors.map((actor) => actor.relations.length));
  const ranked = [...actors].sort((a, b) => b.relations.length - a.relations.length || a.index - b.index);
  ranked.forEach((actor, rank) => { actor.rank = rank; });
  nodes = actors.map((actor) => {
    const hub = actor.rank < 12;
    const r = 4.5 + 13 * Math.sqrt(actor.relations.length / most);
    const shape = svg("path", { class: `node ${shapeOf(actor.kind)}` });
    const group = svg("g", { class: "actor", role: "button", tabindex: -1, "data-actor": actor.id, "aria-label": `${actor.name}, ${kindOf(actor)}` }, shape);
    const label = svg("text", { class: hub ? "label hub" : "label" });
    discs.append(group);
    labels.append(label);
    return { actor, hub, r, shape, group, label, name: null, lines: [], shown: null, x: 0, y: 0 };
  });
  // Relations of a pair lie beside one another in the order of their ids, whatever is shown of them.
  const pairs = new Map();
  for (const relation of relations) {
    const key = [...relation.ends].sort((a, b) => a - b).join(" ");
    pairs.set(key, [...(pairs.get(key) || []), relation]);
  }
  for (const [, list] of pairs) list.forEach((relation, at) => { relation.lane = at - (list.length - 1) / 2; relation.lanes = list.length; });
  edges = relations.map((relation) => {
    const category = categoryOf(relation);
    const line = svg("path", { class: "line", "marker-end": relation.kind.symmetric ? null : `url(#to-${category})` });
    line.style.setProperty("--weight", 0.9 + 0.45 * relation.kind.weight);
    const hit = svg("path", { class: "hit" });
    const group = svg("g", { class: `relation ${tint(relation)} off`, "data-relation": relation.id }, line, hit);
    lines.append(group);
    return { relation, line, hit, group, value: 0, stale: true };
  });

  nodes.forEach((node) => {
    node.group.addEventListener("click", () => select({ actor: node.actor }));
    node.group.addEventListener("keydown", (event) => walk(event, node));
    node.group.addEventListener("focus", () => {
      roving?.group.setAttribute("tabindex", -1);
      roving = node;
      node.group.setAttribute("tabindex", 0);
      reveal(node);
      light(node.actor);
    });
    node.group.addEventListener("blur", () => light(null));
    node.group.addEventListener("pointerenter", (event) => { if (event.pointerType === "mouse") light(node.actor); });
    node.group.addEventListener("pointerleave", () => light(null));
    hint(node.group, () => [nameOn(node.actor, state.day), `${kindOf(node.actor)} · ${count(shownOf(node.actor).length, "relation")} shown`]);
  });
  edges.forEach((edge) => {
    edge.group.addEventListener("click", () => select({ relation: edge.relation }));
    hint(edge.group, () => {
      const [a, b] = ends(edge.relation);
      return [`${nameOn(a, state.day)} ${edge.relation.kind.label} ${nameOn(b, state.day)}`, `${valueInWords(edge.value)} on ${isoOf(state.day)} · ${edge.relation.valid}`];
    });
  });
  setUpMoving();
  new ResizeObserver(() => { if (!byId("network").hidden) { size(); place(); } }).observe(root);
  onChange((changed) => {
    if (byId("network").hidden) return;
    const sized = "tab" in changed && size();
    if (["day", "certain", "source", "categoriesOff", "kindsOff", "selected", "tab"].some((key) => key in changed)) show();
    if ("zoom" in changed || sized) place();
  });
}

const shownOf = (actor) => actor.relations.filter((relation) => isShown(relation));

// ---- what is shown ----

function show() {
  const live = new Set();
  const values = today().shown;
  let moved = false;
  for (const edge of edges) {
    const { relation } = edge;
    const chosen = state.selected?.relation === relation;
    const value = values[relation.index];
    if (value || chosen) relation.ends.forEach((end) => live.add(end));
    const kept = value || (chosen ? -1 : 0);
    if (kept !== edge.value) {
      const began = !edge.value && kept > 0;
      edge.value = kept;
      edge.group.setAttribute("class", `relation ${tint(relation)} ${kept ? (kept < 0 ? "absent" : lineClass(kept)) : "off"}${began ? " fresh" : ""}`);
      if (kept && edge.stale && nodes[0].placed) draw(edge);
    }
  }
  const here = state.selected?.actor;
  let first = null;
  for (const node of nodes) {
    const shown = live.has(node.actor.index) || node.actor === here;
    if (shown !== node.shown) {
      node.shown = shown;
      moved = true;
      node.group.classList.toggle("off", !shown);
    }
    if (!shown) continue;
    if (!first || node.actor.rank < first.actor.rank) first = node;
    const name = nameOn(node.actor, state.day);
    if (name !== node.name) {
      node.name = name;
      moved = true;
      node.lines = broken(name);
      node.label.replaceChildren(...node.lines.map((line, at) => svg("tspan", { x: 0, dy: at ? "1.1em" : 0 }, line)));
      node.group.setAttribute("aria-label", `${name}, ${kindOf(node.actor)}`);
      measure.font = node.hub ? "600 13px 'Noto Sans', system-ui, sans-serif" : "12px 'Noto Sans', system-ui, sans-serif";
      node.wide = Math.max(...node.lines.map((line) => measure.measureText(line).width));
    }
  }
  // One actor is on the way of the Tab key: where one was before, or the best connected.
  if (!roving?.shown) {
    roving?.group.setAttribute("tabindex", -1);
    roving = first;
    roving?.group.setAttribute("tabindex", 0);
  }
  light(lit, moved);
  const empty = byId("empty");
  empty.hidden = live.size > 0;
  if (!live.size) empty.textContent = `Nothing recorded as ${state.certain ? "certainly " : ""}in force on ${dayInWords(state.day)} with these filters.`;
}

// What is selected or pointed at stands out, with its neighbours; the rest steps back.
let lit = null, dimmed = true;
function light(actor, moved = true) {
  lit = actor;
  const { selected } = state;
  // An actor stands for its line.
  const one = actor || selected?.actor;
  const focus = one ? lineOf(one, state.source).map((index) => actors[index]) : selected?.relation ? ends(selected.relation) : selected?.pair || (selected?.event ? selected.event.actors.map((a) => actors[a]) : []);
  if (!focus.length && !dimmed && !moved) return;
  if (!focus.length && !dimmed) { for (const node of nodes) { node.near = true; node.picked = false; } layLabels(); return; }
  dimmed = focus.length > 0;
  const within = new Set(focus.map((a) => a.index));
  const near = new Set(within);
  const single = Boolean(one) || focus.length === 1;
  for (const edge of edges) {
    if (!edge.value) continue;
    const [a, b] = edge.relation.ends;
    const on = !focus.length || edge.relation === selected?.relation && !actor || (single ? within.has(a) || within.has(b) : !selected?.relation && within.has(a) && within.has(b));
    edge.group.classList.toggle("dim", !on);
    edge.group.classList.toggle("chosen", edge.relation === selected?.relation);
    if (on && focus.length) { near.add(a); near.add(b); }
  }
  for (const node of nodes) {
    node.near = !focus.length || near.has(node.actor.index);
    node.picked = within.has(node.actor.index) && focus.length > 0;
    node.group.classList.toggle("dim", !node.near);
    node.group.classList.toggle("picked", node.picked);
    node.label.classList.toggle("dim", !node.near);
  }
  if (width) layLabels();
}

// ---- where it is drawn ----

function size() {
  const box = byId("network").getBoundingClientRect();
  const changed = box.width !== width || box.height !== height;
  ({ width, height } = box);
  const { left, right, top, bottom } = reach();
  const shape = ((width / Math.max(1, height)) * Math.max(1, bottom - top)) / Math.max(1, right - left);
  wide = Math.max(1, Math.min(1.5, shape));
  tall = Math.max(1, Math.min(1.5, 1 / shape));
  stage.setAttribute("viewBox", `0 0 ${Math.max(1, width)} ${Math.max(1, height)}`);
  return changed;
}

// The rectangle of all places that are ever used.
function reach() {
  const tied = actors.filter((actor) => actor.relations.length);
  const all = tied.length > 1 ? tied : actors;
  const [xs, ys] = [all.map((actor) => actor.at[0]), all.map((actor) => actor.at[1])];
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
}

// All of it, with room for names at the rim: the same on every day, so that playing moves nothing.
function fitted() {
  const all = reach();
  const [left, right, top, bottom] = [all.left * wide, all.right * wide, all.top * tall, all.bottom * tall];
  const [padX, padY] = [Math.min(70, width * 0.08), 40];
  const k = Math.max(0.02, Math.min(1.5, (width - 2 * padX) / Math.max(1, right - left), (height - 2 * padY) / Math.max(1, bottom - top)));
  return { k, x: width / 2 - (k * (left + right)) / 2, y: height / 2 - (k * (top + bottom)) / 2 };
}

function place() {
  if (!width || !height) return;
  // A link keeps what stands in the middle, so that it shows the same on a phone.
  const zoom = state.zoom ? { k: state.zoom.k, x: width / 2 - state.zoom.k * wide * state.zoom.x, y: height / 2 - state.zoom.k * tall * state.zoom.y } : fitted();
  const scaled = zoom.k !== view.k || wide !== view.wide || tall !== view.tall;
  Object.assign(view, zoom, { wide, tall });
  world.setAttribute("transform", `translate(${view.x.toFixed(1)} ${view.y.toFixed(1)})`);
  if (!scaled) return;
  // Discs grow slower than distances, so that coming nearer makes room.
  const growth = Math.max(0.55, Math.min(1.8, (view.k / 0.5) ** 0.45));
  const thick = Math.max(0.6, Math.min(1.5, growth));
  world.style.setProperty("--thick", thick);
  for (const marker of stage.querySelectorAll("marker")) for (const side of ["markerWidth", "markerHeight"]) marker.setAttribute(side, (8 * thick).toFixed(2));
  for (const node of nodes) {
    const [x, y] = node.actor.at;
    Object.assign(node, { x: x * view.k * wide, y: y * view.k * tall, radius: node.r * growth, placed: true });
    node.group.setAttribute("transform", `translate(${node.x.toFixed(1)} ${node.y.toFixed(1)})`);
    node.shape.setAttribute("d", outline(shapeOf(node.actor.kind), node.radius));
  }
  for (const edge of edges) { edge.stale = true; if (edge.value) draw(edge); }
  layLabels();
}

// The line of a relation: bent to its lane, from rim to rim.
function draw(edge) {
  const { relation } = edge;
  const [a, b] = relation.ends.map((end) => nodes[end]);
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(dx, dy) || 1;
  // Lanes are counted from the side of the lower id, so that both directions share them.
  const side = relation.ends[0] <= relation.ends[1] ? 1 : -1;
  const gap = Math.min(GAP, (length * 0.7) / relation.lanes);
  const bend = 2 * side * relation.lane * gap + (relation.lanes === 1 ? side * Math.min(14, length * 0.05) : 0);
  const [cx, cy] = [(a.x + b.x) / 2 - (dy / length) * bend, (a.y + b.y) / 2 + (dx / length) * bend];
  const rim = (node, more) => {
    const [vx, vy] = [cx - node.x, cy - node.y];
    const far = Math.hypot(vx, vy) || 1;
    const reach = Math.min(node.radius + more, far);
    return `${(node.x + (vx / far) * reach).toFixed(1)} ${(node.y + (vy / far) * reach).toFixed(1)}`;
  };
  const path = `M${rim(a, 1.5)}Q${cx.toFixed(1)} ${cy.toFixed(1)} ${rim(b, relation.kind.symmetric ? 1.5 : 2.5)}`;
  edge.line.setAttribute("d", path);
  edge.hit.setAttribute("d", path);
  edge.stale = false;
}

const overlap = (a, b) => Math.max(0, Math.min(a[2], b[2]) - Math.max(a[0], b[0])) * Math.max(0, Math.min(a[3], b[3]) - Math.max(a[1], b[1]));

// Names, the most connected first, each where it hides no other name and no disc; those without room are left out until one comes nearer.
function layLabels() {
  if (!width) return;
  const shown = nodes.filter((node) => node.shown && node.placed);
  const order = [...shown].sort((a, b) => Number(b.picked) - Number(a.picked) || Number(b.near) - Number(a.near) || a.actor.rank - b.actor.rank);
  // While some stand out, the others keep no room.
  const taken = shown.filter((node) => node.near).map((node) => [node.x - node.radius, node.y - node.radius, node.x + node.radius, node.y + node.radius, node]);
  const free = (box, own) => taken.every((other) => other[4] === own || box[2] < other[0] || other[2] < box[0] || box[3] < other[1] || other[3] < box[1]);
  for (const node of nodes) if (!node.shown) node.label.setAttribute("visibility", "hidden");
  for (const node of order) {
    const line = node.hub ? 14.3 : 13.2;
    const inside = (box) => state.zoom || (box[0] + view.x > 3 && box[2] + view.x < width - 3);
    const [w, h, r] = [node.wide + 4, node.lines.length * line, node.radius + 3];
    const spots = [[0, r, "middle"], [r, -h / 2, "start"], [-r, -h / 2, "end"], [0, -r - h, "middle"]];
    let spot = null, least = null;
    for (const [dx, dy, anchor] of spots) {
      const left = node.x + dx - (anchor === "middle" ? w / 2 : anchor === "end" ? w : 0);
      const box = [left, node.y + dy, left + w, node.y + dy + h];
      if (free(box, node) && inside(box)) { spot = { dx, dy, anchor, box }; break; }
      // The best connected are named in any case, over small discs where there is no other room.
      if (node.hub || node.picked) {
        const hidden = taken.reduce((sum, other) => sum + (other[4] === node ? 0 : overlap(box, other) * (!other[4] || other[4].hub ? 5 : 1)), inside(box) ? 0 : 1e5);
        if (!least || hidden < least.hidden) least = { dx, dy, anchor, box, hidden };
      }
    }
    spot ||= least;
    if (!node.near && !node.hub) spot = null;
    node.label.setAttribute("visibility", spot ? "visible" : "hidden");
    if (!spot) continue;
    taken.push([...spot.box, null]);
    node.label.setAttribute("text-anchor", spot.anchor);
    node.label.setAttribute("transform", `translate(${(node.x + spot.dx).toFixed(1)} ${(node.y + spot.dy + line * 0.8).toFixed(1)})`);
  }
}

// ---- moving about ----

const middle = (zoom) => ({ k: zoom.k, x: (width / 2 - zoom.x) / zoom.k / wide, y: (height / 2 - zoom.y) / zoom.k / tall });

function zoomBy(factor, x = width / 2, y = height / 2) {
  const k = Math.max(0.02, Math.min(8, view.k * factor));
  const shift = k / view.k;
  moveTo({ k, x: x - (x - view.x) * shift, y: y - (y - view.y) * shift });
}
const moveTo = (zoom) => change({ zoom: middle(zoom) });

// Brings an actor into sight where it is out of it or under the panel.
function reveal(place) {
  const [x, y] = [place.x + view.x, place.y + view.y];
  // On a phone the panel lies over the lower part.
  const panel = byId("panel");
  const over = getComputedStyle(panel).position === "fixed" && panel.classList.contains("filled");
  const free = over ? Math.max(80, panel.getBoundingClientRect().top - stage.getBoundingClientRect().top) : height;
  if (x > 30 && x < width - 30 && y > 30 && y < free - 40) return;
  moveTo({ k: view.k, x: width / 2 - place.x, y: free / 2 - place.y });
}
function revealSelected() {
  if (byId("network").hidden || !state.selected) return;
  const { actor, relation } = state.selected;
  const [a, b] = (actor ? [actor, actor] : relation ? ends(relation) : []).map((end) => nodes[end.index]);
  if (a?.placed) reveal({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
}

// Arrow keys go to the nearest actor in that direction, Enter tells about it.
function walk(event, node) {
  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    event.stopPropagation();
    select({ actor: node.actor }, true);
    return;
  }
  const way = ways[event.key];
  if (!way || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  let best = null;
  for (const other of nodes) {
    if (!other.shown || other === node) continue;
    const [dx, dy] = [other.x - node.x, other.y - node.y];
    const ahead = dx * way[0] + dy * way[1], aside = Math.abs(dx * way[1]) + Math.abs(dy * way[0]);
    if (ahead <= 0) continue;
    const far = ahead + 2 * aside;
    if (!best || far < best.far) best = { far, other };
  }
  if (best) {
    best.other.group.focus();
  }
}

function setUpMoving() {
  const pointers = new Map();
  let moved = false;
  stage.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = stage.getBoundingClientRect();
    zoomBy(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false });
  stage.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
    if (pointers.size === 1) moved = false;
  });
  stage.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = [event.clientX, event.clientY];
    const far = Math.hypot(now[0] - before[0], now[1] - before[1]);
    if (!moved && far < 4) return;
    if (!moved) { moved = true; stage.setPointerCapture(event.pointerId); stage.classList.add("moving"); }
    const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    pointers.set(event.pointerId, now);
    if (!others.length) {
      moveTo({ k: view.k, x: view.x + now[0] - before[0], y: view.y + now[1] - before[1] });
      return;
    }
    // Two fingers: what lies between them stays between them.
    const [other] = others;
    const box = stage.getBoundingClientRect();
    const factor = Math.hypot(now[0] - other[0], now[1] - other[1]) / Math.max(1, Math.hypot(before[0] - other[0], before[1] - other[1]));
    zoomBy(factor, (now[0] + other[0]) / 2 - box.left, (now[1] + other[1]) / 2 - box.top);
  });
  const up = (event) => {
    pointers.delete(event.pointerId);
    if (!pointers.size) stage.classList.remove("moving");
  };
  stage.addEventListener("pointerup", up);
  stage.addEventListener("pointercancel", up);
  // A click that ended a move is none; one beside everything lets go of what was selected.
  stage.addEventListener("click", (event) => {
    if (moved) { event.stopPropagation(); event.preventDefault(); moved = false; return; }
    if (event.target === stage && state.selected) select(null);
  }, true);
}

// ---- the hint beside the pointer ----

function hint(element, lines) {
  const tip = byId("tip");
  element.addEventListener("pointermove", (event) => {
    if (event.pointerType !== "mouse" || stage.classList.contains("moving")) { tip.hidden = true; return; }
    const [first, second] = lines();
    tip.replaceChildren(html("b", {}, named(first)), html("span", {}, second));
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(4, Math.min(event.clientX + 14, innerWidth - box.width - 6))}px`;
    tip.style.top = `${event.clientY + 18 + box.height > innerHeight ? event.clientY - box.height - 10 : event.clientY + 18}px`;
  });
  element.addEventListener("pointerleave", () => { tip.hidden = true; });
}
