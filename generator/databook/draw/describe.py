"""What a chart says, in words: its title and the text that stands for the picture."""

from __future__ import annotations

from databook import words
from databook.draw import series
from databook.findings import Change, Finding, Groups, Point, Series
from databook.model import Measurable


def trend(finding: Finding, indicator: Measurable) -> str:
    """Direction, first and last figures, the country, what is missing and what is expected."""
    latest = finding.latest
    if latest is None or latest.value is None:
        return ""
    first = _movement(finding.place, finding.overall, latest, indicator)
    if finding.country and (there := finding.country.at(latest.period)):
        first += f"; {finding.country.name} had {_brief(there, indicator)}"
    return " ".join(
        [f"{first}.", *_breaks(finding), *_holes(finding), *_expected(finding, indicator)]
    )


def _movement(place: str, overall: Change | None, latest: Point, indicator: Measurable) -> str:
    place = words.sentence_case(words.in_prose(place))
    now = f"{_figure(latest, indicator)} in {latest.period.short}"
    if latest.provisional:
        now += " (provisional)"
    if overall is None or overall.earlier.value is None or overall.later.period != latest.period:
        return f"{place} had {now}"
    before = _brief(overall.earlier, indicator)
    if before == _brief(latest, indicator):
        return f"{place} had {before} in {overall.earlier.period.short} and again {now}"
    went = "rose" if overall.difference > 0 else "fell"
    return f"{place} {went} from {before} in {overall.earlier.period.short} to {now}"


def _figure(point: Point, indicator: Measurable) -> str:
    return words.value(point.value, indicator) if point.value is not None else ""


def _brief(point: Point, indicator: Measurable) -> str:
    """The figure where its unit has been, or will be, said in the same sentence."""
    return words.brief(point.value, indicator) if point.value is not None else ""


def _breaks(finding: Finding) -> list[str]:
    short = {p.period.step: p.period.short for p in finding.own.points}
    return [
        f"A new definition begins in {short[step]}: figures before it are not compared."
        for step in series.breaks(finding.own)
    ]


def _holes(finding: Finding) -> list[str]:
    found = []
    for hole in series.holes(finding.own):
        names = [series.name_of(finding.own, step) for step in sorted({hole.first, hole.last})]
        joiner = " and " if hole.last - hole.first < 2 else " to "
        found.append(f"No figure for {joiner.join(names)}: {hole.word}.")
    return found


def _expected(finding: Finding, indicator: Measurable) -> list[str]:
    if finding.baseline is None or not finding.baseline.points:
        return []
    last = finding.baseline.points[-1]
    figure = words.value(last.value, indicator)
    return [f"On present course it would be {figure} in {last.period.short}."]


def neighbours(finding: Finding, indicator: Measurable) -> str:
    """How many places are shown, the range of their newest figures, and the place's own."""
    latest = finding.latest
    if latest is None:
        return ""
    there = [
        (p.value, n.name)
        for n in finding.neighbours
        if (p := n.at(latest.period)) and p.value is not None
    ]
    own = f"{finding.place} had {_figure(latest, indicator)} in {latest.period.short}"
    if not there:
        return f"{own}; no similar place has a figure for that period."
    low, high = min(there), max(there)
    if len(there) == 1:
        return f"{own}; {low[1]} had {words.value(low[0], indicator)}."
    ends = [f"{words.brief(value, indicator)} ({name})" for value, name in (low, high)]
    return f"{own}; {words.count(len(there))} similar places ranged from {' to '.join(ends)}."


def groups(found: Groups, period_step: int, finding: Finding, indicator: Measurable) -> str:
    """Each group's figure or why there is none, and the gap if one is told."""
    parts, when = [], ""
    for one in found.series:
        point = next((p for p in one.points if p.period.step == period_step), None)
        if point is not None:
            when = point.period.short
        parts.append(f"{one.group} {group_text(point, indicator)}")
    said = f"{finding.place} in {when}: {', '.join(parts)}."
    if found.gap and found.gap.period.step == period_step:
        size = words.size(found.gap.difference, indicator)
        said += f" The gap between {found.gap.first} and {found.gap.second} is {size}."
    return said


def group_text(point: Point | None, indicator: Measurable) -> str:
    """A group's figure, or the word for why it has none."""
    if point is None:
        return series.NOT_PUBLISHED
    if point.value is None:
        return series.missing_word(point)
    return words.brief(point.value, indicator) + (" provisional" if point.provisional else "")


def sparkline(own: Series, indicator: Measurable) -> str:
    """The shape of a series in a phrase, for a picture the size of a word."""
    first, last = own.known[0], own.known[-1]
    if any(series.breaks(own)):
        first = next(p for p in own.known if p.since_break == last.since_break)
    ends = f"{_figure(last, indicator)} in {last.period.short}"
    if first is last:
        return f"{own.name}: {ends}, too few figures under one definition to tell a direction"
    return f"{own.name}: from {_brief(first, indicator)} in {first.period.short} to {ends}"
