// Search, in a dialog on every page and on a page of its own. Pagefind fetches small pieces of
// the index as they are needed; nothing of it is loaded before somebody means to search.
import { here, pageOf, placesIn, wordsOf } from "./places.js";

const PAGE = 8; // results shown at a time
const BESIDE = 3; // results shown of each place that is asked for
const LOOKED = 24; // results among which indicators are looked for
const TITLED = 16; // results whose titles are read before the first is shown
const WAIT = 120; // milliseconds after a key before searching
const ORDER = ["kind", "status", "framework", "outcome", "area"];
const LEGENDS = { kind: "Kind of page", status: "How it is going", framework: "Framework", outcome: "Outcome", area: "Place" };

let engine;
const pagefind = (root) => {
  engine ||= import(new URL(`${root}search-index/pagefind.js`, document.baseURI).href).then(async (found) => {
    // Without a worker the engine is fetched once instead of twice; an answer takes milliseconds.
    await found.options({ noWorker: true, excerptLength: 24, ranking: { termFrequency: 0.6, pageLength: 0.75 } });
    await found.init();
    return found;
  });
  engine.catch(() => { engine = undefined; });
  return engine;
};

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

// Pagefind answers a word that no page has with the pages that have its first letters: "asthma"
// with those that have "as". Such an answer stays the same however many letters are put behind.
const holds = async (index, word) => {
  if ((await index.search(`"${word}"`)).results.length) return true;
  const [begun, longer] = await Promise.all([word, `${word}qqqq`].map((asked) => index.search(asked)));
  const ids = (answer) => answer.results.map((one) => one.id).sort().join();
  return ids(begun) !== ids(longer);
};

// The words of a question that no page has; names of places are looked for elsewhere.
const unheld = async (root, index, text) => {
  if (text.includes('"')) return [];
  const named = await placesIn(root, text).catch(() => []);
  const names = new Set(named.flatMap((place) => wordsOf(place.name)));
  const words = [...new Set(wordsOf(text))].slice(0, 8).filter((word) => !names.has(word));
  const held = await Promise.all(words.map((word) => holds(index, word)));
  return words.filter((_, each) => !held[each]);
};

const without = (text, words) => (words.length ? wordsOf(text).filter((word) => !words.includes(word)).join(" ") : text);

// The longest whole word with which an unknown one begins, if it says anything: "play" for "playgrounds".
const beginning = async (index, word) => {
  for (let letters = word.length - 1; letters >= 4; letters -= 1) {
    const begun = word.slice(0, letters);
    if ((await index.search(`"${begun}"`)).results.length) return begun;
  }
  return "";
};

// Words as they were typed; a little word that no page has ("my") is not worth a sentence.
const typed = (text, words) => {
  const asked = text.match(/[\p{L}\p{N}]+/gu) || [];
  const told = words.filter((word) => word.length > 2).map((word) => asked.find((one) => wordsOf(one)[0] === word) || word);
  return told.map((word) => `“${word}”`).join(" or ");
};
const pagesHave = (count) => (count === 1 ? "1 page has" : `${count} pages have`);

// Indicators in the places that a question names, or in the place whose pages are being read.
// The index knows indicators and the lists know places; a page for both follows from the two.
const inPlaces = async (root, index, text, missing) => {
  const named = await placesIn(root, text);
  const asked = named.length ? named : [await here(root, text)].filter(Boolean);
  const places = asked.map((place) => ({ ...place, rest: without(place.rest, missing) })).filter((place) => place.rest);
  const items = await Promise.all(places.map(async (place) => {
    const { results } = await index.search(place.rest);
    const found = [];
    // Those that the answer shows anyway, and a few more where they are no indicators.
    for (let from = 0; from < LOOKED && found.length < BESIDE; from += PAGE) {
      const some = await Promise.all(results.slice(from, from + PAGE).map((one) => one.data()));
      const placed = await Promise.all(some.filter(isIndicator).slice(0, BESIDE + 1).map((one) => inPlace(root, one, place)));
      found.push(...placed.filter(Boolean));
    }
    return found.slice(0, BESIDE);
  }));
  return items.flat().map((one) => ({ ...one, here: !named.length }));
};

