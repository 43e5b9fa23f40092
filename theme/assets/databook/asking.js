// Answers a question: which pages, in which order. Pagefind finds the pages that have a word and
// says how much each is about it; what several words of everyday speech mean is worked out here.
import { here, pageOf, placesIn, wordsOf } from "./places.js";

const BESIDE = 3; // indicators shown of each place that is asked for
const TITLED = 8; // pages whose titles are read before the first is shown: those that are shown
const MOST = 8; // words of a question that are looked for
const WORTH = 0.4; // of the best page's score, has a page with some of the words to be shown
const BEHIND = 0.3; // what a page counts that says where others come from
const PHRASE = 4; // what a page counts that has two words one after another; with more it leads
const FAMILY = 2; // pages of one folder that come before others

let engine;
export const pagefind = (root) => {
  engine ||= import(new URL(`${root}search-index/pagefind.js`, document.baseURI).href).then(async ({ PagefindInstance }) => {
    const index = new PagefindInstance({ primary: true, excerptLength: 24, ranking: { termFrequency: 0.6, pageLength: 0.75 } });
    await index.init(document.documentElement.lang.toLowerCase(), { load_wasm: true });
    return index;
  });
  engine.catch(() => { engine = undefined; });
  return engine;
};

// Words that are in every question and tell nothing.
const SMALL = new Set(("a about an and any are as at be by can compare compared did do does for from get had has have how i in is it its many me much my " +
  "of on or our s that the their there these they this to us was we were what when where which who why will with you your").split(" "));
const telling = (text) => {
  const words = [...new Set(wordsOf(text))];
  const large = words.filter((word) => !SMALL.has(word));
  return (large.length ? large : words).slice(0, MOST);
};

// Pagefind answers a word that no page has with the pages that have its first letters: "asthma"
// with those that have "as". Such an answer stays the same however many letters are put behind.
const holds = async (index, word) => {
  if ((await index.search(`"${word}"`)).results.length) return true;
  const [begun, longer] = await Promise.all([word, `${word}qqqq`].map((asked) => index.search(asked)));
  const ids = (answer) => answer.results.map((one) => one.id).sort().join();
  return ids(begun) !== ids(longer);
};

// The longest whole word with which an unknown one begins, if it says anything: "play" for "playgrounds".
const beginning = async (index, word) => {
  for (let letters = word.length - 1; letters >= 4; letters -= 1) {
    const begun = word.slice(0, letters);
    if ((await index.search(`"${begun}"`)).results.length) return begun;
  }
  return "";
};

// Words that no page has, by what is looked for in their stead: the word that was hardly meant
// otherwise, or nothing. Names of places are looked for elsewhere.
const unheld = async (root, words, held, named) => {
  const names = new Set(named.flatMap((place) => wordsOf(place.name)));
  const instead = new Map();
  for (const word of words.filter((_, each) => !held[each])) {
    const near = names.has(word) ? "" : await import("./spelling.js").then(({ nearest }) => nearest(root, word)).catch(() => "");
    instead.set(word, { near, name: names.has(word) });
  }
  return instead;
};

const behind = (one) => one.id.startsWith("b");

// Pages that have some of the words, best first. A page that is about one of two words, as its
// title says, comes before one that mentions both; a rare word says more than a common one.
const ranked = async (index, words, filters, phrase = "") => {
  const answers = await Promise.all(words.map((word) => index.search(word, { filters })));
  const exact = words.length > 1 && phrase ? (await index.search(`"${phrase}"`, { filters })).results : [];
  const pages = new Map();
  for (const { results } of answers) {
    for (const one of results) {
      const page = pages.get(one.id) || { one, words: 0, score: 0 };
      page.words += 1;
      page.score += one.score;
      pages.set(one.id, page);
    }
  }
  const long = phrase.split(" ").length > 2;
  const said = new Set(exact.map((one) => one.id));
  for (const page of pages.values()) {
    page.score *= (page.words / words.length) ** 3 * (behind(page.one) ? BEHIND : 1) * (said.has(page.one.id) ? PHRASE : 1);
  }
  // Where some have them one after another, a page that has only some of the words stays behind.
  const best = Math.max(0, ...[...pages.values()].filter((page) => said.has(page.one.id)).map((page) => page.score));
  for (const page of pages.values()) if (best && page.words < words.length) page.score = Math.min(page.score, best * 0.99);
  const leads = (page) => Number(long && said.has(page.one.id) && !behind(page.one));
  const sorted = [...pages.values()].sort((a, b) => leads(b) - leads(a) || b.score - a.score);
  const most = Math.max(0, ...sorted.map((page) => page.words));
  const least = Math.max(0, ...sorted.map((page) => page.score)) * WORTH;
  const kept = sorted.filter((page) => page.words === most || page.score >= least);
  const counted = kept.filter((page) => page.words === most).length;
  return { found: kept.map((page) => page.one), most, counted };
};

// Words of a name, each without its ending: "outcomes for adults" is two.
const bare = (text) => wordsOf(text).filter((word) => !SMALL.has(word)).map((word) => word.replace(/(?<=..)ies$/, "y").replace(/(?<=...[^su])s$/, ""));
const EVERYDAY = 3; // how many words longer than it is an everyday name counts

