// Search, in a dialog on every page and on a page of its own. Pagefind fetches small pieces of
// the index as they are needed; nothing of it is loaded before somebody means to search.
import { answer, pagefind } from "./asking.js";
import { placesIn, wordsOf } from "./places.js";

const PAGE = 8; // results shown at a time
const WAIT = 80; // milliseconds after a key before searching
const SLOW = [[600, "Searching …"], [8000, "Still searching. The connection seems to be slow."]]; // after milliseconds
const LOST = "The search index could not be loaded. Are you online? Press Search to try again.";
const ORDER = ["kind", "status", "framework", "outcome", "area"];
const LEGENDS = { kind: "Kind of page", status: "How it is going", framework: "Framework", outcome: "Outcome", area: "Place" };

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

// The words of an excerpt and the marks in them; whatever else is in it stays text.
const excerpt = (html) => {
  const line = make("p");
  const plain = (text) => new DOMParser().parseFromString(`|${text}`, "text/html").body.textContent.slice(1);
  html.split(/<\/?mark>/).forEach((part, index) => {
    line.append(index % 2 ? make("mark", {}, plain(part)) : plain(part));
  });
  return line;
};

const entry = (root, found) => {
  const item = make("li", {}, make("a", { href: root + found.raw_url.replace(/^\//, "") }, found.meta.title));
  const where = [found.meta.kind, found.meta.status].filter(Boolean).join(" · ");
  if (where) item.append(make("p", { class: "db-where" }, where));
  item.append(found.meta.summary ? make("p", {}, found.meta.summary) : excerpt(found.excerpt));
  return item;
};

const pagesHave = (count) => (count === 1 ? "1 page has" : `${count} pages have`);
const orOf = (words) => words.map((word) => `“${word}”`).join(" or ");

// What is said of an answer. A little word that no page has ("my") is not worth a sentence.
const telling = (text, { found, near, words, instead, begun, most, counted }) => {
  const typed = (word) => (text.match(/[\p{L}\p{N}'’]+/gu) || []).find((one) => wordsOf(one)[0] === word) || word;
  const lacking = [...instead].filter(([word, { name }]) => word.length > 2 && !name);
  const none = lacking.length ? `No page has ${orOf(lacking.map(([word]) => typed(word)))}. ` : "";
  const meant = lacking.map(([, { near: word }]) => word).filter(Boolean);
  const places = near.filter((one) => one.raw_url.startsWith("/areas/")).length;
  const count = found.length + places;
  if (!count) return none || `Nothing found for “${text}”. Try another word, or fewer.`;
  if (begun) return `${none}${pagesHave(count)} words that begin with “${begun}”.`;
  if (found.length && most < words.length && !places) return `${none}No page has all of these words. ${pagesHave(counted)} ${most} of ${words.length}.`;
  const all = counted + places;
  const more = count > all ? `, and ${count - all} that ${count - all === 1 ? "has" : "have"} some of these words` : "";
  const sought = meant.length ? orOf(meant).replace(" or ", " and ") : `“${words.join(" ")}”`;
  return `${none}${all === 1 ? "1 page" : `${all} pages`} found for ${sought}${more}`;
};

// A search form with its results in `place`. `changed` is told of every new question.
export const mount = (place, root, { words = "", picked = {}, changed = () => {} } = {}) => {
  const id = `db-words-${document.querySelectorAll(".db-search").length}`;
  const input = make("input", { type: "search", id, name: "q", autocomplete: "off", spellcheck: "true", enterkeyhint: "search", value: words, maxlength: "120" });
  const facets = make("div", { class: "db-facets" });
  // The lists to narrow by are a fifth of what the first answer costs and seldom asked for.
  const narrow = make("details", { class: "db-narrow" }, make("summary", {}, "Narrow the answer"), facets);
  narrow.hidden = true;
  const status = make("p", { role: "status" });
  const busy = make("p", { class: "db-busy", "aria-live": "polite" });
  const results = make("ol", { class: "db-results" });
  const more = make("button", { type: "button" }, "Show more");
  more.hidden = true;
  const form = make("form", { role: "search", action: `${root}search/` },
    make("label", { for: id }, "Search by everyday words, such as “jobless”"),
    make("div", { class: "db-search-field" }, input, make("button", { type: "submit" }, "Search")), narrow);
  place.replaceChildren(make("div", { class: "db-search" }, form, busy, status, results, more));

  let asked = 0;
  let found = [];
  let near = []; // indicators in places
  let lead = 0; // results that stand before them
  let shown = 0;
  const chosen = () => {
    const filters = {};
    for (const box of facets.querySelectorAll("input:checked")) (filters[box.name] ||= []).push(box.value);
    return filters;
  };
  const waiting = (turn, words) => { if (turn === asked) busy.textContent = words; };
  const list = (...items) => items.flat().map((one) => entry(root, one));
  const show = async (turn, from) => {
    const data = await Promise.all(found.slice(from, from + PAGE).map((one) => one.data()));
    if (turn !== asked) return;
    const placed = new Set(near.map((one) => one.raw_url));
    const others = (all) => all.filter((one) => !placed.has(one.raw_url));
    const items = from ? list(others(data)) : list(others(data.slice(0, lead)), near, others(data.slice(lead)));
    if (from) results.append(...items); else results.replaceChildren(...items);
    shown = from + data.length;
    more.hidden = found.length <= shown;
    if (from) items[0]?.querySelector("a").focus();
  };
  const ways = (...items) => results.replaceChildren(...items.map(([to, words]) => make("li", {}, make("a", { href: root + to }, words))));
  const ask = async () => {
    const turn = ++asked;
    const text = input.value.trim();
    const filters = chosen();
    changed(text, filters);
    waiting(turn, "");
    if (!text) { found = near = []; results.replaceChildren(); more.hidden = true; status.textContent = ""; return; }
    const slow = SLOW.map(([after, words]) => setTimeout(() => waiting(turn, words), after));
    try {
      const any = Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, { any: values }]));
      const told = await answer(root, text, any);
      if (turn !== asked) return;
      ({ found, near, lead } = told);
      await show(turn, 0);
      if (turn !== asked) return;
      status.textContent = telling(text, told).trim();
      if (!found.length && !near.length) ways(["indicators/", "Look through all indicators"], ["frameworks/", "Look through all outcomes"]);
      narrow.hidden = false;
      if (narrow.open) {
        await offer();
        const all = await (await pagefind(root)).search(told.words.join(" "), { filters: any });
        if (turn === asked) counts(all.totalFilters || all.filters);
      }
    } catch {
      if (turn !== asked) return;
      status.textContent = LOST;
      ways(["indicators/", "Look through all indicators"], ["frameworks/", "Look through all outcomes"]);
    } finally {
      slow.forEach(clearTimeout);
      waiting(turn, "");
    }
  };

  const counts = (filters) => {
    for (const box of facets.querySelectorAll("input")) {
      const count = filters?.[box.name]?.[box.value];
      box.parentElement.querySelector("span").textContent = count === undefined ? "" : ` (${count})`;
    }
  };
  const facet = ([name, values]) => {
    const labels = Object.keys(values).sort().map((value) => {
      const box = make("input", { type: "checkbox", name, value });
      box.checked = (picked[name] || []).includes(value);
      return make("label", {}, box, make("bdi", {}, value), make("span"));
    });
    const set = make("fieldset", {}, make("legend", { class: "db-hide" }, LEGENDS[name]), ...labels);
    const details = make("details", {}, make("summary", {}, LEGENDS[name]), set);
    details.open = labels.some((label) => label.querySelector("input").checked);
    return details;
  };
  let offered;
  const offer = () => (offered ||= facetsOf());
  const facetsOf = async () => {
    const filters = await (await pagefind(root)).filters();
    const known = ORDER.filter((name) => Object.keys(filters[name] || {}).length > 1);
    facets.replaceChildren(...known.map((name) => facet([name, filters[name]])));
  };

  let timer;
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(timer); ask(); });
  facets.addEventListener("change", ask);
  // Counts are those of lists that had been fetched when the question was asked, so ask anew.
  narrow.addEventListener("toggle", () => { if (narrow.open) offer().then(ask, () => {}); });
  more.addEventListener("click", () => show(asked, shown));
  narrow.open = Object.keys(picked).length > 0;
  const narrowed = narrow.open ? offer() : Promise.resolve();
  narrowed.then(() => { if (input.value) ask(); }, () => { status.textContent = LOST; });
  return input;
};

let dialog;
export const openDialog = (root) => {
  if (!dialog) {
    const close = make("button", { type: "button" }, "Close");
    const place = make("div");
    dialog = make("dialog", { class: "db-dialog", "aria-labelledby": "db-search-title" },
      make("div", { class: "db-dialog-head db-search" }, make("h2", { id: "db-search-title" }, "Search the book"), close), place);
    document.body.append(dialog);
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    dialog.field = mount(place, root);
    // While the words are typed; what fails here is told then.
    Promise.all([pagefind(root), placesIn(root, "")]).catch(() => {});
  }
  if (!dialog.open) dialog.showModal();
  dialog.field.focus();
  dialog.field.select();
};
