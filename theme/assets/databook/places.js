// Finds the places that a question names, so that search can lead to an indicator in a place.
// Lists of names are fetched by the first letters of the words asked for, and none in a book
// where no places have pages.

// Words that are part of many names and of many questions: no place is meant by these alone.
const WEAK = new Set(("a and at by city county district for in is of on the to upon with " +
  "borough central east great greater new north old south st west").split(" "));
const MOST = 3; // places shown for one question

// Words without accents and apostrophes, "A&E" as one, and numbers without what stands between
// their digits, as Pagefind has them too.
export const wordsOf = (text) =>
  text.toLowerCase().normalize("NFKD").replace(/[\p{M}'’]|(?<=\d)[.,](?=\d)|(?<=\p{L})&(?=\p{L})/gu, "").match(/[\p{L}\p{N}]+/gu) || [];

const fetched = new Map();
const json = (address) => {
  if (!fetched.has(address)) {
    const found = fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
    found.catch(() => fetched.delete(address));
    fetched.set(address, found);
  }
  return fetched.get(address);
};

const file = (letter) => (/[a-z0-9]/.test(letter) ? letter : `u${letter.codePointAt(0).toString(16)}`);

// The places named in a text, best first, each with the words of the text that are left over.
export const placesIn = async (root, text) => {
  const { letters } = await json(`${root}search-index/places/index.json`);
  const asked = wordsOf(text);
  const strong = asked.filter((word) => !WEAK.has(word));
  const starts = [...new Set(strong.map((word) => word[0]))].filter((letter) => letters.includes(letter));
  const lists = await Promise.all(starts.map((letter) => json(`${root}search-index/places/${file(letter)}.json`)));
  const found = new Map();
  for (const [name, slug, above] of lists.flat()) {
    const own = wordsOf(name);
    const telling = own.filter((word) => !WEAK.has(word));
    const hits = telling.filter((word) => asked.includes(word)).length;
    if (!hits) continue;
    const all = own.filter((word) => asked.includes(word)).length;
    const rest = asked.filter((word) => !own.includes(word) && !WEAK.has(word)).join(" ");
    found.set(slug, { name, slug, above, rest, rank: [all, all / own.length] });
  }
  return [...found.values()]
    .sort((a, b) => b.rank[0] - a.rank[0] || b.rank[1] - a.rank[1] || a.name.localeCompare(b.name))
    .filter((place, _, [best]) => place.rank[0] === best.rank[0])
    .slice(0, MOST);
};

// What a page of a place says: [figure, status]; undefined where there is no such page. A place's
// pages are told in parts, so that little is fetched however many there are.
export const pageOf = async (root, place, slug) => {
  const { parts } = await json(`${root}areas/${place.slug}/find.json`);
  let sum = 0;
  for (const letter of slug) sum = (sum * 31 + letter.charCodeAt(0)) % 65521;
  return (await json(`${root}areas/${place.slug}/find-${sum % parts}.json`))[slug];
};

// The place whose pages are being read or that the address names, so that a reader stays there.
export const here = async (root, text) => {
  const below = location.pathname.slice(new URL(root, document.baseURI).pathname.length);
  const slug = below.match(/^areas\/([^/]+)\//)?.[1] || new URLSearchParams(location.search).get("place");
  if (!slug) return undefined;
  const { place } = await json(`${root}areas/${slug}/find.json`);
  return { name: place, slug, rest: text };
};
