"""A series the size of a word, for tables: gaps not bridged, the newest figure dotted."""

from __future__ import annotations

from html import escape

from databook.draw import describe
from databook.draw.pen import n
from databook.draw.picture import Scale
from databook.draw.series import runs
from databook.draw.style import colour
from databook.findings import Finding
from databook.model import Measurable

# One of thousands says only what differs from the next; `charts.css` says the rest.
SLIM = "c-spark c-slim"
WIDTH, HEIGHT, MARGIN = 96.0, 24.0, 4.0


def svg(finding: Finding, indicator: Measurable) -> str:
    """The inline picture, or nothing where there are under two figures."""
    drawn = _drawn(finding)
    if not drawn:
        return ""
    path, specks, (x, y) = drawn
    own = colour("own")
    hollow = f'fill="{colour("paper")}" stroke="{own}" stroke-width="1.5"'
    look = hollow if _provisional(finding) else f'fill="{own}"'
    label = escape(describe.sparkline(finding.own, indicator))
    return (
        f'<svg class="c-spark" role="img" aria-label="{label}" '
        f'viewBox="0 0 {n(WIDTH)} {n(HEIGHT)}" width="{n(WIDTH)}" height="{n(HEIGHT)}" '
        'xmlns="http://www.w3.org/2000/svg">'
        f'<path d="{path}" fill="none" stroke="{own}" stroke-width="1.5"/>'
        f'<g fill="{own}">{specks}</g><circle cx="{x}" cy="{y}" r="2.75" {look}/></svg>'
    )


def slim(finding: Finding, indicator: Measurable) -> str:
    """The same in the fewest bytes, for pages that the style sheet is certain to reach."""
    drawn = _drawn(finding)
    if not drawn:
        return ""
    path, specks, (x, y) = drawn
    label = escape(describe.sparkline(finding.own, indicator))
    hollow = ' class="c-hollow"' if _provisional(finding) else ""
    return (
        f'<svg class="{SLIM}" role="img" aria-label="{label}" '
        f'viewBox="0 0 {n(WIDTH)} {n(HEIGHT)}" width="{n(WIDTH)}" height="{n(HEIGHT)}">'
        f'<path d="{path}"/>{specks}<circle cx="{x}" cy="{y}" r="2.75"{hollow}/></svg>'
    )


def _provisional(finding: Finding) -> bool:
    return bool(finding.latest and finding.latest.provisional)


def _drawn(finding: Finding) -> tuple[str, str, tuple[str, str]] | None:
    """Its line, its lone figures and its end; None where there are under two figures."""
    known = finding.own.known
    if len(known) < 2:
        return None
    steps = [p.period.step for p in known]
    values = [p.value for p in known if p.value is not None]
    low, high = min(values), max(values)
    if high == low:
        low, high = low - 1, high + 1
    x = Scale(low=steps[0], high=steps[-1], start=MARGIN, end=WIDTH - MARGIN)
    y = Scale(low=low, high=high, start=HEIGHT - MARGIN, end=MARGIN)
    found = [[(n(x.place(a)), n(y.place(b))) for a, b in run] for run in runs(finding.own)]
    path = "".join("M" + "L".join(f"{a},{b}" for a, b in run) for run in found if len(run) > 1)
    specks = "".join(
        f'<circle cx="{r[0][0]}" cy="{r[0][1]}" r="1.25"/>' for r in found if len(r) == 1
    )
    return path, specks, found[-1][-1]
