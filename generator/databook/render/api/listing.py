"""The documents about the whole book: lists of everything, and the index to begin at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from databook.citing import citation
from databook.editions import Calendar
from databook.model import Framework, Outcome
from databook.observations import MARKERS, Context
from databook.performance import Performance, PerformanceFindings
from databook.programmes import Measure, Programme
from databook.published import REGISTER
from databook.render.api.columns import observations
from databook.render.api.declared import Citable
from databook.render.api.documents import (
    DOCUMENTS,
    AreasDocument,
    EditionsDocument,
    FindingsDocument,
    FrameworksDocument,
    IndexDocument,
    IndicatorsDocument,
    Linked,
    OutcomesDocument,
    PlaceNamed,
    PlannedEdition,
    ProgrammesDocument,
    Told,
)
from databook.render.api.listed import (
    AreaListed,
    EnablerListed,
    FrameworkListed,
    MeasureListed,
    OutcomeListed,
    ProgrammeListed,
)
from databook.render.api.one_indicator import files, listed, measured
from databook.render.api.statuses import MEANINGS, UNITS
from databook.render.api.telling import found
from databook.render.api.writing import FOLDER, dumped, head, schema_path, schemas
from databook.render.entries import Entry

PROMISE = "data/machines/"
# Files of the whole book: name, what it holds, where it stands.
WHOLE = (
    ("workbook", "The place's figures and findings, as a spreadsheet", "data/databook.xlsx"),
    ("parquet", "All figures in one table", "data/observations.parquet"),
    ("datapackage", "All tables described together (Data Package)", "datapackage.json"),
    ("catalogue", "The book as a catalogue of data sets (DCAT)", "data/catalog.jsonld"),
    ("zip", "All tables in one archive", "data/databook.zip"),
    ("citations", "How to cite each page (CSL-JSON)", "data/citations.json"),
)
TITLES = {
    "index": "Where to begin: what the book is, and where everything stands",
    "frameworks": "Frameworks: ordered sets of outcomes",
    "outcomes": "Outcomes, with the indicators that speak to them",
    "indicators": "All indicators: what they count, sources, addresses of their figures",
    "indicator": "One indicator: definition, target, finding, forecasts, citation",
    "findings": "What the book found about every indicator",
    "observations": "All figures of one indicator or measure, in columns",
    "programmes": "Programmes with their measures and what was found about them",
    "areas": "Areas, with the similar places of each",
    "editions": "This edition, those announced, and where the register stands",
}
PLACES = {
    "indicator": f"{FOLDER}indicators/{{indicator}}.json",
    "observations": f"{FOLDER}observations/{{indicator or programme/measure}}.json",
}


def api_files(
    context: Context,
    entries: Sequence[Entry],
    findings: Sequence[bytes],
    performance: Performance,
    about: PerformanceFindings,
    calendar: Calendar | None,
) -> dict[str, bytes]:
    """Everything under /api/v1/ that is not one indicator's. `findings` are in entries' order."""
    documents = {
        "frameworks": _frameworks(context),
        "outcomes": _outcomes(context, entries, performance),
        "indicators": _indicators(context, entries),
        "programmes": _programmes(context, performance, about),
        "areas": _areas(context),
        "editions": _editions(context, calendar),
        "index": _index(context, entries, performance),
    }
    made = {f"{FOLDER}{name}.json": dumped(document) for name, document in documents.items()}
    made[f"{FOLDER}findings.json"] = _findings(context, findings)
    for key, card in performance.figures.items():
        if key in about.measures:
            path = f"{FOLDER}observations/{key}.json"
            made[path] = observations(card, context.cited, key)
    return made


def api_schemas(context: Context) -> dict[str, bytes]:
    """The shapes of all documents; they change with the program, and not with a figure."""
    return schemas(context.cited)


def _findings(context: Context, findings: Sequence[bytes]) -> bytes:
    """Findings as each indicator's own task has written them, put together."""
    bare = FindingsDocument(
        **head("findings", context.cited),
        findings=(),
    )
    begun = dumped(bare).removesuffix(b"]}\n")
    return begun + b",\n".join(findings) + b"]}\n"


def _frameworks(context: Context) -> FrameworksDocument:
    return FrameworksDocument(
        **head("frameworks", context.cited),
        frameworks=tuple(map(_framework, context.frameworks)),
    )


def _framework(framework: Framework) -> FrameworkListed:
    return FrameworkListed(
        slug=framework.slug,
        title=framework.title,
        summary=framework.summary,
        population=framework.population,
        source=framework.source,
        outcomes=tuple(f"{framework.slug}/{outcome.slug}" for outcome in framework.outcomes),
        enablers=tuple(
            EnablerListed(slug=e.slug, title=e.title, statement=e.statement)
            for e in framework.enablers
        ),
        page=f"frameworks/{framework.slug}/",
    )


