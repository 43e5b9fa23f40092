"""The words of the trend chart: a name beside each line, and a word over each gap and break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from databook import periods, words
from databook.draw import placing, series
from databook.draw.frame import LINE, WORDS_INDENT, WORDS_WIDTH, Frame
from databook.draw.picture import Label, Leader, Size
from databook.draw.style import LABELS, TEXT, text_width
from databook.draw.trend_marks import company
from databook.findings import Finding, Forecast, Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Overhead:
    """The words above the plot and how high they stand."""

    labels: tuple[Label, ...]
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The words right of the plot, with hairlines to what they name."""

    labels: tuple[Label, ...]
    leaders: tuple[Leader, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Words for a mark that ends at (x, y). The lowest `rank` goes first when room runs out."""

    role: str
    text: str
    x: float
    y: float
    rank: int
    leads: bool = True  # a hairline may join it to its mark
    lines: tuple[str, ...] = ()


BREAK_WORD = "new definition"


def room(finding: Finding, size: Size) -> float:
    """Width for the words right of the plot: more where a name's longest word needs it."""
    usual, most = WORDS_WIDTH[size]
    names = [finding.place, *(one.name for one in (finding.country, finding.region) if one)]
    longest = max(
        text_width(word, TEXT, bold=True)
        for name in names
        for word in name.replace("-", "- ").split()
    )
    return min(max(usual, longest + WORDS_INDENT), most)


def overhead(frame: Frame, more: Sequence[tuple[float, str]] = ()) -> Overhead:
    """The unit in words at the top left; below it, what shades and breaks mean, and `more`."""
    left, room = frame.left, frame.left + frame.x.end + frame.right
    unit = placing.wrap(frame.indicator.unit_label, room, TEXT)
    found = [Label(role="unit", x=-left, y=n * LINE, text=text) for n, text in enumerate(unit)]
    wanted = [(frame.x.place((h.first + min(h.last, frame.last)) / 2), h.word)
              for h in series.holes(frame.finding.own) if h.first >= frame.first]  # fmt: skip
    wanted += [
        (frame.x.place(s - 0.5), BREAK_WORD)
        for s in series.breaks(frame.finding.own)
        if s > frame.first
    ]
    wanted += more
    spans = []
    for x, text in wanted:
        width = text_width(text, TEXT)
        middle = min(max(x, width / 2 - left), frame.x.end + frame.right - width / 2)
        spans.append((middle - width / 2, middle + width / 2))
    levels = placing.rows(spans, 8)
    depth = len(unit) + max(levels, default=-1) + 1
    for (_, text), (start, end), level in zip(wanted, spans, levels, strict=True):
        y = (len(unit) + level) * LINE
        found.append(Label(role="word", x=(start + end) / 2, y=y, text=text, anchor="middle"))
    # Baselines so far count from the first line's; they end 14 px above the plot.
    lift = (depth - 1) * LINE + 14
    lifted = tuple(
        Label(role=f.role, x=f.x, y=f.y - lift, text=f.text, anchor=f.anchor) for f in found
    )
    return Overhead(labels=lifted, height=depth * LINE + 8)


def beside(frame: Frame, wanted: Sequence[Wish] | None = None) -> Beside:
    """The name and latest figure of every line, moved apart, with a hairline where it helps."""
    wishes = [_wrapped(wish, frame) for wish in (_wishes(frame) if wanted is None else wanted)]
    low, high = -6.0, frame.y.start + 8
    while wishes:
        tops = placing.spread([(w.y, len(w.lines) * LINE) for w in wishes], low, high, 5)
        if tops is not None:
            break
        wishes.remove(max(wishes, key=lambda w: w.rank))
    else:
        return Beside(labels=(), leaders=())
    labels, leaders = [], []
    for wish, top in zip(wishes, tops, strict=True):
        start = frame.x.end + WORDS_INDENT
        labels += [
            Label(role=wish.role, x=start, y=top + n * LINE + 14, text=text)
            for n, text in enumerate(wish.lines)
        ]
        middle = top + len(wish.lines) * LINE / 2
        if wish.leads and (wish.x < frame.x.end - 24 or abs(middle - wish.y) > LINE / 2):
            leaders.append(Leader(role="leader", x=wish.x + 7, x2=start - 4, y=wish.y, y2=middle))
    return Beside(labels=tuple(labels), leaders=tuple(leaders))


def _wrapped(wish: Wish, frame: Frame) -> Wish:
    bold = LABELS[wish.role].bold
    lines = tuple(
        line
        for part in wish.text.split("\n")
        for line in placing.wrap(part, frame.right - WORDS_INDENT, TEXT, bold=bold)
    )
    return replace(wish, lines=lines)


def _wishes(frame: Frame) -> list[Wish]:
    finding = frame.finding
    found = [*_own(frame)]
    others = dict(company(frame))  # of the similar places one is enough: they share their words
    found += [_named(r, others[r], frame, n) for n, r in ((1, "country"), (5, "region"))
              if r in others and others[r].known]  # fmt: skip
    if (judged := finding.turn.forecast) and judged.points:
        found.append(_course(judged, "frozen", made(judged), frame, 4))
    return [*found, *_target(frame), *_neighbours(frame)]


def _own(frame: Frame) -> list[Wish]:
    """The place's name and newest figure; where its line carries on, they stand at that end.

    The dotted line joins the figure to its words, so that no hairline has to cross the bands.
    """
    baseline = frame.finding.baseline
    own = _named("own", frame.finding.own, frame, 0)
    if not baseline or not baseline.points:
        return [own]
    ahead = _course(baseline, "forecast", _present(baseline, frame), frame, 2)
    return [replace(own, x=ahead.x, y=ahead.y - 0.01), replace(ahead, leads=False)]


def _named(role: str, one: Series, frame: Frame, rank: int) -> Wish:
    latest, own = one.latest, frame.finding.latest
    if latest is None or latest.value is None or own is None:
        raise ValueError(f"{one.name} has no figure to name")
    figure = words.brief(latest.value, frame.indicator)
    when = "" if latest.period == own.period and role != "own" else f" in {latest.period.short}"
    note = ", provisional" if latest.provisional and role == "own" else ""
    return Wish(
        role=role, text=f"{one.name}\n{figure}{when}{note}", rank=rank,
        x=frame.x.place(latest.period.step), y=frame.y.place(latest.value),
    )  # fmt: skip


def _present(forecast: Forecast, frame: Frame) -> str:
    last = forecast.points[-1]
    figure = words.brief(last.value, frame.indicator)
    return f"on present course {figure} in {last.period.short}"


def made(forecast: Forecast) -> str:
    """A frozen forecast's name, never passing off a reconstruction as made at the time."""
    if forecast.reconstructed:
        return f"forecast from {forecast.origin.short}, made later"
    example = ", illustrative" if forecast.illustrative else ""
    return f"forecast made in {forecast.made_on.year}{example}"


def _course(forecast: Forecast, role: str, text: str, frame: Frame, rank: int) -> Wish:
    shown = [p for p in forecast.points if frame.first <= p.period.step <= frame.last]
    last = (shown or forecast.points)[-1]
    return Wish(
        role=role, text=text, rank=rank,
        x=frame.x.place(last.period.step), y=frame.y.place(last.value),
    )  # fmt: skip


def _target(frame: Frame) -> list[Wish]:
    target = frame.indicator.target
    if target is None:
        return []
    figure = words.brief(float(target.value), frame.indicator)
    if target.upper is not None:
        figure = f"{figure} to {words.brief(float(target.upper), frame.indicator)}"
    try:
        when = periods.parse(target.period, frame.indicator.periods).short
    except periods.PeriodError:
        when = target.period
    text = f"{'Example target' if target.illustrative else 'Target'} {figure} by {when}"
    return [
        Wish(role="target", text=text, x=frame.x.end, y=frame.y.place(float(target.value)), rank=3)
    ]


def _neighbours(frame: Frame) -> list[Wish]:
    """One label for all similar places, at the end that is further from the place's own line."""
    own = frame.finding.latest
    ends = [
        (frame.x.place(p.period.step), frame.y.place(p.value))
        for role, one in company(frame)
        if role == "peer" and (p := one.latest) and p.value is not None
    ]
    if not ends or own is None or own.value is None:
        return []
    here = frame.y.place(own.value)
    x, y = max(ends, key=lambda end: (abs(end[1] - here), end))
    name = "similar place" if len(ends) == 1 else "similar places"
    return [Wish(role="peer", text=f"{words.count(len(ends))} {name}", x=x, y=y, rank=6)]
