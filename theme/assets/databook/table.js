// Tables that can be put in order by any column and narrowed by words and by status.
// Without a script the table stands there whole, in the order it was written in.

const text = (cell) => (cell?.querySelector(".db-status") || cell)?.textContent.trim() || "";
const key = (row, column) => row.cells[column]?.dataset.sort ?? text(row.cells[column]);
// As people type: small letters, and the apostrophe that keyboards have.
const plain = (words) => words.toLowerCase().replaceAll("’", "'");
const number = (value) => (value === "" ? NaN : Number(value));

const compare = (one, other) => {
  const [a, b] = [number(one), number(other)];
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  return one.localeCompare(other, undefined, { numeric: true, sensitivity: "base" });
};

// Rows without a value stay last, whichever way round.
const inOrder = (rows, column, down) => {
  const empty = rows.filter((row) => key(row, column) === "");
  const full = rows.filter((row) => key(row, column) !== "");
  full.sort((a, b) => compare(key(a, column), key(b, column)) * (down ? -1 : 1));
  return [...full, ...empty];
};

const remember = (table, name, value) => {
  const address = new URL(location.href);
  const asked = `${table.id || "table"}.${name}`;
  if (value) address.searchParams.set(asked, value); else address.searchParams.delete(asked);
  history.replaceState(null, "", address);
};
const remembered = (table, name) => new URLSearchParams(location.search).get(`${table.id || "table"}.${name}`) || "";

const sortable = (table, say) => {
  const body = table.tBodies[0];
  const asWritten = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const sort = (head, order) => {
    for (const other of heads) other.removeAttribute("aria-sort");
    if (order) head.setAttribute("aria-sort", order);
    body.append(...(order ? inOrder(asWritten, head.cellIndex, order === "descending") : asWritten));
  };
  for (const head of heads) {
    if (head.classList.contains("db-plainhead")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const next = { ascending: "descending", descending: "" }[head.getAttribute("aria-sort")] ?? "ascending";
      sort(head, next);
      remember(table, "sort", next && `${head.cellIndex}${next === "descending" ? "d" : "a"}`);
      say(next ? `Sorted by ${button.textContent.trim()}, ${next}.` : "In the order of the book.");
    });
  }
  const [, column, way] = remembered(table, "sort").match(/^(\d+)([ad])$/) || [];
  if (heads[column]?.querySelector("button")) sort(heads[column], way === "d" ? "descending" : "ascending");
};

const labelled = (words, field) => {
  const label = document.createElement("label");
  label.append(words, field);
  return label;
};

const picker = (table, head) => {
  const select = document.createElement("select");
  const values = new Set([...table.tBodies[0].rows].map((row) => text(row.cells[head.cellIndex])).filter(Boolean));
  select.append(new Option("All", ""), ...[...values].sort().map((value) => new Option(value)));
  select.value = remembered(table, head.dataset.filter.toLowerCase());
  if (select.selectedIndex < 0) select.value = "";
  return select;
};

const filterable = (table, box, say) => {
  const rows = [...table.tBodies[0].rows];
  const words = document.createElement("input");
  words.type = "search";
  words.value = remembered(table, "words");
  const pickers = [...table.tHead.rows[0].cells].filter((head) => head.dataset.filter).map((head) => [head, picker(table, head)]);
  box.append(labelled("Find words", words), ...pickers.map(([head, select]) => labelled(head.dataset.filter, select)));
  const narrow = () => {
    const wanted = plain(words.value.trim()).split(/\s+/);
    let shown = 0;
    for (const row of rows) {
      const own = plain(`${row.textContent} ${row.dataset.words || ""}`);
      const fits = wanted.every((word) => own.includes(word))
        && pickers.every(([head, select]) => !select.value || text(row.cells[head.cellIndex]) === select.value);
      row.hidden = !fits;
      shown += fits;
    }
    remember(table, "words", words.value.trim());
    for (const [head, select] of pickers) remember(table, head.dataset.filter.toLowerCase(), select.value);
    say(shown === rows.length ? `All ${rows.length} rows are shown.` : `${shown} of ${rows.length} rows are shown.`);
  };
  box.addEventListener("input", narrow);
  if (words.value || pickers.some(([, select]) => select.value)) narrow();
};

for (const table of document.querySelectorAll("table[data-sortable], table[data-filterable]")) {
  const box = document.createElement("div");
  box.className = "db-filters";
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", `Narrow down: ${table.caption?.textContent.trim() || "table"}`);
  const status = document.createElement("p");
  status.setAttribute("role", "status");
  const say = (words) => { status.textContent = words; };
  if ("filterable" in table.dataset) filterable(table, box, say);
  if ("sortable" in table.dataset) sortable(table, say);
  box.append(status);
  (table.closest(".db-scroll") || table).before(box);
}
