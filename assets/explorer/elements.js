// Making elements. Texts become text nodes and attributes only: nothing here reads markup.

const SVG = "http://www.w3.org/2000/svg";
const byId = (id) => document.getElementById(id);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat(3)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return element;
}
const html = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

// A name, kept apart from its surroundings: Arabic runs from the right without turning what stands beside it.
const named = (text, lang) => html("bdi", { lang: lang || null }, text);

const button = (label, onclick, more) => html("button", { type: "button", onclick, ...more }, label);
const count = (number, one, many) => `${number} ${number === 1 ? one : many || `${one}s`}`;

// What a screen reader is told.
const say = (text) => { byId("said").textContent = text; };

const kindOf = (actor) => kinds[actor.kind].name.replaceAll("_", " ");
const categoryOf = (relation) => categories[relation.category];
const tint = (relation) => `c-${categoryOf(relation)}`;

// A relation as a sentence, seen from one of its ends: "enemy of", "is fought by".
function verb(relation, from) {
  return from && from.index !== relation.ends[0] ? relation.kind.inverse : relation.kind.label;
}
const ends = (relation) => relation.ends.map((end) => actors[end]);

// How a relation stands on a day, in a word.
function valueInWords(value) {
  if (value & CONTESTED) return "contested";
  if (value & CERTAIN) return "certain";
  return value & POSSIBLE ? "possible" : "not in force";
}
const lineClass = (value) => (value & CONTESTED ? "contested" : value & CERTAIN ? "certain" : "possible");
