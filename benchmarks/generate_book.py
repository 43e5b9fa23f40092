"""Write a made-up book of any size, always the same one for the same size.

    python benchmarks/generate_book.py --indicators 1000 --areas 13 OUT
    python benchmarks/generate_book.py --indicators 430 --areas 170 --pages OUT

Three frameworks with their outcomes, ten years of figures for each indicator and area, a story
and a target for each, a breakdown on every tenth. Nothing in it is about a real place.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

FIRST_YEAR, YEARS = 2016, 10
EDITION = ("2026-q2", "2026-06-30")
LEAST_AREAS = 3  # a country, a region and the place itself
MOST_NEIGHBOURS = 10
REGIONS = 9  # with `--pages`, where there are areas enough
RECONSTRUCT = 3  # periods before the latest from which forecasts of other places are made

FRAMEWORKS = {
    "growing-up": ("Growing up", "healthy safe curious included secure"),
    "living-well": ("Living well", "active housed connected heard prepared learning calm welcome"),
    "ageing-well": ("Ageing well", "independent mobile valued protected comfortable involved"),
}
KINDS = (
    # title, unit, label, better, per, periods, usual share of people
    ("who are absent from lessons", "percent", "% of pupils", "lower", 100, "academic-year", 0.18),
    ("who have had a dental check", "percent", "% of people", "higher", 100, "calendar-year", 0.62),
    ("seen after an injury", "rate", "per 10,000 people", "lower", 10_000, "financial-year", 0.02),
    ("who use a library", "rate", "per 1,000 people", "neutral", 1_000, "calendar-year", 0.34),
)  # fmt: skip
GROUPS = ("All", "Girls", "Boys")


def main() -> None:
    """Read the command line and write the book."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--indicators", type=int, default=100)
    parser.add_argument("--areas", type=int, default=13, help=f"at least {LEAST_AREAS}")
    parser.add_argument(
        "--pages", action="store_true", help="give each area pages, a region and neighbours"
    )
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    if options.indicators < 1 or options.areas < LEAST_AREAS:
        parser.error(f"a book needs an indicator and {LEAST_AREAS} areas")
    write_book(options.out, options.indicators, options.areas, pages=options.pages)
    print(f"{options.out}: {options.indicators} indicators, {options.areas} areas")


def write_book(out: Path, indicators: int, areas: int, *, pages: bool = False) -> None:
    """Write the whole book into a folder; `pages` gives each area pages of its own."""
    home = out / "scorecards"
    asked = f"area_pages: {{levels: [local-authority], reconstruct: {RECONSTRUCT}}}\n"
    write(home / "databook.yaml", settings() + (asked if pages else ""))
    for path, text in (many_area_files if pages else area_files)(areas):
        write(home / "areas" / path, text)
    outcomes = []
    for slug, (title, words) in FRAMEWORKS.items():
        write(home / "frameworks" / f"{slug}.yaml", framework(title, words.split()))
        outcomes += [f"{slug}/{word}" for word in words.split()]
    for number in range(indicators):
        slug = f"measure-{number + 1:05d}"
        for path, text in indicator_files(number, slug, areas, outcomes):
            write(home / "indicators" / slug / path, text)


def write(path: Path, text: str) -> None:
    """Write a file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def code(area: int) -> str:
    """Code of an area: the country, its region, the place, then the places like it."""
    return ("X92000001", "X12000001")[area] if area < 2 else f"X0600{area - 1:04d}"


def name(area: int) -> str:
    """Name of an area."""
    return ("Allshires", "Southmarch")[area] if area < 2 else f"Borough {area - 1}"


def noise(*numbers: int) -> float:
    """A number from 0 up to 1 that looks like chance and is the same everywhere."""
    mixed = 2_166_136_261
    for number in numbers:
        mixed = ((mixed ^ number) * 16_777_619 + 97) % 4_294_967_291
        mixed ^= mixed >> 13
    return (mixed % 100_003) / 100_003


# --- what stands around the indicators -------------------------------------------------------


def settings() -> str:
    """databook.yaml."""
    return f"""\
format: 1
kind: databook
title: Benchmark book
short_title: Benchmark
summary: A made-up book that measures how long books take to build.
publisher: Nobody
notice: Every figure in this book is made up.
place: {code(2)}
population: people of every age
contact: nobody@example.org
address: https://example.org/benchmark/
edition:
  id: {EDITION[0]}
  date: {EDITION[1]}
comparisons:
  country: {code(0)}
  region: {code(1)}
