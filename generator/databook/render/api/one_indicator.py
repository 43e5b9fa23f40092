"""What is declared of an indicator, in the shapes of the interface, and its own documents."""

from __future__ import annotations

from databook.citing import citation
from databook.findings import Finding
from databook.model import Indicator, Measurable, Settings, Source, Target
from databook.observations import Context, ProtectedCard
from databook.render.api.columns import observations
from databook.render.api.declared import (
    Broken,
    Citable,
    Files,
    Grouped,
    Listed,
    Measured,
    Published,
    Undertaken,
)
from databook.render.api.documents import IndicatorDocument
from databook.render.api.telling import found
from databook.render.api.writing import FOLDER, dumped, head


def measured(indicator: Measurable) -> Measured:
    """What an indicator or measure counts."""
    return Measured(
        title=indicator.title,
        short=indicator.short,
        plain=indicator.plain,
        unit=indicator.unit,
        per=indicator.per,
        unit_label=indicator.unit_label,
        decimals=indicator.decimals,
        better=indicator.better,
        standing=indicator.standing,
        periods=indicator.periods,
    )


def files(page: str, observations: str) -> Files:
    """The files beside a page of figures."""
    return Files(
        observations=f"{FOLDER}observations/{observations}.json",
        csv=f"{page}data.csv",
        datapackage=f"{page}datapackage.json",
    )


def listed(indicator: Indicator, figures: int, settings: Settings) -> Listed:
    """One indicator in the list."""
    page = f"indicators/{indicator.slug}/"
    return Listed(
        slug=indicator.slug,
        measured=measured(indicator),
        outcomes=indicator.outcomes,
        topic=indicator.topic,
        source=_published(indicator.source, settings),
        figures=figures,
        page=page,
        path=f"{FOLDER}indicators/{indicator.slug}.json",
        files=files(page, indicator.slug),
    )


def _published(source: Source, settings: Settings) -> Published:
    return Published(
        publisher=source.publisher,
        title=source.title,
        url=source.url,
        released=source.released,
        next_release=source.next_release,
        licence=source.licence or settings.licence,
    )


def _undertaken(target: Target | None) -> Undertaken | None:
    if target is None:
        return None
    return Undertaken(
        period=target.period,
        value=float(target.value),
        upper=None if target.upper is None else float(target.upper),
        set_by=target.set_by,
        illustrative=target.illustrative,
    )


def indicator_files(
    card: ProtectedCard, finding: Finding, context: Context
) -> tuple[dict[str, bytes], bytes]:
    """The documents of one indicator by path, and its finding alone, for the list of findings."""
    document = indicator_document(card, finding, context)
    slug = card.indicator.slug
    made = {
        document.indicator.path: dumped(document),
        document.indicator.files.observations: observations(card, context.cited, slug),
    }
    return made, dumped(document.finding).rstrip()


def indicator_document(
    card: ProtectedCard, finding: Finding, context: Context
) -> IndicatorDocument:
    """One indicator: what it counts, and what the book found."""
    indicator, book = card.indicator, context.cited
    figures = card.observations.frame["value"].count()
    page = f"indicators/{indicator.slug}/"
    source = f"{indicator.source.publisher}, {indicator.source.title}"
    return IndicatorDocument(
        **head("indicator", book),
        indicator=listed(indicator, figures, context.settings),
        population=indicator.population,
        definition=indicator.definition,
        quality=indicator.quality,
        better_reason=indicator.better_reason,
        synonyms=indicator.synonyms,
        target=_undertaken(indicator.target),
        breaks=tuple(Broken(period=b.period, reason=b.reason) for b in indicator.breaks),
        breakdowns=tuple(
            Grouped(column=b.column, title=b.title, total=b.total, groups=b.groups)
            for b in indicator.breakdowns
        ),
        notes=indicator.notes,
        finding=found(finding, indicator, indicator.slug),
        citation=Citable(
            text=citation(book, indicator.title, page, source), address=book.address(page)
        ),
    )
