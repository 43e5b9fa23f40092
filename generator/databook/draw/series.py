"""Series as unbroken runs of figures: no line crosses a gap, a withheld figure or a break."""

from __future__ import annotations

from dataclasses import dataclass

from databook.draw.picture import Dot, Line
from databook.findings import Point, Series
from databook.periods import PeriodType, later

Figure = tuple[int, float]  # (step, value)


def runs(series: Series) -> tuple[tuple[Figure, ...], ...]:
    """Figures that may be joined: consecutive periods under one definition."""
    found: list[list[Figure]] = []
    before: Point | None = None
    for point in series.points:
        if point.value is not None:
            if before is None or before.value is None or not _joined(before, point):
                found.append([])
            found[-1].append((point.period.step, point.value))
        before = point
    return tuple(tuple(run) for run in found)


def _joined(before: Point, point: Point) -> bool:
    # Days have no natural step, so between two of them no period can be missing.
    consecutive = point.period.type is PeriodType.DAY or point.period.step - before.period.step == 1
    return consecutive and before.since_break == point.since_break


def lines(series: Series, role: str) -> tuple[Line, ...]:
    """The runs that have a length."""
    return tuple(Line(role=role, points=run) for run in runs(series) if len(run) > 1)


def loners(series: Series, role: str) -> tuple[Dot, ...]:
    """Figures that stand alone, which no line would show."""
    alone = (run[0] for run in runs(series) if len(run) == 1)
    return tuple(Dot(role=role, x=x, y=y) for x, y in alone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """Consecutive periods without a figure, and the word for why."""

    first: int
    last: int
    word: str


# The marker's meaning in the two or three words that fit into a picture.
_WORDS = {
    "c": "withheld",
    "k": "nearly zero",
    "low": "nearly zero",
    "w": "none recorded",
    "z": "not applicable",
}
NOT_PUBLISHED = "not published"


def missing_word(point: Point) -> str:
    """Why a figure is not there, in two or three words."""
    return next((_WORDS[m] for m in point.markers if m in _WORDS), NOT_PUBLISHED)


def name_of(series: Series, step: int) -> str:
    """The name of a step, whether or not the series has a point there."""
    known = next((p.period for p in series.points if p.period.step == step), None)
    nearest = known or series.points[0].period
    return later(nearest, step - nearest.step).short


def holes(series: Series) -> tuple[Hole, ...]:
    """The missing periods of a series; unmarked ones before the first figure are none."""
    found: list[Hole] = []
    expected: int | None = None
    for point in series.points:
        step, days = point.period.step, point.period.type is PeriodType.DAY
        if expected is not None and step > expected and not days:
            _add(found, Hole(first=expected, last=step - 1, word=NOT_PUBLISHED))
        expected = step + 1
        if point.value is None:
            _add(found, Hole(first=step, last=step, word=missing_word(point)))
    start = min((p.period.step for p in series.known), default=0)
    return tuple(h for h in found if h.first > start or h.word != NOT_PUBLISHED)


def _add(found: list[Hole], hole: Hole) -> None:
    """Join a hole to the one before where they touch and have the same reason."""
    if found and found[-1].word == hole.word and found[-1].last + 1 == hole.first:
        hole = Hole(first=found.pop().first, last=hole.last, word=hole.word)
    found.append(hole)


def breaks(series: Series) -> tuple[int, ...]:
    """Steps at which a new definition begins."""
    pairs = zip(series.points, series.points[1:], strict=False)
    return tuple(b.period.step for a, b in pairs if b.since_break > a.since_break)
