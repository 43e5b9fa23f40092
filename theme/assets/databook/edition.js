// An older edition's pages lead to the same page of the newest. The file itself never changes:
// what is newer stands in editions.json at the root of the site. Without a script, the line at
// the foot of each page does the same.
const base = new URL(document.body.dataset.root, location.href);
const at = /^(.*\/)editions\/([^/]+)\/$/.exec(base.pathname);

const element = (name, text, attributes = {}) => {
  const made = document.createElement(name);
  made.textContent = text;
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  return made;
};

const mark = ({ words, page, link, id, more }) => {
  const banner = element("aside", "", { class: "db-superseded", "aria-label": "Edition" });
  const said = element("p", `${words} `);
  said.append(element("a", link, { href: page }));
  if (more) said.append(" ", element("a", "What changed since", { href: more }));
  if (id) banner.dataset.edition = id;
  banner.append(said);
  document.querySelector("main").before(banner);
};

const tell = async () => {
  const [, root, name] = at;
  const path = location.pathname.slice(base.pathname.length).replace(/index\.html$/, "");
  const register = await (await fetch(`${root}editions.json`)).json();
  const own = register.editions.find((one) => one.address === `editions/${name}/`);
  if (!own) {
    const edition = register.editions.find((one) => name.startsWith(`${one.id}-r`));
    const next = edition && edition.revisions[Number(name.slice(edition.id.length + 2))];
    if (!next) return;
    mark({
      words: `Edition ${edition.id} was corrected on ${next.published}, and this is how it was before. The reason: ${next.reason}`,
      link: "The corrected page", page: `${root}editions/${edition.id}/${path}`, id: edition.id,
    });
  } else if (own.id !== register.newest) {
    const last = register.gone[path];
    mark({
      words: last
        ? `This is edition ${own.id}. The newest, ${register.newest}, does not have this page.`
        : `This is edition ${own.id}. There is a newer one, ${register.newest}.`,
      link: last ? "What became of it" : "This page in the newest edition",
      page: root + path, id: register.newest, more: `${root}changes/`,
    });
  }
};

if (at) {
  // What is searched for is found once, at the root.
  document.head.append(element("meta", "", { name: "robots", content: "noindex" }));
  tell().catch(() => {});
}
