"""The marks of the trend chart, lowest first: company, doubt, forecasts, then the place itself."""

from __future__ import annotations

from collections.abc import Iterator

from databook import words
from databook.draw import scales, series
from databook.draw.frame import Frame
from databook.draw.picture import Band, Box, Dot, Hint, Line, Rule
from databook.findings import Finding, Forecast, ForecastPoint, Point, Series
from databook.model import Measurable

CROWDED = 40  # above this many figures, each becomes a speck and intervals are left to the table


def clip(one: Series, first: int, last: int) -> Series:
    """The part of a series that lies on the time axis: mostly all of it."""
    points = one.points
    if not points or (points[0].period.step >= first and points[-1].period.step <= last):
        return one
    kept = tuple(p for p in one.points if first <= p.period.step <= last)
    return Series(area=one.area, name=one.name, points=kept, group=one.group)


def company(frame: Frame) -> tuple[tuple[str, Series], ...]:
    """The other places with their roles. A narrow picture has no room for the region."""
    finding = frame.finding
    found = [("peer", n) for n in finding.neighbours]
    if finding.region and frame.size == "wide":
        found.append(("region", finding.region))
    if finding.country:
        found.append(("country", finding.country))
    return tuple((role, clip(one, frame.first, frame.last)) for role, one in found)


def _told(frame: Frame) -> tuple[tuple[str, Series], ...]:
    """The places that have lines of their own."""
    return tuple(each for each in company(frame) if not (frame.brief and each[0] == "peer"))


def values(finding: Finding, indicator: Measurable, first: int, last: int) -> list[float]:
    """Every value the picture shows, for the value axis."""
    places = [finding.own, *finding.neighbours, finding.region, finding.country]
    found = [
        p.value for s in places if s for p in clip(s, first, last).known if p.value is not None
    ]
    if len(finding.own.known) <= CROWDED:
        for point in finding.own.known:
            found += [point.interval.lower, point.interval.upper] if point.interval else []
    lowest, highest = scales.possible(indicator.unit, found)
    for forecast in filter(None, (finding.baseline, finding.turn.forecast)):
        for at in forecast.points:
            limits = (at.lower_95, at.upper_95) if forecast is finding.baseline else ()
            found += [at.value]
            found += [min(max(v, lowest), highest) for v in limits if v is not None]
    if indicator.target:
        found.append(float(indicator.target.value))
        found += [float(indicator.target.upper)] if indicator.target.upper is not None else []
    return found


def boxes(frame: Frame) -> tuple[Box, ...]:
    """A shade over the periods that have no figure."""
    low, high = frame.y.low, frame.y.high
    return tuple(
        Box(role="shade", x=h.first - 0.5, x2=min(h.last + 0.5, frame.x.high), y=low, y2=high)
        for h in series.holes(frame.finding.own)
        if h.first >= frame.first
    )


def bands(frame: Frame) -> tuple[Band, ...]:
    """The forecast's doubt, widening from the figure it starts at, and a target that is a range."""
    found = list(_similar(frame)) if frame.brief else []
    target = frame.indicator.target
    if target and target.upper is not None:
        low, high = float(target.value), float(target.upper)
        ends = ((frame.x.low, low, high), (frame.x.high, low, high))
        found.append(Band(role="target-range", points=ends))
    for level in (95, 80):
        found += list(_cone(frame.finding.baseline, level, frame)) if frame.finding.baseline else []
    return tuple(found)


def _similar(frame: Frame) -> Iterator[Band]:
    """From the lowest to the highest of the similar places, over periods in a row."""
    values: dict[int, list[float]] = {}
    for place in frame.finding.neighbours:
        for point in place.points:
            if point.value is not None and frame.first <= point.period.step <= frame.last:
                values.setdefault(point.period.step, []).append(point.value)
    run: list[tuple[float, float, float]] = []
    for step in sorted(values):
        if run and step - run[-1][0] != 1:
            if len(run) > 1:
                yield Band(role="peer-range", points=tuple(run))
            run = []
        run.append((step, min(values[step]), max(values[step])))
    if len(run) > 1:
        yield Band(role="peer-range", points=tuple(run))


def _cone(forecast: Forecast, level: int, frame: Frame) -> Iterator[Band]:
    limits = [
        (p.period.step, getattr(p, f"lower_{level}"), getattr(p, f"upper_{level}"))
        for p in forecast.points
    ]
    # A doubt that reaches beyond what is possible, such as below no cases, is drawn up to it:
    # the axis was made so (`values`).
    bottom, top = frame.y.low, frame.y.high
    known = [
        (x, max(low, bottom), min(high, top))
        for x, low, high in limits
        if low is not None and high is not None
    ]
    if known and len(known) == len(limits):
        start = (forecast.origin.step, forecast.origin_value, forecast.origin_value)
        yield Band(role=f"band-{level}", points=(start, *known))


