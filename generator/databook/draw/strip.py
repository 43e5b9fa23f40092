"""All places on one scale: a dot for each, in a row for each region, dots piled where they meet.

The dots of a row are one path, a few letters each, so that two thousand places stay a small file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from databook import words
from databook.areas import Spread
from databook.charts import Chart
from databook.draw import pen, placing, scales
from databook.draw.frame import LINE, WIDTH
from databook.draw.pen import n
from databook.draw.picture import Picture, Scale, Size
from databook.draw.style import TEXT, colour, text_width
from databook.model import Measurable

DOT = 6.0  # across, and from one dot of a pile to the next
LEAST_ROW = 26.0
MOST_PILED = 9  # dots that stand clear of each other; a higher pile is pushed together
FOOT = 28.0


def chart(spread: Spread, indicator: Measurable) -> Chart:
    """The picture in both sizes; it has no interactive form, since the table can be sorted."""
    title = f"{indicator.short}: every place, {spread.period.short}"
    said = _said(spread, indicator)
    return Chart(
        name="places",
        title=title,
        description=said,
        wide=_svg(spread, indicator, "wide", (title, said)),
        narrow=_svg(spread, indicator, "narrow", (title, said)),
        spec={},
    )


def _said(spread: Spread, indicator: Measurable) -> str:
    """How many places there are, and how far apart."""
    values = spread.values
    low, high = (words.brief(v, indicator) for v in (min(values), max(values)))
    count = words.sentence_case(words.plural(len(values), "place"))
    return f"{count} with a figure for {spread.period.short}, from {low} to {high}."


def _svg(spread: Spread, indicator: Measurable, size: Size, named: tuple[str, str]) -> str:
    everyone = [*spread.values, *([spread.country[1]] if spread.country else [])]
    groups = [group for group in spread.groups if group.values]
    ticks = scales.value_ticks(everyone, indicator.unit)
    width = WIDTH[size]
    left = _room([group.name for group in groups]) if size == "wide" else 8.0
    x = Scale(low=ticks[0], high=ticks[-1], start=left, end=width - 24)
    named_lines = [one for one in (spread.own, spread.country) if one]
    head = LINE * (1 + len(named_lines))
    y, body = head, ""
    for group in groups:
        piles = _piles(group.values, x)
        above = 0.0 if size == "wide" else LINE
        tallest = min(MOST_PILED, max((high for _, high in piles), default=0))
        lettered = LINE * len(_names(group.name, size)) + 8 if size == "wide" else 0.0
        deep = above + max(LEAST_ROW, lettered, tallest * DOT + 12)
        body += _row(group.name, piles, y, deep, size)
        y += deep
    grid = _grid(ticks, x, head, y, size) + _standing_out(spread, indicator, x, (head, y))
    picture = Picture(
        kind="strip", size=size, width=width, height=y + FOOT, left=0, top=0, x=x,
        y=Scale(low=0, high=1, start=y, end=head), panels=(),
    )  # fmt: skip
    inside = f"{grid}{body}"
    return pen.wrap(picture, inside, name="places", title=named[0], description=named[1])


def _room(names: Sequence[str]) -> float:
    return min(200.0, max(text_width(name, TEXT) for name in names) + 16)


def _piles(values: Sequence[float], x: Scale) -> list[tuple[float, int]]:
    """Each dot as its place along the scale and its place in a pile, counted from 1."""
    seen: Counter[int] = Counter()
    found = []
    for value in sorted(values):
        column = round(x.place(value) / DOT)
        seen[column] += 1
        found.append((column * DOT, seen[column]))
    return found


def _names(name: str, size: Size) -> Sequence[str]:
    return placing.wrap(name, 190, TEXT) if size == "wide" else (name,)


def _row(name: str, piles: list[tuple[float, int]], y: float, deep: float, size: Size) -> str:
    base = y + deep - 8
    step = DOT * min(1.0, MOST_PILED / max((high for _, high in piles), default=1))
    dots = "".join(f"M{n(at)},{n(base - DOT / 2 - (high - 1) * step)}h0" for at, high in piles)
    lines = _names(name, size)
    up = base - 3 if size == "wide" else y + 14
    labels = "".join(
        f'<text x="0" y="{n(up - over * LINE)}">{escape(text, quote=False)}</text>'
        for over, text in enumerate(reversed(lines))
    )
    return (
        f'<g fill="{colour("ink")}" stroke="{colour("paper")}" stroke-width="4" '
        f'paint-order="stroke" stroke-linejoin="round">{labels}</g>'
        f'<path d="{dots}" fill="none" stroke="{colour("own")}" stroke-width="{n(DOT - 1)}" '
        'stroke-linecap="round"/>'
    )


def _grid(ticks: tuple[float, ...], x: Scale, top: float, bottom: float, size: Size) -> str:
    decimals = scales.tick_decimals(ticks)
    every = 1 if size == "wide" or len(ticks) < 5 else 2
    lines = "".join(f"M{n(x.place(t))},{n(top)}V{n(bottom)}" for t in ticks)
    names = "".join(
        f'<text x="{n(x.place(t))}" y="{n(bottom + 20)}" text-anchor="middle">'
        f"{words.number(t, decimals)}</text>"
        for t in ticks[::every]
    )
    return (
        f'<path d="{lines}" stroke="{colour("grid")}" stroke-width="1"/>'
        f'<g fill="{colour("soft")}">{names}</g>'
    )


def _standing_out(
    spread: Spread, indicator: Measurable, x: Scale, ends: tuple[float, float]
) -> str:
    """The country's figure and that of the book's own place, each named above its line."""
    row = 0
    found = ""
    for said, role, dashes in (
        (spread.country, "country", ' stroke-dasharray="7 4"'), (spread.own, "own", ""),
    ):  # fmt: skip
        if said:
            found += _upright(said, role, dashes, indicator, x, (ends[0] - row * LINE, ends[1]))
            row += 1
    return found


def _upright(
    said: tuple[str, float], role: str, dashes: str, indicator: Measurable, x: Scale,
    ends: tuple[float, float],
) -> str:  # fmt: skip
    name, value = said
    at, (top, bottom) = x.place(value), ends
    text = f"{name} {words.brief(value, indicator)}"
    half = text_width(text, TEXT, bold=True) / 2
    middle = min(max(at, half), x.end + 24 - half)
    return (
        f'<path d="M{n(at)},{n(top - 6)}V{n(bottom)}" stroke="{colour(role)}" '
        f'stroke-width="2"{dashes}/><text x="{n(middle)}" y="{n(top - 12)}" '
        f'text-anchor="middle" font-weight="bold" fill="{colour(role)}">{escape(text)}</text>'
    )
