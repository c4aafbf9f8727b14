// The timeline: the relations of the actors compared as bars, by counterpart, hatched where they only possibly hold.

// The share of the slider's days that lies before a day, in per cent.
const share = (day) => (100 * (day - state.from)) / Math.max(1, days.last + 1 - state.from);
const percent = (number) => `${Math.max(0, Math.min(100, number)).toFixed(3)}%`;

// The bars of a relation over the days of the slider.
function track(relation, source) {
  const changes = standing(relation, source)?.days || [];
  const bars = [];
  for (let at = 0; at < changes.length; at += 2) {
    const [from, value] = [changes[at], changes[at + 1]];
    const until = at + 2 < changes.length ? changes[at + 2] : days.last + 1;
    if (!(value & (CERTAIN | POSSIBLE)) || until <= state.from || (state.certain && !(value & CERTAIN))) continue;
    const left = Math.max(0, share(from)), right = Math.min(100, share(until));
    // What lasted a day only is still to be seen.
    bars.push(svg("rect", { x: percent(left), width: `${Math.max(0.35, right - left).toFixed(3)}%`, y: value & CERTAIN ? 1 : 2, height: value & CERTAIN ? 12 : 10,
      class: value & CERTAIN ? "sure" : "unsure", fill: value & CERTAIN ? null : `url(#${value & CONTESTED ? "dots" : "hatch"}-${categoryOf(relation)})` },
    svg("title", {}, `${valueInWords(value)} from ${isoOf(from)} to ${isoOf(until - 1)}`)));
  }
  return svg("svg", { class: "track", height: 14, "aria-hidden": "true" }, bars);
}
function dayMark() {
  const mark = html("span", { class: "mark", "aria-hidden": "true" });
  mark.style.left = percent(share(state.day + 0.5));
  return mark;
}