const isIndicator = (found) => found.meta.kind === "Indicator";

const inPlace = async (root, found, place) => {
  if (!place.slug) return { address: found.raw_url, element: entry(root, found) }; // the book's own
  const slug = found.raw_url.split("/").filter(Boolean).pop();
  const page = await pageOf(root, place, slug);
  if (!page) return undefined;
  const address = `/areas/${place.slug}/${slug}/`;
  const [summary, status] = page;
  const meta = { title: `${found.meta.title}: ${place.name}`, kind: "Indicator in a place", status, summary };
  return { address, element: entry(root, { raw_url: address, meta }) };
};

// Where no page holds every word: the pages that hold most of them. Everyday questions have words
// in them that a page does not ("care leavers housing"), and should not be met with nothing.
const most = async (index, text, filters) => {
  const words = [...new Set(text.replaceAll('"', " ").split(/\s+/).filter(Boolean))].slice(0, 8);
  if (words.length < 2) return { results: [], of: 0 };
  const answers = await Promise.all(words.map((word) => index.search(word, { filters })));
  const pages = new Map();
  for (const { results } of answers) {
    for (const one of results) {
      const page = pages.get(one.id) || { one, words: 0, score: 0 };
      page.words += 1;
      page.score += one.score / Math.log2(2 + results.length); // a rare word says more than a common one
      pages.set(one.id, page);
    }
  }
  const held = Math.max(0, ...[...pages.values()].map((page) => page.words));
  const best = [...pages.values()].filter((page) => page.words === held).sort((a, b) => b.score - a.score);
  return { results: best.map((page) => page.one), held, of: words.length };
};

