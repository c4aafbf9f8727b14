// The data of the page, read once and never changed. What holds when was computed before; here it is looked up.

const data = JSON.parse(document.getElementById("data").textContent);
const { actors, relations, events, sources, types, kinds, categories, days } = data;

// Bits of a relation's value on a day, as the exporter writes them.
const POSSIBLE = 1, CERTAIN = 2, CONTESTED = 4, DATED_DIFFERENTLY = 8;

actors.forEach((actor, index) => { actor.index = index; actor.relations = []; actor.events = []; });
relations.forEach((relation, index) => {
  relation.index = index;
  relation.kind = types[relation.type];
  relation.category = relation.kind.category;
  for (const end of new Set(relation.ends)) actors[end].relations.push(relation);
});
events.forEach((event, index) => {
  event.index = index;
  const there = (event.participants || []).map(([actor]) => actor).concat(event.place ? [event.place[0]] : []);
  event.actors = [...new Set(there)].filter((actor) => actor !== null);
  for (const actor of event.actors) actors[actor].events.push(event);
});

const bySlug = (list) => new Map(list.map((item) => [item.id, item]));
const actorOf = bySlug(actors), relationOf = bySlug(relations), eventOf = bySlug(events), sourceOf = bySlug(sources);

// What the claims of one source (or of all: -1) make of a record; undefined where none of them speaks of it.
function standing(record, source) {
  if (source < 0) return record.all;
  const alone = record.alone?.[source];
  return alone === 1 ? record.all : alone;
}

// The value in force on a day in a flat list of changes: day, value, day, value …; 0 before the first.
function lookUp(changes, day) {
  if (!changes) return 0;
  let low = 0, high = changes.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (changes[2 * middle] <= day) low = middle + 1; else high = middle;
  }
  return low ? changes[2 * low - 1] : 0;
}

// How a relation or an event stands on a day: the bits above.
const valueOn = (record, source, day) => lookUp(standing(record, source)?.days, day);

// The name an actor bore on a day.
function nameOn(actor, day) {
  let name = actor.name;
  for (const [from, called] of actor.called || []) if (from <= day) name = called; else break;
  return name;
}

// What pairs come to, as [line, line, turnings], by the least member of each line.
const pairTables = new Map();
function pairTable(source) {
  if (!pairTables.has(source)) {
    const pairs = (source < 0 ? data.pairs.all : data.pairs.alone[source]) || [];
    pairTables.set(source, new Map(pairs.map((pair) => [`${pair[0][0]} ${pair[1][0]}`, pair])));
  }
  return pairTables.get(source);
}

// The actors that are one with this one through renamings and successions, itself included, oldest first.
const lineOf = (actor, source) => {
  const line = actor.line_alone?.[source] || actor.line;
  return line?.length ? line : [actor.index];
};

// What concerns any of some actors, once each: of "relations" or of "events".
const ofLine = (line, what) => [...new Set(line.flatMap((index) => actors[index][what]))];

const NOTHING_KNOWN = data.signs.indexOf("nothing known");

// What two actors are to each other on a day, how firmly that stands (a place in `data.footings`; null where nothing is known), and the relations
// that decide it: { sign, footing, deciding }.
function signOn(a, b, source, day) {
  const table = pairTable(source);
  const [x, y] = [Math.min(...lineOf(a, source)), Math.min(...lineOf(b, source))];
  const turnings = (table.get(`${x} ${y}`) || table.get(`${y} ${x}`))?.[2] || [];
  let now = null;
  for (const turning of turnings) if (turning[0] <= day) now = turning; else break;
  return now ? { sign: now[1], footing: now[3], deciding: now[2].map((index) => relations[index]) } : { sign: NOTHING_KNOWN, footing: null, deciding: [] };
}

// Days are counted from 1970-01-01, as in the exporter; Date counts them the same way in UTC.
const DAY = 86400000;
function isoOf(day) {
  const date = new Date(day * DAY);
  const year = date.getUTCFullYear();
  const digits = String(Math.abs(year)).padStart(4, "0");
  return `${year < 0 ? "-" : ""}${digits}-${String(date.getUTCMonth() + 1).padStart(2, "0")}-${String(date.getUTCDate()).padStart(2, "0")}`;
}
function dayOf(iso) {
  const parts = /^(-?\d{4})-(\d\d)-(\d\d)$/.exec(iso);
  if (!parts) return null;
  const date = new Date(0);
  date.setUTCFullYear(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]));
  const day = Math.round(date.getTime() / DAY);
  return isoOf(day) === iso ? day : null;
}
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
function dayInWords(day) {
  const date = new Date(day * DAY);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}
function monthsLater(day, months) {
  const date = new Date(day * DAY);
  const wanted = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(wanted, last));
  return Math.round(date.getTime() / DAY);
}
