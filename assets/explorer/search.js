// Search by any spelling. The forms searched in were folded by the library; what is typed is folded here by the same rules as far as single
// letters go. Where nothing fits, spellings that sound alike are offered as such.

const LETTERS = {
  ı: "i", ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ς: "σ", ٱ: "ا", ى: "ي", ی: "ي", ک: "ك", ة: "ه", ء: "", ß: "ss", æ: "ae", œ: "oe", þ: "th",
};
const APOSTROPHES = /['`´‘’‛′‵＇ʹʻʼʽʾʿˈˊˋ՚ꞌ]/gu;
const UNSEEN = /[\u00ad\u0640\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]/gu;

function foldText(text) {
  const plain = text.toLowerCase().replace(/['’]s(?![\p{L}\p{N}])/gu, "").replace(APOSTROPHES, "").replace(UNSEEN, "").normalize("NFKD")
    .replace(/\p{M}/gu, "").replace(/(?<![\p{L}\p{N}])(\p{L})\.(?=\p{L}(?![\p{L}\p{N}])|(?![\p{L}\p{N}]))/gu, "$1");
  let folded = "";
  for (const letter of plain) folded += LETTERS[letter] ?? letter;
  return folded.replace(/[^\p{L}\p{N}]+/gu, " ").trim().replace(/^the /u, "");
}

// Articles count for nothing, in whatever spelling: al-, an-, ash-, el-.
const ARTICLE = /^(al|el|an|ar|as|at|ad|az|ash|ath|adh|the)$/u;
const wordsOf = (folded) => {
  const words = folded.split(" ").filter(Boolean);
  const telling = words.filter((word) => !ARTICLE.test(word));
  return telling.length ? telling : words;
};

// What spellings of one Arabic, Persian or Turkish word share: Jolani, Julani, Golani; Hezbollah, Hizbullah.
function sound(word) {
  if (word.length < 5) return word;
  const letters = word.replace(/ou|oo|aw|au|ow/gu, "u").replace(/ae|ai|ay|ei|ey|ee/gu, "i").replace(/kh/gu, "x").replace(/[qck]/gu, "k")
    .replace(/dj|g(?!h)/gu, "j").replace(/(.)\1/gu, "$1").replace(/[ah]+t?$/u, "a");
  return letters.slice(0, 1) + letters.slice(1).replace(/o/gu, "u").replace(/e/gu, "i").replace(/(?<=[^aiu][aiu][^aiu]+)[aiu](?=.)/gu, "");
}

// One letter more, less, other, or two swapped.
function isNear(a, b) {
  if (Math.abs(a.length - b.length) > 1 || a.length < 5) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const rest = (text, skip) => text.slice(at + skip);
  return rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1)
    || (a[at] === b[at + 1] && a[at + 1] === b[at] && rest(a, 2) === rest(b, 2));
}

// The actors that fit, best first: { actor, form, how }. How: 0 whole name, 1 begins with, 2 words begin with, 3 within, 4 sounds alike, 5 one slip.
function find(typed) {
  const folded = foldText(typed);
  if (!folded) return [];
  const words = wordsOf(folded);
  const sounds = words.map(sound);
  const fits = (form) => {
    if (form === folded) return 0;
    const there = wordsOf(form);
    const plain = there.join(" ");
    if (plain === words.join(" ")) return 0;
    if (plain.startsWith(words.join(" "))) return 1;
    if (words.every((word) => there.some((other) => other.startsWith(word)))) return 2;
    if (folded.length > 2 && form.includes(folded)) return 3;
    const heard = there.map(sound);
    if (folded.length > 4 && sounds.every((one, at) => words[at].length > 2 && heard.some((other) => other === one))) return 4;
    return words.every((word) => there.some((other) => other === word || isNear(word, other))) ? 5 : 9;
  };
  const found = [];
  for (const actor of actors) {
    let best = null;
    (actor.search || []).forEach((form) => {
      const how = fits(form);
      if (how < 9 && (!best || how < best.how)) best = { actor, form, how };
    });
    if (best) found.push(best);
  }
  const surest = Math.min(...found.map((hit) => hit.how));
  // Spellings that only sound alike or slip are offered where nothing fits better.
  return found.filter((hit) => hit.how < 4 || surest >= 4)
    .sort((a, b) => a.how - b.how || b.actor.relations.length - a.actor.relations.length || a.actor.index - b.actor.index);
}

// The name as recorded of which this is the folded form, for people to see why an actor was found.
function spelling(hit) {
  const names = [hit.actor.name, ...(hit.actor.names || []).map((name) => name.text)];
  return names.find((name) => foldText(name) === hit.form) || names.find((name) => wordsOf(foldText(name)).join(" ") === wordsOf(hit.form).join(" "));
}

function setUpSearch() {
  const input = byId("search"), list = byId("found");
  let hits = [], active = -1;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const mark = (to) => {
    active = to;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", at === active));
    if (active >= 0) {
      input.setAttribute("aria-activedescendant", `found-${active}`);
      list.children[active].scrollIntoView({ block: "nearest" });
    }
  };
  const choose = (hit) => {
    if (!hit) return;
    close();
    input.value = "";
    select({ actor: hit.actor }, true);
  };
  input.addEventListener("input", () => {
    hits = find(input.value).slice(0, 12);
    list.replaceChildren(...hits.map((hit, at) => {
      const name = nameOn(hit.actor, state.day);
      const as = spelling(hit);
      const why = hit.how >= 4 ? "similar spelling" : as && as !== name ? as : null;
      return html("li", { role: "option", id: `found-${at}`, "data-actor": hit.actor.id, onpointerdown: (event) => { event.preventDefault(); choose(hit); } },
        named(name), html("span", { class: "soft" }, kindOf(hit.actor), why && [" · ", named(why)]));
    }));
    if (!hits.length && foldText(input.value)) list.append(html("li", { class: "soft none" }, "No name like this in the data"));
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(hits.length ? 0 : -1);
    if (!list.hidden) say(hits.length ? count(hits.length, "actor found", "actors found") : "No name like this");
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && hits.length) mark((active + 1) % hits.length);
    else if (event.key === "ArrowUp" && hits.length) mark((active + hits.length - 1) % hits.length);
    else if (event.key === "Enter") choose(hits[active]);
    else if (event.key === "Escape") { if (list.hidden) { input.value = ""; input.blur(); } close(); } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("blur", close);
}