def rules(frame: Frame) -> tuple[Rule, ...]:
    """Breaks, the target, and the intervals of the place's own figures."""
    low, high, finding = frame.y.low, frame.y.high, frame.finding
    found = [
        Rule(role="break", x=step - 0.5, x2=step - 0.5, y=low, y2=high)
        for step in series.breaks(finding.own)
        if step > frame.first
    ]
    target = frame.indicator.target
    if target:
        ends = (float(v) for v in (target.value, target.upper) if v is not None)
        found += [Rule(role="target", x=frame.x.low, x2=frame.x.high, y=y, y2=y) for y in ends]
    if len(finding.own.known) <= CROWDED:
        found += [
            Rule(role="whisker", x=p.period.step, x2=p.period.step, y=i.lower, y2=i.upper)
            for p in finding.own.known
            if (i := p.interval)
        ]
    return tuple(found)


def lines(frame: Frame) -> tuple[Line, ...]:
    """The runs of every place, and the forecasts."""
    finding = frame.finding
    found = [run for role, one in _told(frame) for run in series.lines(one, role)]
    judged = finding.turn.forecast
    for vintage in finding.vintages:
        if vintage != judged and not vintage.scenario:
            found += _course(vintage, "older", frame)
    if judged:
        found += _course(judged, "frozen", frame)
    if finding.baseline:
        found += _course(finding.baseline, "forecast", frame)
    return (*found, *series.lines(finding.own, "own"))


def _course(forecast: Forecast, role: str, frame: Frame) -> list[Line]:
    points = [(forecast.origin.step, forecast.origin_value)]
    points += [(p.period.step, p.value) for p in forecast.points]
    shown = tuple(p for p in points if frame.first <= p[0] <= frame.last and _on_axis(p[1], frame))
    return [Line(role=role, points=shown)] if len(shown) > 1 else []


def _on_axis(value: float, frame: Frame) -> bool:
    """Old forecasts may lie beyond the axis, which is made for what is known and expected now."""
    return frame.y.low <= value <= frame.y.high


def dots(frame: Frame) -> tuple[Dot, ...]:
    """The place's figures, hollow while provisional; lone figures of others; the target."""
    finding = frame.finding
    found = [dot for role, one in _told(frame) for dot in series.loners(one, role)]
    target = frame.indicator.target
    if target and frame.target_step is not None:
        found.append(Dot(role="target", x=frame.target_step, y=float(target.value)))
    plain = "own-small" if len(finding.own.known) > CROWDED else "own"
    for point in finding.own.known:
        if point.value is not None:
            role = own_role(point, plain, latest=point is finding.latest)
            found.append(Dot(role=role, x=point.period.step, y=point.value))
    return tuple(found)


def own_role(point: Point, plain: str, *, latest: bool) -> str:
    """The role of one of the place's own figures."""
    role = "own-latest" if latest else plain
    return f"{'own' if role == plain else role}-provisional" if point.provisional else role


def hints(frame: Frame) -> tuple[Hint, ...]:
    """What each figure says of itself in the interactive chart."""
    if frame.brief:
        return ()
    finding, indicator = frame.finding, frame.indicator
    everyone = (*company(frame), ("own", finding.own))
    found = [hint(one.name, point, indicator) for _, one in everyone for point in one.known]
    if finding.baseline:
        found += [_expected(finding.place, at, indicator) for at in finding.baseline.points]
    return tuple(found)


def _expected(place: str, at: ForecastPoint, indicator: Measurable) -> Hint:
    value = words.value(at.value, indicator)
    return Hint(
        x=at.period.step,
        y=at.value,
        place=place,
        period=at.period.short,
        value=value,
        note="on present course",
    )


def hint(place: str, point: Point, indicator: Measurable) -> Hint:
    """A published figure in words."""
    notes = []
    if point.provisional:
        notes.append("provisional")
    if point.interval:
        low, high = (words.bare(v, indicator) for v in (point.interval.lower, point.interval.upper))
        notes.append(f"95% interval {low} to {high}")
    value = point.value if point.value is not None else 0.0
    return Hint(
        x=point.period.step, y=value, place=place, period=point.period.short,
        value=words.value(value, indicator), note="; ".join(notes),
    )  # fmt: skip
