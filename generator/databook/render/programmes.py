"""Pages of programmes: the list of them, and each with its four quadrants."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from databook import words
from databook.observations import Context
from databook.pages import Page, SearchRecord
from databook.performance import Performance, PerformanceFindings
from databook.programmes import PopulationItem, Programme, Quadrant
from databook.render import blocks
from databook.render.entries import Entry
from databook.render.entries import row as indicator_row
from databook.render.measures import (
    BY_IMPORTANCE,
    PLACES,
    QUESTIONS,
    contributes,
    headlines,
    in_quadrant,
    measure_pages,
    row,
)
from databook.render.templates import fill

NOTHING_YET = "This book describes no programme yet."


def programme_pages(
    context: Context,
    performance: Performance,
    findings: PerformanceFindings,
    entries: Sequence[Entry],
) -> Iterator[Page]:
    """The list of programmes, a page for each, and one for each measure that has figures."""
    yield _list(performance, findings)
    for programme in performance.programmes:
        yield _programme(programme, context, performance, findings, entries)
    yield from measure_pages(context, performance, findings)


def programme_index(
    performance: Performance, findings: PerformanceFindings
) -> list[dict[str, Any]]:
    """What data/index.json says of programmes."""
    return [
        {
            "slug": programme.slug,
            "title": programme.title,
            "url": f"programmes/{programme.slug}/",
            "illustrative": programme.illustrative,
            "measures": [_measure_index(programme, m.slug, findings) for m in programme.measures],
        }
        for programme in performance.programmes
    ]


def contributors(reference: str, performance: Performance) -> list[dict[str, Any]]:
    """The programmes whose measures contribute to an outcome, given as framework/outcome."""
    found = []
    for programme in performance.programmes:
        mine = [m for m in programme.measures if reference in m.contributes_to]
        if mine:
            known = sum(f"{programme.slug}/{m.slug}" in performance.figures for m in mine)
            counted = words.plural(len(mine), "measure")
            data = f"{words.count(known)} with data published" if known else "no data published"
            found.append(
                {
                    "url": f"programmes/{programme.slug}/",
                    "title": programme.title,
                    "illustrative": programme.illustrative,
                    "counts": f"{words.sentence_case(counted)}, {data}",
                }
            )
    return found


def _measure_index(
    programme: Programme, slug: str, findings: PerformanceFindings
) -> dict[str, Any]:
    measure = next(m for m in programme.measures if m.slug == slug)
    key = f"{programme.slug}/{slug}"
    finding = findings.measures.get(key)
    latest = finding.latest if finding else None
    return {
        "slug": slug,
        "title": measure.title,
        "quadrant": str(measure.quadrant),
        "unit": str(measure.unit),
        "better": str(measure.better),
        "contributes_to": list(measure.contributes_to),
        "csv": f"programmes/{key}/data.csv" if finding else None,
        "latest": {
            "period": latest.period.code if latest else None,
            "value": latest.value if latest else None,
            "rating": str(finding.rating.word) if finding else None,
        },
    }


def _list(performance: Performance, findings: PerformanceFindings) -> Page:
    programmes = performance.programmes
    cards = [_card(programme, findings) for programme in programmes]
    total = sum(len(p.measures) for p in programmes)
    sentence = (
        f"{words.sentence_case(words.plural(len(programmes), 'programme'))} with "
        f"{words.plural(total, 'measure')} of what is done, how well, and whether anyone is "
        f"better off. {_known(performance, findings)}"
        if programmes
        else NOTHING_YET
    )
    return Page(
        path="programmes/",
        title="Services and their performance",
        description=sentence,
        content=fill("programmes.html.j2", view={"cards": cards, "sentence": sentence}),
        section="services",
        search=SearchRecord(
            title="Services and their performance measures",
            text="programmes agencies customers performance measures quadrants",
            synonyms=(
                "four quadrants",
                "performance accountability",
                "performance measures",
                "how much how well",
                "programmes",
                "what services do",
            ),
            summary=sentence,
            filters={"kind": ("Section",)},
        ),
        edit="scorecards/programmes",
    )


def _known(performance: Performance, findings: PerformanceFindings) -> str:
    """How many measures have figures, and whether these are anybody's at all."""
    known = [
        programme.illustrative
        for programme in performance.programmes
        for measure in programme.measures
        if f"{programme.slug}/{measure.slug}" in findings.measures
    ]
    if not known:
        return "No figures of them are published, so nothing can be said of how well they work."
    shown = "has figures" if len(known) == 1 else "have figures"
    invented = ", invented for show" if all(known) else ""
    return f"{words.sentence_case(words.count(len(known)))} {shown}{invented}."


def _card(programme: Programme, findings: PerformanceFindings) -> dict[str, Any]:
    return {
        "url": f"programmes/{programme.slug}/",
        "title": programme.title,
        "summary": programme.summary,
        "illustrative": programme.illustrative,
        "counts": _counts(programme, findings),
        "cited": programme.cited,
    }


