// The frame's behaviour. Nothing on a page depends on it: it shortens ways.
const root = document.body.dataset.root;
const base = new URL(root, location.href);

// At an edition's own address: say so if there is a newer one.
if (/\/editions\/[^/]+\/$/.test(base.pathname)) {
  import("./edition.js").catch(() => {});
}

// A place that the reader chose stays in the address: on the place's own pages it is there already,
// elsewhere as ?place=. A link to a page that is about no place takes it along, written when it is
// pointed at or followed, so that links which scripts made later do so too.
const below = (url) => (url.origin === base.origin && url.pathname.startsWith(base.pathname) ? url.pathname.slice(base.pathname.length) : undefined);
let place = /^areas\/([^/]+)\//.exec(below(location))?.[1] || new URLSearchParams(location.search).get("place");
const carry = (event) => {
  const link = event.target.closest?.("a[href]");
  if (!place || !link || link.hasAttribute("download") || link.dataset.leave !== undefined) return;
  const url = new URL(link.href);
  const path = below(url);
  if (path === undefined || !/(^|\/)$/.test(path) || /^(areas|editions)\//.test(path)) return;
  if (url.pathname === location.pathname && url.hash) return;
  url.searchParams.set("place", place);
  link.href = url.href;
};
if (place) {
  for (const kind of ["pointerover", "focusin", "click"]) document.addEventListener(kind, carry, true);
  import("./place.js").then(({ known }) => known(place, below(location))).catch(() => false).then((yes) => { if (!yes) place = null; });
}

// Colours: light, dark, or as the system has them.
const WORDS = { auto: "Auto", default: "Light", slate: "Dark" };
const scheme = document.querySelector(".db-scheme");
const word = scheme.querySelector("[data-scheme-word]");
const say = () => { word.textContent = WORDS[document.documentElement.dataset.schemeChoice] || WORDS.auto; };
scheme.hidden = false;
say();
scheme.addEventListener("click", () => {
  const order = Object.keys(WORDS);
  const now = document.documentElement.dataset.schemeChoice;
  const next = order[(order.indexOf(now) + 1) % order.length];
  try { localStorage.setItem("databook-scheme", next); } catch { /* storage is off */ }
  dispatchEvent(new Event("databook-scheme"));
  document.documentElement.dataset.schemeChoice = next;
  if (next !== "auto") document.documentElement.dataset.mdColorScheme = next;
  say();
});

// The menu of small screens: Escape and leaving it close it.
const menu = document.querySelector(".db-menu");
menu.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
menu.addEventListener("focusout", (event) => {
  if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});
document.addEventListener("click", (event) => {
  if (menu.open && !menu.contains(event.target)) menu.open = false;
});

// Search: its code comes when it is first asked for, all files at once. If it does not come, the
// link still leads to the search page.
const opener = document.querySelector(".db-search-open");
const onSearchPage = document.querySelector("[data-search-page]");
const fetchSearch = () => {
  for (const part of ["assets/databook/asking.js", "assets/databook/places.js", "search-index/pagefind.js"]) import(new URL(part, base).href).catch(() => {});
  return import(new URL(opener.dataset.module, document.baseURI).href);
};
const openSearch = async (event) => {
  event.preventDefault();
  if (onSearchPage) { onSearchPage.querySelector("input")?.focus(); return; }
  opener.setAttribute("aria-busy", "true");
  try {
    (await fetchSearch()).openDialog(root);
  } catch {
    location.href = opener.href;
  }
  opener.removeAttribute("aria-busy");
};
// A press becomes a click when it is let go, a tenth of a second later.
opener.addEventListener("pointerdown", () => { if (!onSearchPage) fetchSearch().catch(() => {}); });
opener.addEventListener("click", (event) => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) openSearch(event); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea, dialog, [contenteditable]")) return;
  openSearch(event);
});

// Tables that fit need no tab stop of their own.
const fits = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    target.tabIndex = target.scrollWidth > target.clientWidth + 1 ? 0 : -1;
  }
});
for (const box of document.querySelectorAll(".db-scroll")) fits.observe(box);
