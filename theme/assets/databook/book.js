// The frame's behaviour. Nothing on a page depends on it: it shortens ways.
const root = document.body.dataset.root;

// At an edition's own address: say so if there is a newer one.
if (/\/editions\/[^/]+\/$/.test(new URL(root, location.href).pathname)) {
  import("./edition.js").catch(() => {});
}

// A place that the reader chose stays in the address.
const below = location.pathname.slice(new URL(root, location.href).pathname.length);
const chosen = /^areas\/([^/]+)\//.exec(below)?.[1] || new URLSearchParams(location.search).get("place");
if (chosen) import("./place.js").then(({ follow }) => follow(chosen)).catch(() => {});

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

// Search: its code comes when it is first asked for. If it does not come, the link still leads
// to the search page.
const opener = document.querySelector(".db-search-open");
const onSearchPage = document.querySelector("[data-search-page]");
const openSearch = async (event) => {
  event.preventDefault();
  if (onSearchPage) { onSearchPage.querySelector("input")?.focus(); return; }
  try {
    (await import(new URL(opener.dataset.module, document.baseURI).href)).openDialog(root);
  } catch {
    location.href = opener.href;
  }
};
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
