// Keeps the place that a reader chose in the address: on the place's own pages it is there already,
// elsewhere as ?place=. Says so above the page, and leads back. Only loaded where there is one.
const root = new URL(document.body.dataset.root, location.href);
const below = (url) => (url.origin === root.origin && url.pathname.startsWith(root.pathname) ? url.pathname.slice(root.pathname.length) : undefined);
const own = /^areas\/[^/]+\/./;

export const follow = async (slug) => {
  const { areas } = await (await fetch(new URL("areas/index.json", root))).json();
  const place = areas.find((one) => one.url === `areas/${slug}/`);
  if (!place) return;
  const here = below(location);
  if (!own.test(here) && here !== `areas/${slug}/`) await tell(place, slug, here);
  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, (event) => carry(event, slug));
};

// A link to a page that is about no place takes the place along. Written when it is pointed at,
// so that links which scripts made later do so too.
const carry = (event, slug) => {
  const link = event.target.closest?.("a[href]");
  if (!link || link.hasAttribute("download")) return;
  if (link.dataset.leave !== undefined) { link.href = without(); return; }
  const url = new URL(link.href);
  const path = below(url);
  if (path === undefined || !/(^|\/)$/.test(path) || /^(areas|editions)\//.test(path)) return;
  if (url.pathname === location.pathname && url.hash) return;
  url.searchParams.set("place", slug);
  link.href = url.href;
};

// This page's address as it is now, without a place.
const without = () => {
  const url = new URL(location.href);
  url.searchParams.delete("place");
  url.hash = "";
  return url.href;
};

// What stands above a page that is about another place or about none.
const tell = async (place, slug, here) => {
  const line = document.createElement("nav");
  line.className = "db-chosen db-note";
  line.setAttribute("aria-label", "The place you chose");
  const link = (text, address) => {
    const made = document.createElement("a");
    made.href = address;
    made.textContent = text;
    line.append(" ", made);
    return made;
  };
  line.append("You chose ");
  link(place.name, new URL(place.url, root).href);
  line.append(".");
  const indicator = /^indicators\/([^/]+)\//.exec(here)?.[1];
  if (indicator && !place.own) {
    const there = new URL(`${place.url}${indicator}/`, root);
    if ((await fetch(there, { method: "HEAD" })).ok) link("This figure there", there.href);
  }
  link("Choose none", without()).dataset.leave = "";
  document.querySelector("#main").prepend(line);
  const row = document.getElementById(`place-${slug}`);
  if (row && !location.hash) row.classList.add("db-target");
};
