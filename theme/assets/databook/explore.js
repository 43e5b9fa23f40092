// The interactive chart, for the reader who asks for it. What it expects of a page:
//
//   <figure class="db-chart">
//     … .db-wide and .db-narrow: the static pictures …
//     <button type="button" class="db-explore" data-spec="trend.vl.json" hidden>Explore…</button>
//   </figure>
//
// `data-table` on the button names a table of periods (rows) and places (columns) in the page, whose
// figures the specification is then drawn with.
//
// The button is shown only where this script runs. Pressing it fetches Vega (../vendor/vega.js) and
// the specification, both from this site, and puts the live chart in the pictures' place; pressing
// again puts the pictures back. `usermeta.narrow` of the specification holds the narrow layout.
//
// Every figure answers the pointer, and the arrow keys too: what it says is shown beside it and
// spoken through a live region. The table in the same page holds all the same figures and stays
// the full alternative. Runs under script-src 'self' and style-src 'self': Vega's expressions are
// interpreted, never compiled, and positions are set through the style object.

const VEGA = new URL("../vendor/vega.js", import.meta.url);
const WIDE = 652; // px: from here the wide layout is legible

const element = (name, className, more = {}) =>
  Object.assign(document.createElement(name), { className, ...more });

const laidOut = (spec, width) => {
  const { cell, ...narrow } = width < WIDE ? spec.usermeta?.narrow || {} : {};
  const made = { ...spec, ...narrow };
  return cell ? { ...made, spec: { ...made.spec, ...cell } } : made;
};

const sentence = (said) =>
  `${said.Place}, ${said.Period}: ${said.Figure}${said.Note ? ` (${said.Note})` : ""}`;

const place = (tip, stage, mark) => {
  const [at, around] = [mark.getBoundingClientRect(), stage.getBoundingClientRect()];
  const left = at.left + at.width / 2 - around.left - tip.offsetWidth / 2;
  const top = at.top - around.top - tip.offsetHeight - 4;
  tip.style.left = `${Math.max(0, Math.min(left, around.width - tip.offsetWidth))}px`;
  tip.style.top = `${top < 0 ? at.bottom - around.top + 4 : top}px`;
};

const withKeys = (stage, status, show) => {
  const marks = [...stage.querySelectorAll(".hint_marks path")];
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  let at = marks.length;
  stage.addEventListener("keydown", (event) => {
    const to = { Home: 0, End: marks.length - 1 }[event.key] ?? at + (steps[event.key] || NaN);
    if (event.key === "Escape") show(null);
    if (Number.isNaN(to) || !marks.length) return;
    event.preventDefault();
    at = Math.max(0, Math.min(to, marks.length - 1));
    const said = marks[at].__data__.tooltip;
    show(marks[at], said);
    status.textContent = sentence(said);
  });
  stage.addEventListener("blur", () => show(null));
};

// A chart that thousands of pages share takes its figures from the table of the page it is on.
// `run` counts the definitions: no line joins figures before a break with those after it.
const fromTable = (table, { unit, breaks }) => {
  const [, ...names] = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const runs = names.map(() => 0);
  return [...table.tBodies[0].rows].reverse().flatMap((row) => names.map((Place, n) => {
    const text = row.cells[n + 1].textContent.trim();
    const Period = row.cells[0].textContent.trim();
    if (breaks.includes(Period) || text.includes("[b]")) runs[n] += 1;
    const figure = text.replace(/\[.*/, "").trim();
    const y = figure ? Number(figure.replace(/,/g, "").replace("\u2212", "-")) : null;
    const Note = text.includes("[p]") ? "provisional" : "";
    return { Place, Period, y, run: runs[n], Figure: figure + unit, Note };
  })).filter((point) => !Number.isNaN(point.y));
};

const draw = async (button, figure) => {
  const [vega, spec] = await Promise.all([
    import(VEGA),
    fetch(button.dataset.spec).then((got) => (got.ok ? got.json() : Promise.reject(got.status))),
  ]);
  const table = document.getElementById(button.dataset.table);
  if (table) spec.data = { values: fromTable(table, spec.usermeta) };
  const quiet = { level: () => quiet, error: console.error, warn: () => quiet, info: () => quiet, debug: () => quiet };
  const { spec: compiled } = vega.compile(laidOut(spec, figure.clientWidth), { logger: quiet });
  const live = element("div", "db-live");
  const stage = element("div", "db-stage", { tabIndex: 0 });
  stage.setAttribute("role", "application");
  stage.setAttribute("aria-label", "Interactive chart: the arrow keys go from figure to figure");
  const canvas = element("div", "db-canvas");
  const tip = element("div", "db-tip", { hidden: true });
  const status = element("p", "db-live-status");
  status.setAttribute("role", "status");
  stage.append(canvas, tip);
  live.append(stage, status);
  figure.prepend(live);

  let shown = null;
  const show = (mark, said) => {
    shown?.classList.remove("db-shown");
    shown = mark;
    tip.hidden = !mark;
    if (!mark) return;
    mark.classList.add("db-shown");
    tip.textContent = sentence(said);
    place(tip, stage, mark);
  };
  const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
    expr: vega.expressionInterpreter,
    renderer: "svg",
    container: canvas,
    hover: true,
    tooltip: (_, event, item, said) => show(said ? event.target : null, said),
  });
  await view.runAsync();
  canvas.setAttribute("aria-hidden", "true"); // the stage has the name, the status says the figures
  withKeys(stage, status, show);
  stage.focus({ preventScroll: true });
  stage.scrollIntoView({ block: "nearest" }); // the button pressed stands below it
  return () => { view.finalize(); live.remove(); };
};

const label = (button, text) => { button.textContent = text; };

for (const button of document.querySelectorAll("button.db-explore[data-spec]")) {
  const figure = button.closest("figure");
  const asWritten = button.textContent;
  let close = null;
  let busy = false;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (busy) return;
    if (close) {
      close();
      close = null;
      figure.classList.remove("db-exploring");
      label(button, asWritten);
      return;
    }
    busy = true;
    label(button, "Loading the chart…");
    try {
      close = await draw(button, figure);
      figure.classList.add("db-exploring");
      label(button, "Back to the picture");
    } catch (fault) {
      console.error(fault);
      figure.querySelector(".db-live")?.remove();
      label(button, "The interactive chart could not be loaded; try again");
    }
    busy = false;
  });
}
