"""Turn-the-curve reports: seven questions on one page, for an indicator or for a programme.

The questions are those of results-based accountability in our own words (population: from the
conditions we want to what we propose; performance: from the customers to what we propose). One
that nobody has answered is shown as a question still open.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from databook import words
from databook.charts import Chart, Charts
from databook.findings import Finding
from databook.model import Action, Idea, Indicator, Judgement, Measurable, Outcome, Partner
from databook.observations import Context, ProtectedCard
from databook.pages import Page
from databook.render import blocks
from databook.render.templates import fill

# Ideas that need no new money come first: they are what people can begin with tomorrow.
_COSTS = ("no-cost", "low-cost", "", "funded")


def report_page(card: ProtectedCard, finding: Finding, charts: Charts, context: Context) -> Page:
    """The population report of one indicator."""
    indicator = card.indicator
    headline = words.headline(finding, indicator)
    told = doing(headline, indicator.is_this_ok, card.story_html, indicator.story_illustrative)
    outcomes = _outcomes(indicator, context)
    questions = [
        question("What do we want, for whom and where?", _wanted(outcomes, indicator)),
        question("What would it look like?", [line(o.gloss) for o in outcomes if o.gloss]),
        question("How can we measure it?", _measured(indicator)),
        question("How are we doing?", told["lines"]) | told,
        question("Who has a part to play?", partners(indicator.partners)),
        works(indicator.what_works),
        proposed(indicator.actions),
    ]
    view = {
        "kind": "One-page report",
        "url": f"indicators/{indicator.slug}/",
        "title": indicator.title,
        "illustrative": False,
        "questions": questions,
        "chart": picture(charts.trend, finding, indicator, context, "../"),
        "chips": blocks.chips(finding, indicator),
        "agenda": [wanted for o in outcomes for wanted in o.development],
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


# --- answers -------------------------------------------------------------------------------


def question(text: str, lines: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One of the seven with its answer; without lines it stands open."""
    return {"text": text, "lines": list(lines), "story": "", "chart": False, "missing": []}


def line(
    text: str, under: str = "", *, tag: str = "", illustrative: bool = False, url: str = ""
) -> dict[str, Any]:
    """One line of an answer, and what stands small under it."""
    return {"text": text, "under": under, "tag": tag, "illustrative": illustrative, "url": url}


def _outcomes(indicator: Indicator, context: Context) -> list[Outcome]:
    return [
        outcome
        for framework in context.frameworks
        for outcome in framework.outcomes
        if f"{framework.slug}/{outcome.slug}" in indicator.outcomes
    ]


def _wanted(outcomes: Sequence[Outcome], indicator: Indicator) -> list[dict[str, Any]]:
    lines = [line(outcome.statement) for outcome in outcomes]
    return [*lines, line(f"Counted here: {indicator.population}.")] if lines else []


def _measured(indicator: Indicator) -> list[dict[str, Any]]:
    powers = indicator.powers
    under = (
        f"Understood by everybody: {powers.communication}. Central to the outcome: "
        f"{powers.proxy}. Good data, in time: {powers.data}."
        if powers
        else ""
    )
    return [line(f"{indicator.plain} {words.polarity(indicator)}", under)]


def doing(
    sentences: Sequence[str], judgement: Judgement | None, story: str, illustrative: bool
) -> dict[str, Any]:
    """Where we stand, whether that is OK, and why; what of it is missing is asked again."""
    lines = [line(sentence) for sentence in sentences]
    missing = []
    if judgement:
        text = f"Is this OK? {words.stopped(judgement.answer)} {judgement.text}"
        lines.append(line(text, judgement.by, illustrative=judgement.illustrative))
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


def partners(partners: Sequence[Partner]) -> list[dict[str, Any]]:
    """Who has a part, and which."""
    return [line(p.name, p.role, illustrative=p.illustrative) for p in partners]


def works(ideas: Sequence[Idea]) -> dict[str, Any]:
    """What works or might, the cheapest first; where nothing is cheap, that is asked."""
    ordered = sorted(ideas, key=lambda idea: _COSTS.index(idea.cost))
    lines = [
        line(i.title, i.evidence, tag=i.cost, illustrative=i.illustrative, url=i.url)
        for i in ordered
    ]
    asked = question("What works, and what would cost little or nothing?", lines)
    cheap = any(idea.cost in ("no-cost", "low-cost") for idea in ideas)
    return asked | {"missing": [] if cheap or not ideas else ["What could be done at no cost?"]}


def proposed(actions: Sequence[Action]) -> dict[str, Any]:
    """What is to be done; what nobody has put a price on is asked."""
    lines = [line(a.title, blocks.action_line(a), illustrative=a.illustrative) for a in actions]
    asked = question("What do we propose to do?", lines)
    missing = []
    if actions and not all(a.cost for a in actions):
        unsaid = sum(not a.cost for a in actions)
        missing.append(f"What does it cost? {_of(unsaid, len(actions))} without a budget.")
    return asked | {"missing": missing}


def _of(some: int, every: int) -> str:
    if some == every:
        return "Every action is" if every > 1 else "The action is"
    return f"{words.sentence_case(words.count(some))} of {words.count(every)} actions are"


def picture(
    chart: Chart | None, finding: Finding, measurable: Measurable, context: Context, beside: str
) -> dict[str, Any] | None:
    """The chart with its figures; `beside` leads to the page that its specification lies at."""
    if chart is None:
        return None
    return {
        "picture": chart,
        "beside": beside,
        "caption": blocks.caption(finding, measurable),
        "figures": blocks.figures(finding, measurable, context),
        "unit": measurable.unit_label,
        "title": measurable.title,
    }


def _source(indicator: Indicator) -> str:
    return f"Figures: {indicator.source.publisher}, {indicator.source.title}."
