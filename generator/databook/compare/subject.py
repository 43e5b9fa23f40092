"""One indicator or measure on both sides: judgements, declarations, forecasts and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from databook import control_words, words
from databook.changes import Fate, FigureChange, Flip, Shown, Subject, Wording
from databook.compare.figures import figures
from databook.findings import Finding, Verdict
from databook.model import Measurable, Vintage
from databook.observations import Context
from databook.past import RATING, TREND, TURN, USUAL
from databook.programmes import Measure
from databook.words import Status

SAME = words.sentence_case(str(Verdict.SAME))

# What an indicator declares, as readers know it. The first group says what is counted.
DEFINING = (
    ("Definition", "definition"),
    ("Population", "population"),
    ("Unit", "unit_label"),
    ("Kind of unit", "unit"),
    ("Per how many", "per"),
    ("Which way is better", "better"),
    ("Kind of period", "periods"),
)
DESCRIBING = (
    ("Title", "title"),
    ("Short name", "short"),
    ("In plain words", "plain"),
    ("Sentence", "reads_as"),
    ("Decimals shown", "decimals"),
    ("Standing", "standing"),
    ("Quadrant", "quadrant"),
    ("Rating scheme", "rating_scheme"),
    ("Topic", "topic"),
    ("Quality", "quality"),
)
TEXTS = (
    ("the answer to “Is this OK?”", "is_this_ok"),
    ("the partners", "partners"),
    ("what works", "what_works"),
    ("the actions", "actions"),
    ("the notes", "notes"),
    ("the search words", "synonyms"),
)


def added(key: str, new: Shown) -> Subject:
    """A subject that was not there."""
    count = new.card.observations.frame["value"].count()
    return Subject(
        key=key, fate=Fate.APPEARS, url=new.url, was="", indicator=new.card.indicator,
        indicator_before=None, earlier=None, later=new.finding, headline=headline(new),
        counts={FigureChange.ADDED: count} if count else {},
        forecasts=tuple(_forecasts((), new.card.vintages)),
    )  # fmt: skip


def retired(key: str, old: Shown) -> Subject:
    """A subject that is there no more."""
    count = old.card.observations.frame["value"].count()
    return Subject(
        key=key, fate=Fate.VANISHES, url=old.url, was="", indicator=old.card.indicator,
        indicator_before=old.card.indicator, earlier=old.finding, later=None,
        headline_before=headline(old),
        counts={FigureChange.REMOVED: count} if count else {},
    )  # fmt: skip


def changed(key: str, old: Shown, told: Shown, new: Shown, context: Context) -> Subject | None:
    """A subject on both sides; None where readers would find all as it was.

    `told` is what may be said of the side before: `old` without what is newly withheld.
    """
    listed, counts = figures(
        old.card.observations, new.card.observations, new.card.indicator, context
    )
    if isinstance(new.card.indicator, Measure) and new.finding is not None:
        # Its own figures are those of the programme, not of the place it works in.
        own, place = new.finding.area, new.finding.place
        listed = tuple(replace(f, place=place) if f.area == own else f for f in listed)
    before, after = old.card.indicator, new.card.indicator
    concealed = told is not old
    subject = Subject(
        key=key,
        fate=Fate.MOVES if old.url != new.url else Fate.CHANGES,
        url=new.url,
        was=old.url if old.url != new.url else "",
        indicator=after,
        indicator_before=before,
        earlier=told.finding,
        later=new.finding,
        headline_before=headline(told),
        headline=headline(new),
        figures=listed,
        counts=counts,
        flips=tuple(_flips(judgements(old), judgements(new), concealed=concealed)),
        wordings=tuple(_wordings(before, after)),
        forecasts=tuple(_forecasts(old.card.vintages, new.card.vintages)),
        texts=tuple(_texts(old, new)),
    )
    same = not (
        subject.counts or subject.flips or subject.wordings or subject.forecasts or subject.texts
    )
    return None if same and subject.fate is Fate.CHANGES else subject


# --- judgements ------------------------------------------------------------------------------


def headline(shown: Shown) -> tuple[str, ...]:
    """The finding in sentences, as that side words it."""
    if shown.said is not None:
        return shown.said.headline
    return words.headline(shown.finding, shown.card.indicator) if shown.finding else ()


def judgements(shown: Shown) -> Mapping[str, Status]:
    """Each judgement in a word, by what it is about."""
    if shown.said is not None:
        return shown.said.judgements
    return judged(shown.finding, shown.card.indicator) if shown.finding else {}


def judged(finding: Finding, indicator: Measurable) -> dict[str, Status]:
    """The judgements of a finding. They say on which side of something a figure lies."""
    usual = {USUAL: control_words.status(finding.control, indicator)} if finding.control else {}
    return {
        RATING: words.rating_status(finding.rating),
        TURN: words.turn_status(finding.turn),
        TREND: words.trend_status(finding.trend),
        **usual,
        **{words.benchmark(c): words.comparison_status(c) for c in finding.comparisons},
    }


def _flips(
    old: Mapping[str, Status], new: Mapping[str, Status], *, concealed: bool
) -> Iterator[Flip]:
    """Judgements that are not what they were, and never a figure that is now withheld."""
    missing = words.no_status("Not compared")
    for about in {**new, **old}:
        before, after = old.get(about, missing), new.get(about, missing)
        if concealed and before.short == SAME:
            # "The same as England (18.1%)" would be the very number that is now withheld.
            before = words.no_status("Compared")
        if (before.short, before.tone) != (after.short, after.tone):
            yield Flip(about=about, before=before, after=after)


# --- declarations ----------------------------------------------------------------------------


def _wordings(old: Measurable, new: Measurable) -> Iterator[Wording]:
    for names, defines in ((DEFINING, True), (DESCRIBING, False)):
        for what, name in names:
            before, after = _plain(old, name), _plain(new, name)
            if before != after:
                yield Wording(what=what, before=before, after=after, defines=defines)
    for what, say, defines in (
        ("Break in the series", _breaks, True),
        ("Groups", _groups, True),
        ("Outcomes", _outcomes, False),
        ("Source", _source, False),
        ("Target", _target, False),
    ):
        before, after = say(old), say(new)
        if before != after:
            yield Wording(what=what, before=before, after=after, defines=defines)


def _plain(indicator: Measurable, name: str) -> str:
    value = getattr(indicator, name, None)
    return "" if value is None else str(value)


def _breaks(indicator: Measurable) -> str:
    return "; ".join(f"from {b.period}: {b.reason}" for b in indicator.breaks)


def _groups(indicator: Measurable) -> str:
    return "; ".join(f"{b.title}: {', '.join(b.groups)}" for b in indicator.breakdowns)


def _outcomes(indicator: Measurable) -> str:
    return ", ".join(getattr(indicator, "outcomes", getattr(indicator, "contributes_to", ())))


def _source(indicator: Measurable) -> str:
    source = indicator.source
    if source is None:
        return ""
    due = f", next {words.month(source.next_release)}" if source.next_release else ""
    said = f"{source.publisher}: {source.title}, {source.url}"
    return f"{said}, released {words.month(source.released)}{due}"


def _target(indicator: Measurable) -> str:
    target = indicator.target
    if target is None:
        return ""
    value = words.value(float(target.value), indicator)
    if target.upper is not None:
        value += f" to {words.value(float(target.upper), indicator)}"
    shown = " (illustrative)" if target.illustrative else ""
    return f"{value} by {target.period}, set by {target.set_by}{shown}"


# --- forecasts and words ---------------------------------------------------------------------


def _forecasts(old: tuple[Vintage, ...], new: tuple[Vintage, ...]) -> Iterator[str]:
    """Frozen forecasts that come. That one goes or changes must never be, so it is told loudest."""
    was = {(v.made_on, v.scenario, v.area): v for v in old}
    now = {(v.made_on, v.scenario, v.area): v for v in new}
    for key in sorted({*was, *now}):
        vintage = now.get(key) or was[key]
        name = f"the forecast made on {vintage.made_on.isoformat()}"
        name += f" ({vintage.scenario})" if vintage.scenario else ""
        name += f" of {vintage.area}" if vintage.area else ""
        span = (
            f"{vintage.points[0].period} to {vintage.points[-1].period}" if vintage.points else ""
        )
        if key not in was:
            made = " afterwards" if vintage.reconstructed else ""
            yield f"Added: {name}{made}, for {span}, by the method “{vintage.method}”."
        elif key not in now:
            yield f"REMOVED: {name}. A frozen forecast is kept for good; put it back."
        elif was[key] != now[key]:
            yield f"CHANGED: {name}. A frozen forecast is never changed; add a new one instead."


def _texts(old: Shown, new: Shown) -> Iterator[str]:
    if old.card.story_html != new.card.story_html:
        yield "the story"
    for said, name in TEXTS:
        if getattr(old.card.indicator, name, ()) != getattr(new.card.indicator, name, ()):
            yield said