"""


def area_files(areas: int) -> Iterator[tuple[str, str]]:
    """The package of places."""
    levels = ("country", "region")
    rows = ["code,name,level,parent,valid_from,valid_to"]
    for area in range(areas):
        level = levels[area] if area < 2 else "local-authority"
        parent = code(min(area, 2) - 1) if area else ""
        rows.append(f"{code(area)},{name(area)},{level},{parent},,")
    yield "areas.csv", "\n".join(rows) + "\n"
    near = range(3, min(areas, 3 + MOST_NEIGHBOURS))
    pairs = [f"{code(2)},{code(area)},{rank},close" for rank, area in enumerate(near, 1)]
    yield "neighbours.csv", "\n".join(["area,neighbour,rank,closeness", *pairs]) + "\n"
    yield "datapackage.yaml", package("areas", {
        "areas": (["code", "name", "level", "parent", "valid_from", "valid_to"], ()),
        "neighbours": (["area", "neighbour", "rank", "closeness"], ("rank",)),
    })  # fmt: skip


def many_area_files(areas: int) -> Iterator[tuple[str, str]]:
    """The package of places where each has pages: regions above them, neighbours for each."""
    rows = ["code,name,level,parent,valid_from,valid_to"]
    rows += [f"{code(0)},{name(0)},country,,,"]
    regions = [(code(1), name(1))]
    regions += [(f"X1200{n:04d}", f"March {n}") for n in range(2, REGIONS + 1)]
    rows += [f"{one},{title},region,{code(0)},," for one, title in regions]
    places = range(2, areas)
    rows += [
        f"{code(n)},{name(n)},local-authority,{regions[(n - 2) % len(regions)][0]},,"
        for n in places
    ]
    yield "areas.csv", "\n".join(rows) + "\n"
    pairs = [
        f"{code(n)},{code(2 + (n - 2 + step) % len(places))},{step},close"
        for n in places
        for step in range(1, min(MOST_NEIGHBOURS + 1, len(places)))
    ]
    yield "neighbours.csv", "\n".join(["area,neighbour,rank,closeness", *pairs]) + "\n"
    *_, described = area_files(areas)
    yield described


def framework(title: str, words: list[str]) -> str:
    """One framework with an outcome for each word."""
    lines = [
        "format: 1",
        "kind: framework",
        f"title: {title}",
        f"summary: What {title.lower()} means to the people of the place.",
        "population: people of every age",
        "source: Made up for measuring",
        "outcomes:",
    ]
    for word in words:
        lines += [
            f"  - slug: {word}",
            f"    title: Being {word}",
            f"    statement: People in the place are {word}",
            f"    development: [How {word} people say they are]",
        ]
    return "\n".join(lines) + "\n"


def package(slug: str, tables: dict[str, tuple[list[str], tuple[str, ...]]]) -> str:
    """A Data Package descriptor; a table is its columns and which of them are numbers."""
    resources = [
        {
            "name": table,
            "path": f"{table}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {
                "fields": [
                    {"name": column, "type": number_type(column) if column in numbers else "string"}
                    for column in columns
                ],
                "missingValues": [""],
            },
        }
        for table, (columns, numbers) in tables.items()
    ]
    # JSON is YAML, and writing it needs no library.
    return json.dumps({"name": slug, "resources": resources}, indent=2) + "\n"


def number_type(column: str) -> str:
    """Ranks are whole numbers; figures need not be."""
    return "integer" if column == "rank" else "number"


# --- one indicator ---------------------------------------------------------------------------


def indicator_files(
    number: int, slug: str, areas: int, outcomes: list[str]
) -> Iterator[tuple[str, str]]:
    """The files of one indicator's folder."""
    broken_down = number % 10 == 0
    columns = ["period", "area", *(["sex"] if broken_down else [])]
    figures = ["value", "numerator", "denominator"]
    yield "indicator.yaml", declaration(number, outcomes, broken_down)
    yield "data.csv", data(number, areas, broken_down)
    yield "datapackage.yaml", package(slug, {
        "data": ([*columns, *figures, "marker", "note"], tuple(figures)),
    })  # fmt: skip
    yield "story.md", story(number)
    if is_headline(number):
        yield "forecasts.csv", forecasts(number)


def is_headline(number: int) -> bool:
    """A few to each outcome, as in a real book."""
    return number % 5 == 0 and number < 100