function setUpTimeline() {
  const patterns = categories.flatMap((category) => [
    svg("pattern", { id: `hatch-${category}`, class: `c-${category}`, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("rect", { class: "ground", width: 6, height: 6 }), svg("rect", { class: "stripe", width: 2.2, height: 6 })),
    svg("pattern", { id: `dots-${category}`, class: `c-${category}`, width: 5, height: 5, patternUnits: "userSpaceOnUse" },
      svg("rect", { class: "ground", width: 5, height: 5 }), svg("circle", { class: "stripe", cx: 2.5, cy: 2.5, r: 1.3 })),
  ]);
  document.body.append(svg("svg", { class: "defs", width: 0, height: 0, "aria-hidden": "true" }, svg("defs", {}, patterns)));
  onChange((changed) => {
    if (byId("timeline").hidden) return;
    // While only the day moves, only its mark does.
    if (Object.keys(changed).every((key) => key === "day" || key === "zoom") && byId("timeline").childElementCount) {
      for (const mark of byId("timeline").querySelectorAll(".mark")) mark.style.left = percent(share(state.day + 0.5));
    } else drawTimeline();
  });
}

// Whose timeline: the actor selected, else those chosen, else the one selected last, else the best connected one.
function told() {
  if (state.selected?.actor) return [state.selected.actor];
  if (state.chosen.length) {
    // Of a line that was chosen twice one timeline is enough.
    const lines = state.chosen.map((index) => lineOf(actors[index], state.source)[0]);
    return state.chosen.filter((_, at) => lines.indexOf(lines[at]) === at).map((index) => actors[index]);
  }
  if (state.of) return [state.of];
  return compared(1);
}

// Years, or every so many of them, as the room allows; months where the slider spans little.
function ticks(room) {
  const first = new Date(state.from * DAY).getUTCFullYear(), last = new Date(days.last * DAY).getUTCFullYear();
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((years) => (last - first + 1) / years <= Math.max(2, room / 46)) || 1000;
  const all = [];
  for (let year = first; year <= last; year += 1) {
    const day = dayOf(`${String(year).padStart(4, "0")}-01-01`);
    if (day !== null && year % step === 0 && day >= state.from) all.push([day, String(year)]);
  }
  if (!all.length) all.push([state.from, isoOf(state.from)]);
  return all;
}
function axis(room) {
  return ticks(room).map(([day, text]) => {
    const tick = html("span", { class: "tick" }, text);
    tick.style.left = percent(share(day));
    return tick;
  });
}

const followed = (actor) => {
  const line = lineInWords(lineOf(actor, state.source));
  return line && html("p", { class: "soft small line" }, line);
};

function drawTimeline() {
  const root = byId("timeline");
  const held = root.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const top = root.scrollTop;
  const list = told();
  const room = root.clientWidth < 640 ? root.clientWidth - 40 : root.clientWidth * 0.62;
  const whose = !state.chosen.length && state.of || state.selected?.actor ? "The actor selected." : state.chosen.length ? "The actors chosen." : "The best connected actor of the day; select another one to see its own.";
  root.replaceChildren(
    html("div", { class: "head" }, html("h2", {}, joined(list.map((actor) => named(actor.name)))),
      html("p", { class: "soft" }, whose, " Solid bars certainly hold, hatched ones possibly, dotted ones are contested. ", state.from > days.first ? `From ${isoOf(state.from).slice(0, 4)} on. ` : "",
        state.categoriesOff.size ? `Left out by the filters: ${[...state.categoriesOff].map((index) => categories[index]).join(", ")}.` : "")),
    html("div", { class: "axis", "aria-hidden": "true" }, html("div", {}, axis(room), dayMark())),
    ...list.flatMap((actor) => [list.length > 1 ? html("h3", { class: "whose" }, actorLink(actor, actor.name)) : null, followed(actor), eventLanes(ofLine(lineOf(actor, state.source), "events")), ...bands(actor)]).filter(Boolean));
  root.scrollTop = top;
  if (held) root.querySelector(`[data-key="${CSS.escape(held)}"]`)?.focus();
}

// Where an event stands on the axis, in per cent: the days that its date tells of, and its mark in the middle of them, or at the end that is
// known where the other is open.
function placeOf(event) {
  const within = (number) => Math.max(0, Math.min(100, number));
  const [left, right] = [within(share(event.told[0])), within(share(event.told[1] + 1))];
  const mark = event.open & 1 ? right : event.open & 2 ? left : (left + right) / 2;
  return { left, right, mark, first: within(share(event.from)), last: within(share(event.to + 1)) };
}

// The events of some actors, in as many lanes as they need to stand clear of each other.
function eventLanes(happened) {
  const shown = happened.filter((event) => valuesEver(event) && event.to >= state.from).sort((a, b) => a.from - b.from || a.to - b.to || a.index - b.index);
  if (!shown.length) return null;
  const narrow = byId("timeline").clientWidth < 640;
  const half = 1200 / Math.max(120, byId("timeline").clientWidth - (narrow ? 30 : 252));
  const lanes = [];
  for (const event of shown) {
    const { left, right, mark, first, last } = placeOf(event);
    const [from, to] = [Math.min(first, mark - half), Math.max(last, mark + half)];
    let lane = lanes.find((one) => one.until <= from);
    if (!lane) lanes.push(lane = { row: html("div", { class: "lane events" }), until: 0 });
    lane.until = to;
    const span = (name, begin, end) => {
      const reach = html("span", { class: name, "aria-hidden": "true" });
      reach.style.left = percent(begin);
      reach.style.width = percent(end - begin);
      return reach;
    };
    const now = standing(event, state.source);
    const label = `${event.name}, ${event.date}${standingInWords(now)}`;
    const sign = button(diamond(event), () => select({ event }), { class: `event${state.selected?.event === event ? " picked" : ""}`, title: label, "aria-label": `Event: ${label}`, "data-key": `e-${event.id}` });
    sign.style.left = percent(mark);
    if (event.open) lane.row.append(span("beyond", first, last));
    if (event.open || event.told[1] > event.told[0]) lane.row.append(span("days", left, right));
    lane.row.append(sign);
  }
  return html("div", { class: "band" }, html("div", { class: "entry" }, html("span", { class: "what start" }, html("b", {}, `Events (${shown.length})`),
    html("span", { class: "soft dates" }, "◆ certainly on that day"), html("span", { class: "soft dates" }, "◇ on some day of those hatched")),
    html("div", { class: "lanes" }, lanes.map(({ row }) => row), dayMark())));
}

// What is not plainly asserted and held: "reported", "possible", "contested".
const standingInWords = (now) => [now?.status !== "supported" && now?.status, now?.modality !== "asserted" && now?.modality].filter(Boolean).map((word) => `, ${word}`).join("");

// The relations of an actor, by counterpart: those with most of them first.
function bands(actor) {
  const line = lineOf(actor, state.source);
  const groups = new Map();
  for (const relation of ofLine(line, "relations")) {
    const changes = standing(relation, state.source)?.days || [];
    const ever = changes.some((value, at) => at % 2 && (value & CERTAIN || (!state.certain && value & POSSIBLE)));
    if (!ever || state.categoriesOff.has(relation.category)) continue;
    const other = sides(relation, line)[1].index;
    if (state.kindsOff.has(actors[other].kind)) continue;
    groups.set(other, [...(groups.get(other) || []), relation]);
  }
  const start = (relation) => standing(relation, state.source).days[0];
  const member = (relation) => sides(relation, line)[0];
  const ordered = [...groups].sort((a, b) => b[1].length - a[1].length || actors[a[0]].name.localeCompare(actors[b[0]].name, "en"));
  if (!ordered.length) return [html("p", { class: "notice" }, "No relation with these filters.")];
  return ordered.map(([other, list]) => html("section", { class: "band" },
    html("h4", {}, actorLink(actors[other], actors[other].name)),
    list.sort((a, b) => a.category - b.category || start(a) - start(b) || a.index - b.index).map((relation) => {
      const who = line.length > 1 ? `${member(relation).name} ` : "";
      const how = standingInWords(standing(relation, state.source));
      const label = `${who}${verb(relation, member(relation))} ${actors[other].name}${how}, ${validOf(relation)}`;
      return html("div", { class: `entry ${tint(relation)}${state.selected?.relation === relation ? " picked" : ""}` },
        button([html("span", { class: "what" }, who && named(who), html("b", {}, verb(relation, member(relation))), how,
          html("span", { class: "soft dates" }, validOf(relation), edtfInWords(validOf(relation)))), html("span", { class: "lane" }, track(relation, state.source), dayMark())],
        () => select({ relation }), { class: "bar-row", "data-key": `r-${relation.id}`, title: label, "aria-label": label }));
    })));
}
