"""Writes a first file of each kind into a book, in words that say what to put in their place."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from databook.cli.starting import STARTER
from databook.periods import EXPECTED, PeriodType

# Where a file of each kind stands, under scorecards/.
FILES: Mapping[str, str] = {
    "indicator": "indicators/{slug}/indicator.yaml",
    "programme": "programmes/{slug}/programme.yaml",
    "plan": "plans/{slug}.yaml",
    "agreement": "agreements/{slug}.yaml",
    "audit": "audits/{slug}.yaml",
    "board": "boards/{slug}.yaml",
}
WITH_OUTCOME = ("indicator", "programme")
# What only some kinds ask for; of the others such a flag would be passed over in silence.
ASKED: Mapping[str, tuple[str, ...]] = {
    "outcome": WITH_OUTCOME,
    "periods": WITH_OUTCOME,
    "better": ("indicator",),
    "better_reason": ("indicator",),
    "unit": ("indicator",),
    "per": ("indicator",),
}
# A step shorter than a year, in words.
SPANS = {
    each: str(each)
    for each in (PeriodType.QUARTER, PeriodType.MONTH, PeriodType.TERM, PeriodType.DAY)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is put into a template."""

    kind: str
    slug: str
    title: str
    outcome: str
    unit: str
    better: str
    periods: str
    per: int | None = None
    better_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a new file takes from the book that it comes into."""

    outcomes: tuple[str, ...]  # framework/outcome
    place: str
    population: str
    year: int


def around(book: Path) -> Around:
    """Read the book's outcomes, place and day; faults in it are for `databook check` to tell."""
    from databook import load, validate

    sources = load.common(book).value
    found = validate.context(sources).value if sources else None
    if found is None:
        return Around(outcomes=(), place="Write the place", population="Write whose", year=2026)
    outcomes = tuple(f"{each.slug}/{o.slug}" for each in found.frameworks for o in each.outcomes)
    area = found.area.get(found.settings.place)
    return Around(
        outcomes=outcomes,
        place=area.name if area else found.settings.place,
        population=f"{found.settings.population} in {area.name}" if area else "Write whose",
        year=found.settings.edition.date.year,
    )


def file_of(book: Path, kind: str, slug: str) -> Path:
    """The file that a new thing of that kind is described in."""
    return book / "scorecards" / FILES[kind].format(slug=slug)


def write(book: Path, wanted: Wanted, beside: Around) -> tuple[Path, ...]:
    """Write the files of a new thing: its description, and a programme's empty table."""
    main = file_of(book, wanted.kind, wanted.slug)
    texts = {main: text(wanted, beside)}
    if wanted.kind == "programme":
        for name in ("data.csv", "datapackage.yaml"):
            template = (STARTER / "kinds" / f"programme-{name}").read_text(encoding="utf-8")
            texts[main.with_name(name)] = template.replace("{slug}", wanted.slug)
    main.parent.mkdir(parents=True, exist_ok=True)
    for file, content in texts.items():
        file.write_text(content, encoding="utf-8", newline="\n")
    return tuple(texts)


def text(wanted: Wanted, beside: Around) -> str:
    """The file's text: the template with what is known in its places."""
    title = wanted.title or wanted.slug.replace("-", " ").capitalize()
    known = {
        "title": title,
        "short": title[:60].rstrip(),
        "outcome": wanted.outcome,
        "unit": wanted.unit,
        "better": wanted.better,
        "periods": wanted.periods,
        "place": beside.place,
        "population": beside.population[:1].upper() + beside.population[1:],
    }
    template = (STARTER / "kinds" / f"{wanted.kind}.yaml").read_text(encoding="utf-8")
    span = SPANS.get(PeriodType(wanted.periods), "year")
    template = template.replace("{{span}}", span)
    template = template.replace("{{a_period}}", _example(PeriodType(wanted.periods)))
    template = template.replace("{{month}}", f"{beside.year}-01")
    template = template.replace("{{month_to_come}}", f"{beside.year + 1}-03")
    template = template.replace("{{financial_year}}", f"{beside.year - 1}/{beside.year % 100:02d}")
    for key, value in (("unit", wanted.per and f"per: {wanted.per}"),
                       ("better", _line("better_reason", wanted.better_reason))):  # fmt: skip
        if value:  # what only some indicators have stands below what calls for it
            template = template.replace(f"{key}: {{{{{key}}}}}", f"{key}: {{{{{key}}}}}\n{value}")
    return re.sub(
        r"\{\{(\w+)\}\}", lambda found: json.dumps(known[found[1]], ensure_ascii=False), template
    )


def _example(periods: PeriodType) -> str:
    """One such period, as a data.csv would have it."""
    return EXPECTED[periods].partition(" such as ")[2].partition(" (")[0]


def _line(key: str, value: str) -> str:
    return f"{key}: {json.dumps(value, ensure_ascii=False)}" if value else ""
