"""What the page of an indicator and of a programme's measure have in common, ready for templates.

Judgements with their reasons, the caption of the curve, its forecasts and the table of figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from databook import control_words, words
from databook.citing import citation
from databook.findings import (
    FORECAST_METHODS,
    Assurance,
    Control,
    Finding,
    Forecast,
    Series,
    TrendWord,
    TurnWord,
)
from databook.model import Action, Measurable
from databook.observations import Context
from databook.render import cells


def cite(indicator: Measurable, context: Context, path: str) -> dict[str, str]:
    """How to cite a page of figures, and where this edition of it stays."""
    book, source = context.cited, indicator.source
    figures = f"{source.publisher}, {source.title}" if source else ""
    return {
        "text": citation(book, indicator.title, path, figures),
        "permanent": book.address(path) if book.published else "",
        "newest": f"{book.home}{path}",
    }


MOST = 300  # letters of a description; search engines and previews show about half of that


def in_brief(sentences: tuple[str, ...]) -> str:
    """The first of the sentences, and as many more as fit; none is cut, which could mislead."""
    told = sentences[0]
    for sentence in sentences[1:]:
        if len(told) + 1 + len(sentence) > MOST:
            break
        told = f"{told} {sentence}"
    return told


AGAINST_FORECAST = "Against the forecast"


def chips(finding: Finding, indicator: Measurable) -> list[words.Status]:
    """Each judgement in a word or two."""
    chips = [words.change_status(finding.previous, indicator)] if finding.latest else []
    chips += [words.comparison_status(c) for c in finding.comparisons]
    if finding.trend.word is not TrendWord.UNKNOWN:
        chips.append(words.trend_status(finding.trend))
    if finding.control:
        chips.append(control_words.status(finding.control, indicator))
    if finding.turn.forecast or not finding.control:
        chips.append(words.turn_status(finding.turn))
    return [*chips, words.rating_status(finding.rating)]


def facts(finding: Finding, indicator: Measurable) -> list[dict[str, Any]]:
    """Each judgement with the reason or the figures behind it."""
    facts: list[tuple[str, words.Status, str]] = []
    if (
        (change := finding.previous)
        and (was := change.earlier.value) is not None
        and (now := change.later.value) is not None
    ):
        detail = (
            f"{words.brief(was, indicator)} in {change.earlier.period.short}; "
            f"{words.difference(now, was, indicator)}."
        )
        facts.append(("Since the previous figure", words.change_status(change, indicator), detail))
    if (
        (change := finding.overall)
        and (was := change.earlier.value) is not None
        and (now := change.later.value) is not None
    ):
        moved = (
            f"{words.direction(change)} by {words.between(now, was, indicator)}"
            if words.rounded(now - was, indicator.decimals)
            else words.difference(now, was, indicator)
        )
        detail = f"From {words.brief(was, indicator)}: {moved}."
        name = f"Point to point, since {change.earlier.period.short}"
        facts.append((name, words.change_status(change, indicator), detail))
    facts += [
        (words.benchmark(c), words.comparison_status(c), words.comparison_detail(c, indicator))
        for c in finding.comparisons
    ]
    if control := finding.control:
        facts += _control_facts(control, indicator)
    status, detail = words.turn_status(finding.turn), words.turn_detail(finding.turn, indicator)
    facts.append((AGAINST_FORECAST, status, detail))
    if not finding.control:
        reason = words.sentence_case(finding.trend.reason)
        facts.append(("Recent trend", words.trend_status(finding.trend), reason))
    facts += [
        (
            "Against target",
            words.rating_status(finding.rating),
            " ".join(
                (words.rating_detail(finding.rating, indicator), *_undertaken(finding, indicator))
            ),
        ),
    ]
    return [{"name": name, "status": status, "detail": detail} for name, status, detail in facts]


def _undertaken(finding: Finding, indicator: Measurable) -> Iterator[str]:
    """Who has undertaken to reach the target, and why it is no better than where we stand."""
    if finding.rating.target is not None and indicator.target is not None:
        yield f"Set by: {indicator.target.set_by.rstrip('.')}."
        if indicator.target.reason:
            yield indicator.target.reason


def _control_facts(control: Control, indicator: Measurable) -> list[tuple[str, words.Status, str]]:
    """Whether the newest figure is as usual, and what to expect of the target."""
    status = control_words.status(control, indicator)
    found = [("The usual ups and downs", status, status.why)]
    if control.assurance is not Assurance.NONE:
        sentence = control_words.target(control, indicator)
        found.append(("As things run now", control_words.assurance_status(control), sentence))
    return found


def _shown_forecasts(finding: Finding) -> list[Forecast]:
    return [*reversed(finding.vintages), *([finding.baseline] if finding.baseline else [])]


def caption(finding: Finding, indicator: Measurable) -> str:
    """What the lines and bands of the curve are."""
    parts = [f"{words.sentence_case(indicator.unit_label)}. {words.polarity(indicator)}"]
    judged, baseline = finding.turn.forecast, finding.baseline
    if finding.control:
        parts.append(
            "Full line: mean; dashed: limits of what is usual. A large dot is a signal "
            "for the better, a ring one for the worse, a thin ring one of neither."
        )
    if judged and finding.control:
        parts.append(f"{_forecast_title(judged)} is not drawn; a table below has it.")
    elif judged:
        title = _forecast_title(judged)
        parts.append(
            f"The dash-dotted line is {title[:1].lower()}{title[1:]}; "
            "the figures since are judged by it."
        )
    if baseline:
        doubt = " It rests on few points and is illustrative." if baseline.illustrative else ""
        parts.append(f"{_course(baseline)}{doubt}")
    return " ".join(parts)


def _course(baseline: Forecast) -> str:
    """What carries on from the latest figure: a line, and a band where there is an interval."""
    if any(point.lower_80 is not None for point in baseline.points):
        return (
            "The dotted line shows where the figure goes on present course; the bands show how "
            "far off that may be (80% and 95% intervals)."
        )
    return "The dotted line shows where the figure goes on present course."


def _forecast_title(forecast: Forecast) -> str:
    if not forecast.frozen:
        return "Where the figure goes on present course, forecast with this edition"
    scenario = f"Scenario “{forecast.scenario}”: forecast" if forecast.scenario else "The forecast"
    if forecast.reconstructed:
        return (
            f"{scenario} from the figures up to {forecast.origin.short}, reconstructed on "
            f"{words.day(forecast.made_on)}"
        )
    return f"{scenario} made on {words.day(forecast.made_on)}"


def _forecast(forecast: Forecast, finding: Finding, indicator: Measurable) -> dict[str, Any]:
    actual = {point.period: point for point in finding.own.points}
    rows = [
        {
            "period": point.period.short,
            "value": words.bare(point.value, indicator),
            "eighty": cells.span(point.lower_80, point.upper_80, indicator),
            "ninety_five": cells.span(point.lower_95, point.upper_95, indicator),
            "actual": cells.cell(actual[point.period], indicator)
            if point.period in actual
            else "not yet",
        }
        for point in forecast.points
    ]
    method = FORECAST_METHODS.get(forecast.method, forecast.method)
    note = f"Method: {method}. By: {forecast.author}. {forecast.assumptions}".strip()
    if symbols := words.explaining(text for row in rows for text in row.values()):
        note += f" {symbols}."
    return {"title": _forecast_title(forecast), "rows": rows, "note": note}


def figures(finding: Finding, indicator: Measurable, context: Context) -> dict[str, Any]:
    """The table of figures: the place's own beside those it is compared with."""
    average = finding.neighbour_average
    columns: list[tuple[str, Series]] = [(finding.place, finding.own)]
    columns += [(s.name, s) for s in (finding.country, finding.region) if s]
    if average:
        columns.append((f"Similar places ({context.settings.comparisons.neighbours})", average))
    names = [name for name, _ in columns]
    rows = cells.grid([series for _, series in columns], indicator)
    if any(point.interval for point in finding.own.points):
        names.insert(1, "95% interval")
        by_period = {p.period.short: p.interval for p in finding.own.points}
        for row in rows:
            row["cells"].insert(1, cells.interval(by_period.get(row["period"]), indicator))
    notes = cells.spoken_notes(finding.own)
    if symbols := cells.shorthand(series for _, series in columns):
        notes.append(f"{symbols}.")
    method = next((p.interval.method for p in finding.own.points if p.interval), "")
    if method:
        notes.append(f"95% intervals: {method}.")
    return {"names": names, "rows": rows, "notes": notes}