// Pages whose title or everyday name holds every word of the question come first, the shortest
// before others: they are about it, and the rest speak of it; then titles with two words or more. Pages that say where a source is
// carried stay behind those they speak of, a page behind one of the same name, and the third of a
// folder behind those of others.
const titled = async (words, found) => {
  const asked = bare(words.join(" "));
  const first = found.slice(0, TITLED);
  const seen = new Map();
  const before = (name, most) => {
    seen.set(name, (seen.get(name) || 0) + 1);
    return seen.get(name) > most;
  };
  const many = await Promise.all(first.map(async (one, at) => {
    const { meta, raw_url: address } = await one.data();
    const lengths = [meta.title, ...(meta.also || "").split(" · ")].map((name, n) => {
      const there = bare(name);
      return asked.every((word) => there.some((other) => other.startsWith(word))) ? there.length + (n && EVERYDAY) : Infinity;
    });
    const length = asked.length && !behind(one) ? Math.min(...lengths) : Infinity;
    const there = bare(meta.title);
    const hits = behind(one) ? 0 : asked.filter((word) => there.some((other) => other.startsWith(word))).length;
    return { one, at, length, hits: hits > 1 ? hits : 0, lead: length === lengths[0] && length < Infinity, name: meta.title.split(/[:(]/)[0].trim(), family: address.split("/").slice(0, behind(one) ? 2 : 3).join("/") };
  }));
  many.sort((a, b) => (a.length === b.length ? b.hits - a.hits || a.at - b.at : a.length - b.length));
  const again = many.map(({ name, family }) => [before(name, 1), before(family, FAMILY)].some(Boolean));
  const order = [...many.filter((_, each) => !again[each]), ...many.filter((_, each) => again[each])];
  return { found: [...order.map(({ one }) => one), ...found.slice(first.length)], lead: order.findIndex(({ lead }) => !lead) };
};

// Indicators in the places that a question names, or in the place whose pages are being read.
// The index knows indicators and the lists know places; a page for both follows from the two.
const inPlaces = async (root, index, words, text, named) => {
  const asked = named.length ? named : [await here(root, text)].filter(Boolean);
  const items = await Promise.all(asked.map(async (place) => {
    const rest = named.length ? words.filter((word) => !wordsOf(place.name).includes(word)) : words;
    if (!rest.length) return [];
    const { found } = await ranked(index, rest);
    const { found: sorted } = await titled(rest, found.filter((one) => one.id.startsWith("i")).slice(0, BESIDE + 1));
    const told = await Promise.all(sorted.map((one) => one.data()));
    const placed = await Promise.all(told.map((one) => inPlace(root, one, place)));
    return placed.filter(Boolean).slice(0, BESIDE);
  }));
  return items.flat().map((one) => ({ ...one, here: !named.length }));
};

const inPlace = async (root, found, place) => {
  if (!place.slug) return found; // the book's own
  const slug = found.raw_url.split("/").filter(Boolean).pop();
  const page = await pageOf(root, place, slug);
  if (!page) return undefined;
  const [summary, status] = page;
  const meta = { title: `${found.meta.title}: ${place.name}`, kind: "Indicator in a place", status, summary };
  return { raw_url: `/areas/${place.slug}/${slug}/`, meta };
};

// What a question finds: `found`, pages best first, of which `lead` stand before `near`, those of
// places; and what has to be said of words that no page has.
export const answer = async (root, text, filters) => {
  const placing = placesIn(root, text).catch(() => []);
  const index = await pagefind(root);
  const quoted = text.match(/^\s*"([^"]+)"\s*$/)?.[1];
  if (quoted) {
    const whole = await index.search(`"${quoted}"`, { filters });
    if (whole.results.length) {
      const order = await titled(telling(quoted), whole.results);
      return { ...order, near: [], words: [text], instead: new Map(), most: 1, counted: whole.results.length };
    }
  }
  const asked = telling(text);
  const [named, ...held] = await Promise.all([placing, ...asked.map((word) => holds(index, word))]);
  const instead = await unheld(root, asked, held, named);
  const words = [...new Set(asked.map((word) => (instead.has(word) ? instead.get(word).near : word)).filter(Boolean))];
  const alone = !words.length && instead.size === 1 ? [...instead.keys()][0] : "";
  const begun = alone && !instead.get(alone).name ? await beginning(index, alone) : "";
  const sought = begun ? [begun] : words;
  const phrase = instead.size ? "" : wordsOf(text).join(" ");
  const narrowed = Object.keys(filters).length > 0;
  const [pages, near] = await Promise.all([
    ranked(index, sought, filters, phrase),
    narrowed ? [] : inPlaces(root, index, words, text, named).catch(() => []),
  ]);
  const order = await titled(sought, pages.found);
  // A place whose name is in a page's title too ("the Portsmouth 8") was hardly meant.
  const lead = near.some((one) => one.here) ? 0 : order.lead;
  return { ...pages, ...order, lead, near, words: sought, instead, begun };
};
