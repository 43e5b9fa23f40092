"""The demonstration book as it would have stood at the end of earlier years.

A figure counts as known from its release on. Of each series one release is known, that of its
newest figures; earlier ones are taken to have come out as long after the end of their period.
"""

from __future__ import annotations

import calendar
import csv
import io
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import editions
from databook import load, validate
from databook.model import Indicator
from databook.observations import Context
from databook.periods import Period, parse

REPOSITORY = Path(__file__).parents[1]
YEARS = range(2017, 2026)
# Papers speak of their own time and of programmes' own figures; the last edition has them all.
PAPERS = ("agreements", "audits", "boards", "checklists", "plans", "programmes", "registers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One indicator as it stands in the repository: its rows, and when each was released."""

    indicator: Indicator
    heading: tuple[str, ...]
    rows: tuple[tuple[Period, tuple[str, ...]], ...]
    lag: timedelta

    def released(self, period: Period) -> date:
        """The day on which the figures of a period came out."""
        return period.end + self.lag

    def own(self, place: str) -> dict[str, float]:
        """The place's own figures about everybody, by period."""
        at = {name: number for number, name in enumerate(self.heading)}
        totals = {b.column: b.total for b in self.indicator.breakdowns}
        return {
            period.code: float(row[at["value"]])
            for period, row in self.rows
            if row[at["area"]] == place
            and row[at["value"]]
            and all(row[at[column]] == total for column, total in totals.items())
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One edition of the history: its name, its day, and whether it is the book as it stands."""

    id: str
    day: date
    last: bool = False


@lru_cache(maxsize=1)
def sources() -> tuple[Context, dict[str, Source]]:
    """All indicators of the demonstration."""
    read = load.book(REPOSITORY)
    assert read.value is not None
    context = validate.context(read.value).value
    assert context is not None
    found = {}
    for slug, folder in read.value.indicators.items():
        card = validate.card(folder, context).value
        assert card is not None
        found[slug] = _source(slug, card.indicator)
    return context, found


def _source(slug: str, indicator: Indicator) -> Source:
    text = (REPOSITORY / "scorecards/indicators" / slug / "data.csv").read_text("utf-8")
    heading, *lines = csv.reader(io.StringIO(text))
    at = {name: number for number, name in enumerate(heading)}
    rows = [(parse(line[at["period"]], indicator.periods), tuple(line)) for line in lines]
    newest = max((period for period, row in rows if row[at["value"]]), key=lambda p: p.end)
    return Source(
        indicator=indicator, heading=tuple(heading), rows=tuple(rows),
        lag=day_of(indicator.source.released) - newest.end,
    )  # fmt: skip


def day_of(released: str) -> date:
    """The last day that a release may have been on: "2025-11" is by 30 November."""
    year, month, *rest = map(int, released.split("-"))
    return date(year, month, rest[0] if rest else calendar.monthrange(year, month)[1])


def steps(years: Sequence[int] = YEARS) -> tuple[Step, ...]:
    """An edition at the end of each year, and then the book as it stands."""
    context, _ = sources()
    own = context.settings.edition
    return (
        *(Step(id=str(year), day=date(year, 12, 31)) for year in years),
        Step(id=own.id, day=own.date, last=True),
    )


def begin(book: Path) -> None:
    """An empty repository for the history."""
    book.mkdir()
    editions.git(book, "init", "--quiet", "--initial-branch=main")


def take(book: Path, step: Step, slugs: Sequence[str] = ()) -> str:
    """Make the book what it was then, and commit it. `slugs`: these indicators alone."""
    for name in ("scorecards", "content"):
        shutil.rmtree(book / name, ignore_errors=True)
        shutil.copytree(REPOSITORY / name, book / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", book)
    (book / ".gitignore").write_text(".databook/\nbuild/\n", "utf-8")
    _, known = sources()
    for slug, source in known.items():
        folder = book / "scorecards/indicators" / slug
        if (slugs and slug not in slugs) or (not step.last and not _as_then(folder, source, step)):
            shutil.rmtree(folder)
    if slugs or not step.last:
        _without_papers(book)
    if not step.last:
        _settings(book, step)
    return editions.commit(book, f"The book at {step.day}")


def _as_then(folder: Path, source: Source, step: Step) -> bool:
    """Keep of an indicator what had been released; says whether anything had."""
    rows = [(period, row) for period, row in source.rows if source.released(period) <= step.day]
    if not any(row[source.heading.index("value")] for _, row in rows):
        return False
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([source.heading, *(row for _, row in rows)])
    (folder / "data.csv").write_text(text.getvalue(), "utf-8")
    for name in ("forecasts.csv", "story.md"):
        (folder / name).unlink(missing_ok=True)
    newest = max((period for period, _ in rows), key=lambda p: p.end)
    later = [p for p, _ in source.rows if p.end > newest.end]
    said = (folder / "indicator.yaml").read_text("utf-8")
    said = _said(said, "released", source.released(newest))
    due = source.released(min(later, key=lambda p: p.end)) if later else None
    said = _said(said, "next_release", due)
    there = {period.code for period, _ in rows}
    said = re.sub(r"(?m)^acknowledged:\n(?:[ -].*\n|\n)*", "", said)
    for each in source.indicator.breaks:
        if _code(source, each.period) not in there:
            said = re.sub(rf'(?m)^  - period: "{each.period}"\n    reason: .*\n', "", said)
    said = re.sub(r"(?m)^breaks:\n(?!  -)", "", said)
    said = said.replace('standing: "headline"', 'standing: "secondary"')  # that takes a story
    target = source.indicator.target
    if target and target.baseline_period and _code(source, target.baseline_period) not in there:
        said = re.sub(r"(?m)^  baseline_period: .*\n", "", said)
    (folder / "indicator.yaml").write_text(said, "utf-8")
    return True


def _code(source: Source, text: str) -> str:
    return parse(text, source.indicator.periods).code


def _said(text: str, key: str, day: date | None) -> str:
    line = f'  {key}: "{day:%Y-%m}"\n' if day else ""
    return re.sub(rf'(?m)^  {key}: ".*"\n', line, text)


def _without_papers(book: Path) -> None:
    for name in PAPERS:
        shutil.rmtree(book / "scorecards" / name, ignore_errors=True)
    # Narrative pages lead to papers, and to indicators that are not there yet.
    there = {folder.name for folder in (book / "scorecards/indicators").iterdir()}
    for page in (book / "content").rglob("*.md"):
        text = page.read_text("utf-8")
        text = re.sub(
            rf"\]\((\.\./)+({'|'.join((*PAPERS, 'matrix', 'sources'))})/[^)]*\)", "]", text
        )
        text = re.sub(
            r"\]\((?:\.\./)+indicators/([a-z0-9-]+)/\)",
            lambda link: link[0] if link[1] in there else "]",
            text,
        )
        page.write_text(text, "utf-8")


def _settings(book: Path, step: Step) -> None:
    path = book / "scorecards/databook.yaml"
    text = path.read_text("utf-8")
    text = re.sub(
        r"(?m)^  id: \"\d.*\n  date: .*\n", f'  id: "{step.id}"\n  date: {step.day}\n', text
    )
    text = re.sub(r"(?m)^  reviewed: .*$", f"  reviewed: {step.day}", text)
    path.write_text(text, "utf-8")
    plan = f'format: 1\nkind: "editions"\nplanned:\n  - id: "{step.id}"\n    date: {step.day}\n'
    (book / "scorecards/editions.yaml").write_text(plan, "utf-8")


# --- what must then be true --------------------------------------------------------------------


def triangle_faults(site: Path, done: Sequence[Step]) -> list[str]:
    """Where the newest edition's history says of an edition what the sources do not."""
    context, known = sources()
    wrong: list[str] = []
    for folder in sorted((site / "indicators").iterdir()):
        if not folder.is_dir():
            continue
        source = known[folder.name]
        own = source.own(context.settings.place)
        rows = csv.DictReader((folder / "history.csv").open(encoding="utf-8"))
        told = {(r["edition"], r["period"]): float(r["value"]) for r in rows if r["value"]}
        periods = {period.code: period for period, _ in source.rows}
        wanted = {
            (step.id, code): value
            for step in done
            for code, value in own.items()
            if step.last or source.released(periods[code]) <= step.day
        }
        wrong += [f"{folder.name} {key}" for key in told.keys() ^ wanted.keys()]
        wrong += [f"{folder.name} {k}" for k in told.keys() & wanted.keys() if told[k] != wanted[k]]
    return wrong


def forecast_faults(site: Path, done: Sequence[Step]) -> tuple[int, list[str]]:
    """How many forecasts of editions were set against figures, and what is untrue of them."""
    from test_past import Tables

    context, known = sources()
    count, wrong = 0, []
    for slug in sorted(
        folder.name for folder in (site / "indicators").iterdir() if folder.is_dir()
    ):
        source = known[slug]
        own, decimals = source.own(context.settings.place), source.indicator.decimals
        breaks = [parse(b.period, source.indicator.periods).step for b in source.indicator.breaks]
        page = (site / "indicators" / slug / "history/index.html").read_text("utf-8")
        told = {
            (row[0].removeprefix("Edition "), row[2]): (row[3], row[4], row[5])
            for rows in [Tables(page).rows]
            for caption, table in rows.items()
            if "Each forecast against" in caption
            for row in table[1:]
            if row[0].startswith("Edition ") and row[4] != "another definition"
        }
        wanted = {}
        for step in done:
            said = site / "editions" / step.id / "indicators" / slug / "said.json"
            forecast = json.loads(said.read_text("utf-8"))["forecast"] if said.is_file() else None
            for point in forecast["points"] if forecast else ():
                period = parse(point["period"], source.indicator.periods)
                origin = parse(forecast["origin"], source.indicator.periods)
                across = any(origin.step < at <= period.step for at in breaks)
                if step.last or period.code not in own or across:
                    continue
                actual, value = own[period.code], point["value"]
                wanted[step.id, period.short] = (
                    f"{_text(value, decimals)} [f]",
                    _text(actual, decimals),
                    _signed(actual - value, decimals),
                )
        count += len(wanted)
        wrong += [
            f"{slug} {key}: {told.get(key)}, not {wanted.get(key)}"
            for key in sorted(told.keys() | wanted.keys())
            if told.get(key) != wanted.get(key)
        ]
    return count, wrong


def _text(value: float, decimals: int) -> str:
    """As the book writes numbers, said again here so that the two can disagree."""
    from decimal import ROUND_HALF_UP, Decimal

    shown = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(shown):,f}"
    return f"\u2212{text}" if shown < 0 else text


def _signed(value: float, decimals: int) -> str:
    text = _text(value, decimals)
    return text if text.startswith("\u2212") or not text.strip("0.,") else f"+{text}"


def size(place: Path) -> int:
    """What a place takes on the disk: a file of several names counts once."""
    files = {(s.st_dev, s.st_ino): s.st_size for p in place.rglob("*") if p.is_file()
             for s in (p.stat(),)}  # fmt: skip
    return sum(files.values())