def _counts(programme: Programme, findings: PerformanceFindings) -> str:
    """How many measures there are, and how many of them have figures."""
    total = len(programme.measures)
    if not total:
        return "No measure is named: partners only."
    known = sum(f"{programme.slug}/{m.slug}" in findings.measures for m in programme.measures)
    said = "none has data published" if not known else f"{words.count(known)} with data published"
    return f"{words.sentence_case(words.plural(total, 'measure'))}, {said}."


def answer(programme: Programme, findings: PerformanceFindings) -> list[str]:
    """What can be said of how well it works, in sentences."""
    chosen = headlines(programme, findings)
    if chosen:
        return [
            words.headline(findings.measures[f"{programme.slug}/{m.slug}"], m)[0] for m in chosen
        ]
    total = len(programme.measures)
    if not total:
        return ["No measure is named, so nothing can be said of how well it works."]
    stand = "it stands" if total == 1 else f"all {words.count(total)} stand"
    return [
        f"No data are published for {'its measure' if total == 1 else 'any of its measures'}, so "
        f"nothing can be said of how well it works: {stand} on the data development agenda."
    ]


def _programme(
    programme: Programme,
    context: Context,
    performance: Performance,
    findings: PerformanceFindings,
    entries: Sequence[Entry],
) -> Page:
    by_slug = {entry.indicator.slug: entry for entry in entries}
    sentences = answer(programme, findings)
    outcomes = contributes(programme.measures, context)
    view: dict[str, Any] = {
        "answer": sentences,
        "quadrants": [_quadrant(programme, q, findings) for q in BY_IMPORTANCE],
        "population": [_population(i, context, by_slug) for i in programme.population_items],
        "contributes": outcomes,
        "indicators": _indicators(programme, by_slug),
        "story": performance.stories.get(programme.slug, ""),
        "action_lines": [blocks.action_line(action) for action in programme.actions],
        "without": [
            m.title
            for m in programme.measures
            if f"{programme.slug}/{m.slug}" not in findings.measures
        ],
        "details": [_detail(programme, q, context) for q in BY_IMPORTANCE],
    }
    return Page(
        path=f"programmes/{programme.slug}/",
        title=programme.title,
        description=f"{programme.summary} {sentences[0]}"[:300],
        content=fill("programme.html.j2", view=view, programme=programme),
        section="services",
        search=_search(programme, outcomes, sentences[0]),
        edit=f"scorecards/programmes/{programme.slug}/programme.yaml",
    )


def _quadrant(
    programme: Programme, quadrant: Quadrant, findings: PerformanceFindings
) -> dict[str, Any]:
    titles = {m.slug: m for m in programme.measures}
    rows = []
    for measure in in_quadrant(programme, quadrant):
        pair = titles.get(measure.pairs_with)
        rows.append(row(programme, measure, findings) | {"pair": pair.short if pair else ""})
    return {
        "id": str(quadrant),
        "question": QUESTIONS[quadrant],
        "place": PLACES[quadrant],
        "rows": rows,
    }


def _detail(programme: Programme, quadrant: Quadrant, context: Context) -> dict[str, Any]:
    """Everything that is declared of a quadrant's measures, for those who ask."""
    return {
        "question": QUESTIONS[quadrant],
        "measures": [
            {
                "measure": measure,
                "polarity": words.polarity(measure),
                "contributes": contributes([measure], context),
            }
            for measure in in_quadrant(programme, quadrant)
        ],
    }


def _population(
    item: PopulationItem, context: Context, by_slug: Mapping[str, Entry]
) -> dict[str, Any]:
    entry = by_slug.get(item.indicator)
    titles = {
        f"{f.slug}/{o.slug}": {"title": o.title, "url": f"frameworks/{f.slug}/{o.slug}/"}
        for f in context.frameworks
        for o in f.outcomes
    }
    return {
        "item": item,
        "kind": "Indicator" if item.kind == "indicator" else "Outcome: no data in it",
        "outcomes": [titles[ref] for ref in item.contributes_to if ref in titles],
        "row": indicator_row(entry) if entry else None,
    }


def _indicators(programme: Programme, by_slug: Mapping[str, Entry]) -> list[dict[str, Any]]:
    named = [slug for m in programme.measures for slug in m.contributes_to_indicators]
    shown = {item.indicator for item in programme.population_items}
    return [
        indicator_row(by_slug[slug])
        for slug in dict.fromkeys(named)
        if slug in by_slug and slug not in shown
    ]


def _search(
    programme: Programme, outcomes: Sequence[Mapping[str, str]], summary: str
) -> SearchRecord:
    texts = [programme.summary, programme.service, programme.customers]
    texts += [f"{m.title} {m.as_printed}" for m in programme.measures]
    texts += [f"{item.title} {item.as_printed}" for item in programme.population_items]
    texts += [partner.name for partner in programme.partners]
    synonyms = [word for measure in programme.measures for word in measure.synonyms]
    return SearchRecord(
        title=programme.title,
        text=" ".join(texts),
        synonyms=tuple(dict.fromkeys([*programme.synonyms, *synonyms])),
        summary=f"{programme.summary} {summary}",
        filters={
            "kind": ("Programme",),
            "framework": tuple(dict.fromkeys(o["framework"] for o in outcomes)),
            "outcome": tuple(dict.fromkeys(o["title"] for o in outcomes)),
        },
    )
