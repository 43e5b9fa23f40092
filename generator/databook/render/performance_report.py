"""The performance report: seven questions on one page, of a programme or of one of its measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from databook import words
from databook.charts import Charts
from databook.findings import Finding
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.performance import Performance, PerformanceFindings
from databook.programmes import Measure, Programme, Quadrant
from databook.render import blocks
from databook.render.entries import Entry
from databook.render.measures import headlines, in_quadrant, row
from databook.render.one_page import doing, line, partners, picture, proposed, question, works
from databook.render.templates import fill


def programme_reports(
    context: Context,
    performance: Performance,
    findings: PerformanceFindings,
    entries: Sequence[Entry],
) -> Iterator[Page]:
    """The performance report of each programme, and of each of its measures that has figures."""
    del entries  # what everybody's lives are like is in the reports of indicators
    for programme in performance.programmes:
        chosen = headlines(programme, findings)
        yield _programme(programme, None, chosen, context, performance, findings)
        for measure in programme.measures:
            if f"{programme.slug}/{measure.slug}" in findings.measures:
                yield _programme(programme, measure, [measure], context, performance, findings)


def _programme(
    programme: Programme,
    about: Measure | None,
    chosen: Sequence[Measure],
    context: Context,
    performance: Performance,
    findings: PerformanceFindings,
) -> Page:
    """Seven questions about a programme; `about` the one measure, where it is about one."""
    url = f"programmes/{programme.slug}/" + (f"{about.slug}/" if about else "")
    title, what = (about.title, about.plain) if about else (programme.title, programme.summary)
    found = [(m, findings.measures[f"{programme.slug}/{m.slug}"]) for m in chosen]
    first = found[0] if found else None
    charts = findings.charts.get(f"{programme.slug}/{first[0].slug}") if first else None
    without = sum(f"{programme.slug}/{m.slug}" not in findings.measures for m in programme.measures)
    view = {
        "kind": "One-page report",
        "url": url,
        "title": title,
        "illustrative": programme.illustrative,
        "questions": _questions(programme, about, found, performance, findings),
        "chart": _chart(charts, first, context, about) if charts and first else None,
        "chips": blocks.chips(first[1], first[0]) if first else [],
        "agenda": [*([_agenda(without)] if without else []), *programme.development],
        "source": f"{programme.cited}.",
        "address": context.cited.address(f"{url}report/"),
        "edition": context.settings.edition,
    }
    return Page(
        path=f"{url}report/",
        title=f"{title}: one-page report",
        description=f"{what} Seven questions on one page."[:300],
        content=fill("one_page.html.j2", view=view),
        section="services",
        search=None if about else _search(programme),
        edit=f"scorecards/programmes/{programme.slug}/programme.yaml",
    )


def _questions(
    programme: Programme,
    about: Measure | None,
    found: Sequence[tuple[Measure, Finding]],
    performance: Performance,
    findings: PerformanceFindings,
) -> list[dict[str, Any]]:
    """Friedman's seven questions of performance accountability, with this programme's answers."""
    customers = about.customers if about else programme.customers
    effect = _named(programme, Quadrant.EFFECT_QUALITY, findings) + _unpaired(programme, findings)
    effort = _named(programme, Quadrant.EFFORT_QUALITY, findings)
    said = [words.headline(finding, measure) for measure, finding in found]
    sentences = said[0] if about else [sentence[0] for sentence in said]
    story = performance.stories.get(programme.slug, "")
    told = doing(sentences, programme.is_this_ok, story, programme.story_illustrative)
    which = "this one" if about else "the most important of these"
    return [
        question(
            "Who are our customers?",
            [line(customers, f"{programme.service} {_where(programme)}")],
        ),
        question("How can we measure whether they are better off?", effect),
        question("How can we measure whether we serve them well?", effort),
        question(f"How are we doing on {which}?", told["lines"]) | told,
        question("Who has a part to play?", partners(programme.partners)),
        works(programme.what_works),
        proposed((about.actions if about else ()) or programme.actions),
    ]


def _search(programme: Programme) -> SearchRecord:
    return SearchRecord(
        title=f"{programme.title}: one-page report",
        text="turn the curve report seven questions",
        summary=programme.summary,
        filters={"kind": ("Report",)},
        behind=True,
    )


def _chart(
    charts: Charts, first: tuple[Measure, Finding], context: Context, about: Measure | None
) -> dict[str, Any] | None:
    measure, finding = first
    beside = "../" if about else f"../{measure.slug}/"
    return picture(charts.trend, finding, measure, context, beside)


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
    return line(f"{measure.title}: {figure}")


def _where(programme: Programme) -> str:
    return f"Where: {programme.place}."


def _agenda(without: int) -> str:
    verb = "is" if without == 1 else "are"
    return (
        f"{words.sentence_case(words.plural(without, 'measure'))} {verb} named here that nobody "
        "publishes figures for."
    )
