// Says above a page that is about no place which place the reader chose, and leads back to it.
// Only loaded where there is one.
const root = new URL(document.body.dataset.root, location.href);
const own = /^areas\/[^/]+\/./;

// Whether it is a place of the book.
export const known = async (slug, here) => {
  const { areas } = await (await fetch(new URL("areas/index.json", root))).json();
  const place = areas.find((one) => one.url === `areas/${slug}/`);
  if (place && !own.test(here) && here !== `areas/${slug}/`) await tell(place, slug, here);
  return Boolean(place);
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
  const leave = link("Choose none", without());
  leave.dataset.leave = "";
  leave.addEventListener("click", () => { leave.href = without(); });
  document.querySelector("#main").prepend(line);
  const row = document.getElementById(`place-${slug}`);
  if (row && !location.hash) row.classList.add("db-target");
};