// Words of a text that tell something, each without its ending: "outcomes for adults" is two.
const SMALL = new Set("a an and are at by for from how in is it of on or our the to what which who with".split(" "));
const bare = (text) => (text.normalize("NFKD").toLowerCase().replace(/[\u0300-\u036f'’]/g, "").match(/[\p{L}\p{N}]+/gu) || [])
  .filter((word) => !SMALL.has(word)).map((word) => word.replace(/(?<=..)ies$/, "y").replace(/(?<=...[^su])s$/, ""));

// Pages whose title holds every word of the question come first, the shortest title before others,
// then pages with an everyday word for it: they are about it, and the rest speak of it. Pages that
// say where a source is carried stay behind those they speak of. Titles are read of the first
// results alone.
const titled = async (text, found) => {
  const words = bare(text);
  const first = found.slice(0, TITLED);
  const many = await Promise.all(first.map(async (one, at) => {
    const { meta } = await one.data();
    const lengths = [meta.title, ...(meta.also || "").split(" · ")].map((name, n) => {
      const there = bare(name);
      return words.every((word) => there.some((other) => other.startsWith(word))) ? there.length + (n && 100) : Infinity;
    });
    return { one, at, length: words.length && meta.kind !== "Source" ? Math.min(...lengths) : Infinity };
  }));
  many.sort((a, b) => (a.length === b.length ? a.at - b.at : a.length - b.length));
  const lead = many.filter(({ length }) => length < 100).length;
  return { found: [...many.map(({ one }) => one), ...found.slice(first.length)], lead };
};

// A search form with its results in `place`. `changed` is told of every new question.
export const mount = (place, root, { words = "", picked = {}, changed = () => {} } = {}) => {
  const id = `db-words-${document.querySelectorAll(".db-search").length}`;
  const input = make("input", { type: "search", id, name: "q", autocomplete: "off", spellcheck: "true", value: words, maxlength: "120" });
  const facets = make("div", { class: "db-facets" });
  // The lists to narrow by are a fifth of what the first answer costs and seldom asked for.
  const narrow = make("details", { class: "db-narrow" }, make("summary", {}, "Narrow the answer"), facets);
  narrow.hidden = true;
  const status = make("p", { role: "status" });
  const results = make("ol", { class: "db-results" });
  const more = make("button", { type: "button" }, "Show more");
  more.hidden = true;
  const form = make("form", { role: "search", action: `${root}search/` },
    make("label", { for: id }, "Everyday words will do, such as “jobless”"),
    make("div", { class: "db-search-field" }, input, make("button", { type: "submit" }, "Search")), narrow);
  place.replaceChildren(make("div", { class: "db-search" }, form, status, results, more));

  let asked = 0;
  let totals; // how many pages of the answer each box would leave
  let found = [];
  let beside = []; // indicators in places
  let lead = 0; // results that stand before them
  let shown = 0;
  const chosen = () => {
    const filters = {};
    for (const box of facets.querySelectorAll("input:checked")) (filters[box.name] ||= []).push(box.value);
    return filters;
  };
  const show = async (turn, from) => {
    const data = await Promise.all(found.slice(from, from + PAGE).map((one) => one.data()));
    if (turn !== asked) return;
    const led = new Set(beside.map((one) => one.address));
    const told = (all) => all.filter((one) => !led.has(one.raw_url)).map((one) => entry(root, one));
    const items = told(data);
    if (from === 0) results.replaceChildren(...told(data.slice(0, lead)), ...beside.map((one) => one.element), ...told(data.slice(lead))); else results.append(...items);
    shown = from + data.length;
    more.hidden = found.length <= from + PAGE;
    if (from > 0) items[0]?.querySelector("a").focus();
  };
  const ask = async () => {
    const turn = ++asked;
    const text = input.value.trim();
    const filters = chosen();
    changed(text, filters);
    if (!text) { found = beside = []; results.replaceChildren(); more.hidden = true; status.textContent = ""; return; }
    try {
      const index = await pagefind(root);
      const any = Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, { any: values }]));
      const missing = await unheld(root, index, text);
      const known = without(text, missing);
      const begun = !known && missing.length === 1 ? await beginning(index, missing[0]) : "";
      const sought = known || begun;
      if (turn !== asked) return;
      const asPhrase = /\s/.test(known) && !text.includes('"');
      const narrowed = Object.keys(filters).length > 0;
      const [answer, phrase, near] = await Promise.all([
        sought ? index.search(sought, { filters: any }) : { results: [] },
        asPhrase ? index.search(`"${known}"`, { filters: any }) : undefined,
        narrowed ? [] : inPlaces(root, index, text, missing).catch(() => []),
      ]);
      const whole = phrase || answer;
      if (turn !== asked) return;
      // Pages with the very words one after another come first.
      const first = new Set(whole.results.map((one) => one.id));
      ({ found, lead } = await titled(sought, [...whole.results, ...answer.results.filter((one) => !first.has(one.id))]));
      if (turn !== asked) return;
      // A place whose name is in a page's title too ("the Portsmouth 8") was hardly meant.
      if (near.some((one) => one.here)) lead = 0;
      beside = near;
      let partly = "";
      if (!found.length && !beside.length) {
        const some = await most(index, known, any);
        if (turn !== asked) return;
        found = some.results;
        partly = found.length ? `No page has all of these words. ${pagesHave(found.length)} ${some.held} of ${some.of}.` : "";
      }
      if (beside.length) results.replaceChildren(...beside.map((one) => one.element));
      await show(turn, 0);
      if (turn !== asked) return;
      const count = found.length + beside.filter((one) => one.address.startsWith("/areas/")).length;
      const pages = count === 1 ? "1 page" : `${count} pages`;
      const lacking = typed(text, missing) && `No page has ${typed(text, missing)}. `;
      const told = begun && count ? `${pagesHave(count)} words that begin with “${begun}”.`
        : count ? `${pages} found for “${known}”` : lacking ? "" : `Nothing found for “${text}”. Try another word, or fewer.`;
      status.textContent = `${lacking}${partly || told}`.trim();
      if (!count) {
        const others = [["indicators/", "Look through all indicators"], ["frameworks/", "Look through all outcomes"]];
        results.replaceChildren(...others.map(([to, words]) => make("li", {}, make("a", { href: root + to }, words))));
      }
      totals = answer.totalFilters || answer.filters;
      narrow.hidden = false;
      if (narrow.open) { await offer(); if (turn === asked) counts(totals); }
    } catch {
      status.textContent = "The search index could not be loaded.";
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
  narrowed.then(() => { if (input.value) ask(); }, () => { status.textContent = "The search index could not be loaded."; });
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