def released(indicator: Measurable, finding: Finding) -> str:
    """When the figures came out, and when the next are due."""
    source = indicator.source
    if source is None:
        return ""
    text = f"Figures published {words.month(source.released)}"
    if finding.overdue:
        due = words.month(finding.overdue)
        return f"{text}; newer ones were due {due} and are not in this edition."
    if source.next_release:
        return f"{text}; the next are due {words.month(source.next_release)}."
    return f"{text}."


def forecasts(finding: Finding, indicator: Measurable) -> list[dict[str, Any]]:
    """The forecasts that the page shows, each as a table."""
    return [_forecast(each, finding, indicator) for each in _shown_forecasts(finding)]


def curve_reason(finding: Finding) -> str:
    """Why the curve is not judged, where it is not."""
    if finding.control:
        return ""
    return finding.turn.reason if finding.turn.word is TurnWord.NOT_JUDGED else ""


def action_line(action: Action) -> str:
    """Who does it, how far it has come, by when, at what cost and measured how."""
    parts = [action.owner or "no owner named", str(action.state)]
    parts.append(f"due {words.day(action.due)}" if action.due else "no date set")
    if action.cost:
        parts.append(f"cost: {action.cost[:1].lower()}{action.cost[1:]}")
    if action.measure:
        parts.append(f"measured by: {action.measure}")
    return " · ".join(parts)
