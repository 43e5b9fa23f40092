"""One line of a spine chart: where a place lies among all places, worst at the left.

The country stands in the middle, so that lines under one another share it. All letters are in the
table around the line; the picture has only its text alternative.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from databook.draw.pen import n
from databook.model import Better

WIDTH, HEIGHT, EDGE = 150.0, 20.0, 8.0
MIDDLE = HEIGHT / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is drawn: the place's figure, the country's, and two ranges around them."""

    value: float
    country: float | None
    lowest: float  # of all places
    highest: float
    near: tuple[float, float] | None  # the lowest and highest of the similar places
    tone: str  # of the status: good, bad, flat or none
    label: str


def svg(line: Line, better: Better) -> str:
    """The inline picture. Better lies to the right; where neither way is better, higher does."""
    ends = [line.value, line.lowest, line.highest, *(line.near or ())]
    ends += [line.country] if line.country is not None else []
    sign = -1 if better is Better.LOWER else 1
    low, high = min(sign * v for v in ends), max(sign * v for v in ends)
    centre = (low + high) / 2 if line.country is None else sign * line.country
    reach = max(high - centre, centre - low) or 1.0

    def x(value: float) -> float:
        return WIDTH / 2 + (sign * value - centre) / reach * (WIDTH / 2 - EDGE)

    bars = _bar("c-all", x(line.lowest), x(line.highest))
    bars += _bar("c-near", *(x(v) for v in line.near)) if line.near else ""
    middle = f'<path class="c-mid" d="M{n(WIDTH / 2)},1v{n(HEIGHT - 2)}"/>'
    return (
        f'<svg class="c-spine" role="img" aria-label="{escape(line.label)}" '
        f'viewBox="0 0 {n(WIDTH)} {n(HEIGHT)}" width="{n(WIDTH)}" height="{n(HEIGHT)}">'
        f"{bars}{middle if line.country is not None else ''}"
        f'<path class="c-{line.tone}" d="{_shape(line.tone, x(line.value))}"/></svg>'
    )


def _bar(role: str, one: float, other: float) -> str:
    left, right = min(one, other), max(one, other)
    height = 8 if role == "c-all" else 4
    path = f"M{n(left)},{n(MIDDLE - height / 2)}h{n(right - left)}v{height}H{n(left)}z"
    return f'<path class="{role}" d="{path}"/>'


def _shape(tone: str, x: float) -> str:
    """The shape of a status: a disc, a diamond, a square or a ring (whose fill is paper)."""
    match tone:
        case "bad":
            return f"M{n(x)},{n(MIDDLE - 6)}l6,6l-6,6l-6,-6z"
        case "flat":
            return f"M{n(x - 4.5)},{n(MIDDLE - 4.5)}h9v9h-9z"
        case _:
            return f"M{n(x - 5)},{n(MIDDLE)}a5,5 0 1 0 10,0a5,5 0 1 0 -10,0z"