def declaration(number: int, outcomes: list[str], broken_down: bool) -> str:
    """indicator.yaml."""
    what, unit, label, better, _, periods, _ = KINDS[number % len(KINDS)]
    first = outcomes[number % len(outcomes)]
    second = outcomes[(number * 7 + 3) % len(outcomes)]
    latest = float(figure(number, 2, YEARS - 1, 0)[0])
    goal = latest * {"lower": 0.85, "higher": 1.1, "neutral": 1.0}[better]
    lines = [
        "format: 1",
        "kind: indicator",
        f"title: People in group {number + 1} {what}",
        f"short: Group {number + 1} {what}"[:60].rstrip(),
        f"plain: How many people in group {number + 1} are people {what}.",
        f"reads_as: '{{value}} of people in {{place}} are people {what}'",
        "population: People who live in the place",
        f"unit: {unit}",
        *([f"per: {KINDS[number % len(KINDS)][4]}"] if unit == "rate" else []),
        f"unit_label: '{label}'",
        f"better: {better}",
        *(["better_reason: More use is neither good nor bad."] if better == "neutral" else []),
        f"standing: {'headline' if is_headline(number) else 'secondary'}",
        f"outcomes: [{', '.join(dict.fromkeys((first, second)))}]",
        f"periods: {periods}",
        "definition: A made-up count over a made-up population.",
        f"topic: Topic {number % 8 + 1}",
        f"synonyms: [nickname {number + 1}]",
        "source:",
        "  publisher: Nobody",
        "  title: Made-up figures",
        "  url: https://example.org/figures/",
        "  released: 2026-03",
        "story_illustrative: true",
    ]
    if better != "neutral":
        lines += [
            "target:",
            f"  period: {period(YEARS + 1, periods)}",
            f"  value: {goal:.1f}",
            "  set_by: Nobody, in 2024",
            "  illustrative: true",
        ]
    if is_headline(number):
        lines += [
            "powers: {communication: high, proxy: high, data: high}",
            "partners:",
            "  - {name: Nobody, role: Lends a hand, illustrative: true}",
            "actions:",
            "  - {title: Open later, owner: Nobody, due: 2026-12-31, measure: Visits, "
            "illustrative: true}",
        ]
    if broken_down:
        lines += [
            "breakdowns:",
            "  - column: sex",
            "    title: Sex",
            f"    groups: [{', '.join(GROUPS[1:])}]",
            f"    gap: [{', '.join(GROUPS[1:])}]",
        ]
    return "\n".join(lines) + "\n"


def period(year: int, periods: str) -> str:
    """A year counted from the first, written as the type wants it."""
    ending = FIRST_YEAR + year
    return str(ending) if periods == "calendar-year" else f"{ending - 1}/{ending % 100:02d}"


def data(number: int, areas: int, broken_down: bool) -> str:
    """data.csv: ten years for each area, and groups for the country and the place."""
    periods = KINDS[number % len(KINDS)][5]
    head = ["period", "area", *(["sex"] if broken_down else []), "value", "numerator"]
    rows = [",".join([*head, "denominator", "marker", "note"])]
    for area in range(areas):
        groups = range(len(GROUPS)) if broken_down and area in (0, 2) else range(1)
        for year in range(YEARS):
            for group in groups:
                word = [GROUPS[group]] if broken_down else []
                figures = figure(number, area, year, group)
                rows.append(",".join([period(year, periods), code(area), *word, *figures, "", ""]))
    return "\n".join(rows) + "\n"


def figure(number: int, area: int, year: int, group: int) -> tuple[str, str, str]:
    """Value, numerator and denominator as text; the groups of an area add up to everybody."""
    per = KINDS[number % len(KINDS)][4]
    halves = [half(number, area, year, side) for side in ((1, 2) if group == 0 else (group,))]
    numerator, people = (sum(part) for part in zip(*halves, strict=True))
    return f"{numerator * per / people:.1f}", str(numerator), str(people)


def half(number: int, area: int, year: int, side: int) -> tuple[int, int]:
    """Count and people of one of two groups: a level, a slope, and a wobble for each year."""
    share = KINDS[number % len(KINDS)][6]
    people = {0: 450_000, 1: 75_000}.get(area, 6_000 + int(4_500 * noise(area)))
    level = share * (0.8 + 0.4 * noise(number, area, side))
    slope = 0.04 * (noise(number, area, 77) - 0.5)
    wobble = 0.05 * (noise(number, area, year, side) - 0.5)
    return int(people * level * (1 + slope * year + wobble)), people


def forecasts(number: int) -> str:
    """forecasts.csv: one forecast, made afterwards from all years but the last three."""
    periods = KINDS[number % len(KINDS)][5]
    known = YEARS - 4
    value = float(figure(number, 2, known, 0)[0])
    rows = [
        "made_on,origin,scenario,method,author,assumptions,reconstructed,"
        "period,value,lower_80,upper_80,lower_95,upper_95"
    ]
    for ahead in range(1, 6):
        near, far = (value * share * ahead**0.5 for share in (0.02, 0.03))
        limits = ",".join(
            f"{x:.3f}" for x in (value - near, value + near, value - far, value + far)
        )
        rows.append(
            f"{EDITION[1]},{period(known, periods)},,last-value,Nobody,Nothing new is done,true,"
            f"{period(known + ahead, periods)},{value:.3f},{limits}"
        )
    return "\n".join(rows) + "\n"


def story(number: int) -> str:
    """story.md: about as much as people write."""
    sentence = f"What lies behind the figures of group {number + 1} is made up for measuring. "
    return "\n".join(
        [
            "Rates rise where people wait long, and fall where help comes early.",
            "",
            sentence * 4,
            "",
            "- *Waiting*: first visits take longer than they did.",
            "- *Cost*: fares rose, and people travel less for help.",
            "",
            sentence * 3,
        ]
    ) + "\n"  # fmt: skip


if __name__ == "__main__":
    main()
