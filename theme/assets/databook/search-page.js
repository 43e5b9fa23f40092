// The search page: the same form as the dialog's, and the question stays in the address.
import { mount } from "./search.js";

const place = document.querySelector("[data-search-page]");
const asked = new URLSearchParams(location.search);
const picked = {};
for (const [name, value] of asked) if (name !== "q" && name !== "place") (picked[name] ||= []).push(value);

const changed = (words, filters) => {
  const now = new URLSearchParams();
  if (words) now.set("q", words);
  if (asked.has("place")) now.set("place", asked.get("place"));
  for (const [name, values] of Object.entries(filters)) for (const value of values) now.append(name, value);
  history.replaceState(null, "", `${location.pathname}${now.size ? `?${now}` : ""}`);
};
mount(place, document.body.dataset.root, { words: asked.get("q") || "", picked, changed }).focus();
