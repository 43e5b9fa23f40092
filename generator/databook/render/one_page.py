"""Turn-the-curve reports: seven questions on one page, for an indicator or for a programme.

The questions are those of results-based accountability in our own words (population: from the
conditions we want to what we propose; performance: from the customers to what we propose). One
that nobody has answered is shown as a question still open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from databook import words
from databook.charts import Chart, Charts
from databook.findings import Finding
from databook.model import Action, Idea, Indicator, Judgement, Measurable, Outcome, Partner
from databook.observations import Context, ProtectedCard
from databook.pages import Page, SearchRecord
from databook.performance import Performance, PerformanceFindings
from databook.programmes import Measure, Programme, Quadrant
from databook.render import blocks
from databook.render.entries import Entry
from databook.render.measures import headlines, in_quadrant, row
from databook.render.templates import fill

# Ideas that need no new money come first: they are what people can begin with tomorrow.
_COSTS = ("no-cost", "low-cost", "", "funded")


def report_page(card: ProtectedCard, finding: Finding, charts: Charts, context: Context) -> Page:
    """The population report of one indicator."""
    indicator = card.indicator
    headline = words.headline(finding, indicator)
    doing = _doing(headline, indicator.is_this_ok, card.story_html, indicator.story_illustrative)
    outcomes = _outcomes(indicator, context)
    questions = [
        _question("What do we want, for whom and where?", _wanted(outcomes, indicator)),
        _question("What would it look like?", [_line(o.gloss) for o in outcomes if o.gloss]),
        _question("How can we measure it?", _measured(indicator)),
        _question("How are we doing?", doing["lines"]) | doing,
        _question("Who has a part to play?", _partners(indicator.partners)),
        _works(indicator.what_works),
        _proposed(indicator.actions),
    ]
    view = {
        "kind": "One-page report",
        "url": f"indicators/{indicator.slug}/",
        "title": indicator.title,
        "illustrative": False,
        "questions": questions,
        "chart": _chart(charts.trend, finding, indicator, context),
        "chips": blocks.chips(finding, indicator),
        "agenda": [line for o in outcomes for line in o.development],
        "source": _source(indicator),
        "address": context.cited.address(f"indicators/{indicator.slug}/report/"),
        "edition": context.settings.edition,
    }
    return Page(
        path=f"indicators/{indicator.slug}/report/",
        title=f"{indicator.title}: one-page report",
        description=" ".join(headline)[:300],
        content=fill("one_page.html.j2", view=view),
        section="indicators",
        edit=f"scorecards/indicators/{indicator.slug}/indicator.yaml",
    )


def programme_reports(
    context: Context,
    performance: Performance,
    findings: PerformanceFindings,
    entries: Sequence[Entry],
) -> Iterator[Page]:
    """The performance report of each programme."""
    del entries  # what everybody's lives are like is in the reports of indicators
    for programme in performance.programmes:
        yield _programme(programme, context, performance, findings)


def _programme(
    programme: Programme,
    context: Context,
    performance: Performance,
    findings: PerformanceFindings,
) -> Page:
    chosen = headlines(programme, findings)
    found = [(m, findings.measures[f"{programme.slug}/{m.slug}"]) for m in chosen]
    sentences = [words.headline(finding, measure)[0] for measure, finding in found]
    story = performance.stories.get(programme.slug, "")
    doing = _doing(sentences, programme.is_this_ok, story, programme.story_illustrative)
    effect, effort = Quadrant.EFFECT_QUALITY, Quadrant.EFFORT_QUALITY
    questions = [
        _question(
            "Who are our customers?",
            [_line(programme.customers, f"{programme.service} {_where(programme)}")],
        ),
        _question(
            "How can we measure whether they are better off?",
            _named(programme, effect, findings) + _unpaired(programme, findings),
        ),
        _question(
            "How can we measure whether we serve them well?", _named(programme, effort, findings)
        ),
        _question("How are we doing on the most important of these?", doing["lines"]) | doing,
        _question("Who has a part to play?", _partners(programme.partners)),
        _works(programme.what_works),
        _proposed(programme.actions),
    ]
    first = found[0] if found else None
    charts = findings.charts.get(f"{programme.slug}/{first[0].slug}") if first else None
    without = sum(f"{programme.slug}/{m.slug}" not in findings.measures for m in programme.measures)
    view = {
        "kind": "One-page report",
        "url": f"programmes/{programme.slug}/",
        "title": programme.title,
        "illustrative": programme.illustrative,
        "questions": questions,
        "chart": _chart(charts.trend, first[1], first[0], context) if charts and first else None,
        "chips": blocks.chips(first[1], first[0]) if first else [],
        "agenda": [*([_agenda(without)] if without else []), *programme.development],
        "source": f"{programme.cited}.",
        "address": context.cited.address(f"programmes/{programme.slug}/report/"),
        "edition": context.settings.edition,
    }
    return Page(
        path=f"programmes/{programme.slug}/report/",
        title=f"{programme.title}: one-page report",
        description=f"{programme.summary} Seven questions on one page."[:300],
        content=fill("one_page.html.j2", view=view),
        section="services",
        search=SearchRecord(
            title=f"{programme.title}: one-page report",
            text="turn the curve report seven questions",
            summary=programme.summary,
            filters={"kind": ("Report",)},
        ),
        edit=f"scorecards/programmes/{programme.slug}/programme.yaml",
    )


# --- answers -------------------------------------------------------------------------------


def _question(text: str, lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"text": text, "lines": list(lines), "story": "", "chart": False, "missing": []}


def _line(
    text: str, under: str = "", *, tag: str = "", illustrative: bool = False, url: str = ""
) -> dict[str, Any]:
    return {"text": text, "under": under, "tag": tag, "illustrative": illustrative, "url": url}


def _outcomes(indicator: Indicator, context: Context) -> list[Outcome]:
    return [
        outcome
        for framework in context.frameworks
        for outcome in framework.outcomes
        if f"{framework.slug}/{outcome.slug}" in indicator.outcomes
    ]


def _wanted(outcomes: Sequence[Outcome], indicator: Indicator) -> list[dict[str, Any]]:
    lines = [_line(outcome.statement) for outcome in outcomes]
    return [*lines, _line(f"Counted here: {indicator.population}.")] if lines else []


def _measured(indicator: Indicator) -> list[dict[str, Any]]:
    powers = indicator.powers
    under = (
        f"Communication power {powers.communication}, proxy power {powers.proxy}, data power "
        f"{powers.data}."
        if powers
        else ""
    )
    return [_line(f"{indicator.plain} {words.polarity(indicator)}", under)]


def _doing(
    sentences: Sequence[str], judgement: Judgement | None, story: str, illustrative: bool
) -> dict[str, Any]:
    """Where we stand, whether that is OK, and why; what of it is missing is asked again."""
    lines = [_line(sentence) for sentence in sentences]
    missing = []
    if judgement:
        text = f"Is this OK? {judgement.answer}. {judgement.text}"
        lines.append(_line(text, judgement.by, illustrative=judgement.illustrative))
    else:
        missing.append("Is this OK?")
    if not story:
        missing.append("What is the story behind the figures?")
    return {
        "lines": lines,
        "story": story,
        "story_illustrative": illustrative,
        "chart": True,
        "missing": missing,
    }


def _partners(partners: Sequence[Partner]) -> list[dict[str, Any]]:
    return [_line(p.name, p.role, illustrative=p.illustrative) for p in partners]


def _works(ideas: Sequence[Idea]) -> dict[str, Any]:
    ordered = sorted(ideas, key=lambda idea: _COSTS.index(idea.cost))
    lines = [
        _line(i.title, i.evidence, tag=i.cost, illustrative=i.illustrative, url=i.url)
        for i in ordered
    ]
    question = _question("What works, and what would cost little or nothing?", lines)
    cheap = any(idea.cost in ("no-cost", "low-cost") for idea in ideas)
    return question | {"missing": [] if cheap or not ideas else ["What could be done at no cost?"]}


def _proposed(actions: Sequence[Action]) -> dict[str, Any]:
    lines = [_line(a.title, blocks.action_line(a), illustrative=a.illustrative) for a in actions]
    question = _question("What do we propose to do?", lines)
    missing = []
    if actions and not all(a.cost for a in actions):
        unsaid = sum(not a.cost for a in actions)
        missing.append(f"What does it cost? {_of(unsaid, len(actions))} without a budget.")
    return question | {"missing": missing}


def _of(some: int, every: int) -> str:
    if some == every:
        return "Every action is" if every > 1 else "The action is"
    return f"{words.sentence_case(words.count(some))} of {words.count(every)} actions are"


def _named(
    programme: Programme, quadrant: Quadrant, findings: PerformanceFindings
) -> list[dict[str, Any]]:
    return [_measure(programme, m, findings) for m in in_quadrant(programme, quadrant)]


def _unpaired(programme: Programme, findings: PerformanceFindings) -> list[dict[str, Any]]:
    """Numbers of people better off whose percentage nobody counts."""
    numbers = in_quadrant(programme, Quadrant.EFFECT_QUANTITY)
    return [_measure(programme, m, findings) for m in numbers if not m.pairs_with]


def _measure(
    programme: Programme, measure: Measure, findings: PerformanceFindings
) -> dict[str, Any]:
    shown = row(programme, measure, findings)
    figure = f"{shown['latest']} in {shown['period']}" if shown["has"] else "no data published"
    return _line(f"{measure.title}: {figure}")


def _where(programme: Programme) -> str:
    return f"Where: {programme.place}."


def _agenda(without: int) -> str:
    verb = "is" if without == 1 else "are"
    return (
        f"{words.sentence_case(words.plural(without, 'measure'))} {verb} named here that nobody "
        "publishes figures for."
    )


def _chart(
    chart: Chart | None, finding: Finding, measurable: Measurable, context: Context
) -> dict[str, Any] | None:
    if chart is None:
        return None
    return {
        "picture": chart,
        # From the report to the page that the chart's specification lies beside.
        "beside": "../" if isinstance(measurable, Indicator) else f"../{measurable.slug}/",
        "caption": blocks.caption(finding, measurable),
        "figures": blocks.figures(finding, measurable, context),
        "unit": measurable.unit_label,
        "title": measurable.title,
    }


def _source(indicator: Indicator) -> str:
    return f"Figures: {indicator.source.publisher}, {indicator.source.title}."