def _outcomes(
    context: Context, entries: Sequence[Entry], performance: Performance
) -> OutcomesDocument:
    speaking: defaultdict[str, list[str]] = defaultdict(list)
    for item in entries:
        for reference in item.indicator.outcomes:
            speaking[reference].append(item.indicator.slug)
    for programme in performance.programmes:
        for measure in programme.measures:
            for reference in measure.contributes_to:
                speaking[f"measures of {reference}"].append(f"{programme.slug}/{measure.slug}")
    return OutcomesDocument(
        **head("outcomes", context.cited),
        outcomes=tuple(
            _outcome(framework, outcome, speaking)
            for framework in context.frameworks
            for outcome in framework.outcomes
        ),
    )


def _outcome(
    framework: Framework, outcome: Outcome, speaking: Mapping[str, Sequence[str]]
) -> OutcomeListed:
    reference = f"{framework.slug}/{outcome.slug}"
    return OutcomeListed(
        id=reference,
        framework=framework.slug,
        title=outcome.title,
        statement=outcome.statement,
        gloss=outcome.gloss,
        aliases=outcome.aliases,
        speaks_to=outcome.speaks_to,
        development=outcome.development,
        indicators=tuple(speaking.get(reference, ())),
        measures=tuple(speaking.get(f"measures of {reference}", ())),
        page=f"frameworks/{reference}/",
    )


def _indicators(context: Context, entries: Sequence[Entry]) -> IndicatorsDocument:
    return IndicatorsDocument(
        **head("indicators", context.cited),
        indicators=tuple(listed(e.indicator, e.figures, context.settings) for e in entries),
    )


def _programmes(
    context: Context, performance: Performance, about: PerformanceFindings
) -> ProgrammesDocument:
    return ProgrammesDocument(
        **head("programmes", context.cited),
        programmes=tuple(
            ProgrammeListed(
                slug=programme.slug,
                title=programme.title,
                summary=programme.summary,
                customers=programme.customers,
                place=programme.place,
                illustrative=programme.illustrative,
                measures=tuple(_measure(programme, m, about) for m in programme.measures),
                page=f"programmes/{programme.slug}/",
            )
            for programme in performance.programmes
        ),
    )


def _measure(programme: Programme, measure: Measure, about: PerformanceFindings) -> MeasureListed:
    key = f"{programme.slug}/{measure.slug}"
    finding = about.measures.get(key)
    page = f"programmes/{key}/" if finding else ""
    return MeasureListed(
        slug=measure.slug,
        measured=measured(measure),
        quadrant=measure.quadrant,
        customers=measure.customers,
        contributes_to=measure.contributes_to,
        finding=found(finding, measure, key) if finding else None,
        page=page,
        files=files(page, key) if finding else None,
    )


def _areas(context: Context) -> AreasDocument:
    near: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for neighbour in context.neighbours:
        near[neighbour.area].append((neighbour.rank, neighbour.neighbour))
    return AreasDocument(
        **head("areas", context.cited),
        areas=tuple(
            AreaListed(
                code=area.code,
                name=area.name,
                level=area.level,
                parent=area.parent,
                valid_from=area.valid_from,
                valid_to=area.valid_to,
                own=area.code == context.settings.place,
                neighbours=tuple(code for _, code in sorted(near[area.code])),
            )
            for area in context.areas
        ),
    )


def _editions(context: Context, calendar: Calendar | None) -> EditionsDocument:
    home = context.settings.address
    return EditionsDocument(
        **head("editions", context.cited),
        register=f"{home}{REGISTER}",
        versions=f"{home}versions.json",
        planned=tuple(
            PlannedEdition(id=planned.id, date=planned.date, note=planned.note)
            for planned in (calendar.planned if calendar else ())
            if planned.date > context.settings.edition.date
        ),
    )


def _index(context: Context, entries: Sequence[Entry], performance: Performance) -> IndexDocument:
    settings, book = context.settings, context.cited
    outcomes = sum(len(framework.outcomes) for framework in context.frameworks)
    return IndexDocument(
        **head("index", context.cited),
        title=settings.title,
        summary=settings.summary,
        publisher=settings.publisher,
        notice=settings.notice,
        language=settings.language,
        licence=Told(word=settings.licence, meaning=settings.licence_url),
        place=PlaceNamed(code=context.place.code, name=context.place.name),
        population=settings.population,
        counts={
            "frameworks": len(context.frameworks),
            "outcomes": outcomes,
            "indicators": len(entries),
            "figures": sum(entry.figures for entry in entries),
            "programmes": len(performance.programmes),
            "measures": sum(len(programme.measures) for programme in performance.programmes),
            "areas": len(context.areas),
        },
        documents=tuple(
            Linked(
                name=name,
                title=TITLES[name],
                path=PLACES.get(name, f"{FOLDER}{name}.json"),
                schema=schema_path(name),
            )
            for name in DOCUMENTS
        ),
        downloads=tuple(
            Linked(name=name, title=title, path=path, schema="") for name, title, path in WHOLE
        ),
        statuses=tuple(Told(word=word, meaning=said) for word, said in MEANINGS.items()),
        markers=tuple(Told(word=word, meaning=said) for word, said in MARKERS.items()),
        units=tuple(Told(word=word, meaning=said) for word, said in UNITS.items()),
        promise=PROMISE,
        citation=Citable(text=citation(book, settings.title, ""), address=book.address("")),
    )
