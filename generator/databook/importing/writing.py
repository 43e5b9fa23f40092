"""The files of an indicator's folder, from what was understood of a sheet.

What only a person can write is left empty with a question beside it: the check then names each
line that is still to be filled.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping

from databook.importing.answers import Understanding

SCHEMA = "# yaml-language-server: $schema=../../schemas/indicator.schema.json"
_NUMBERS = ("value", "numerator", "denominator", "lower", "upper")
_OTHERS = _NUMBERS[1:]


def files(found: Understanding, slug: str) -> Mapping[str, str]:
    """Name and text of each file of the folder."""
    return {
        "data.csv": _data(found),
        "datapackage.yaml": _package(found, slug),
        "indicator.yaml": "\n".join(_indicator(found, slug)) + "\n",
    }


def column_names(found: Understanding) -> tuple[str, ...]:
    """The columns of data.csv that hold groups, named as columns are."""
    names: list[str] = []
    for heading, _, _ in found.groups:
        name = re.sub(r"[^a-z0-9]+", "_", heading.casefold()).strip("_")[:36] or "group"
        name = name if name[0].isalpha() else f"group_{name}"
        usual = {"period", "area", "value", "marker", "note", *_OTHERS, *names}
        names.append(f"{name}_2" if name in usual else name)
    return tuple(names)


def _data(found: Understanding) -> str:
    out = io.StringIO(newline="")
    write = csv.writer(out, lineterminator="\n")
    at = [number for number, name in enumerate(_OTHERS) if name in found.used]
    marks = [name for name in ("marker", "note") if name in found.used]
    write.writerow(["period", "area", *column_names(found), "value",
                    *(_OTHERS[number] for number in at), *marks])  # fmt: skip
    for row in found.rows:
        write.writerow([row.period, row.area, *row.groups, row.value,
                        *(row.others[number] for number in at),
                        *(getattr(row, name) for name in marks)])  # fmt: skip
    return out.getvalue()


def _package(found: Understanding, slug: str) -> str:
    groups = column_names(found)
    names = ["period", "area", *groups, "value", *(n for n in _OTHERS if n in found.used),
             *(n for n in ("marker", "note") if n in found.used)]  # fmt: skip
    key = ", ".join(_said(name) for name in ("period", "area", *groups))
    lines = [
        f"name: {_said(slug)}", f"title: {_said(_title(found, slug))}", "resources:",
        '  - name: "data"', '    path: "data.csv"', '    format: "csv"',
        '    mediatype: "text/csv"', '    encoding: "utf-8"', "    schema:", "      fields:",
    ]  # fmt: skip
    for name in names:
        kind = "number" if name in _NUMBERS else "string"
        must = ", constraints: {required: true}" if name in ("period", "area") else ""
        lines.append(f'        - {{name: {_said(name)}, type: "{kind}"{must}}}')
    lines += ['      missingValues: [""]', f"      primaryKey: [{key}]"]
    return "\n".join(lines) + "\n"


def _indicator(found: Understanding, slug: str) -> Iterator[str]:
    title = _title(found, slug)
    yield SCHEMA
    yield "# Imported from a sheet. Fill in what is empty: `databook check` names each line."
    yield from (f"# The sheet says: {' '.join(text.split())[:160]}" for text in found.texts[:12])
    yield "format: 1"
    yield 'kind: "indicator"'
    yield f"title: {_said(title)}  # In plain English?"
    yield f"short: {_said(title[:60].rstrip())}  # A name for tables and charts"
    yield "plain:  # What is it, in one sentence that anybody understands?"
    yield "reads_as:  # The figure as a sentence with {value} and {place} in it, in quotes"
    yield "population:  # Whose lives does it describe, and where?"
    if found.percent:
        yield 'unit: "percent"'
        yield 'unit_label: "%"  # Percent of whom? "% of pupils"'
    else:
        yield "unit:  # percent, rate, count, score, ratio, money or days? A rate also needs `per`"
        yield 'unit_label:  # The unit in words: "per 10,000 children"'
    yield f"decimals: {found.decimals}"
    yield "better:  # higher, lower or neutral: which way is good?"
    yield 'standing: "development"  # Until it is ready; then headline or secondary'
    yield "outcomes:  # Which outcomes does it speak to? A list of framework/outcome"
    yield f"periods: {_said(found.kind or '')}"
    yield "definition:  # Exactly what is counted, over what?"
    yield "topic:  # A subject heading for lists"
    yield "source:"
    yield "  publisher:  # Which body published the figures?"
    yield "  title:  # In which publication?"
    yield "  url:  # At which address? https://…"
    yield "  released:  # When did the newest figures come out? 2025-11 or 2025-11-27, in quotes"
    if found.groups:
        yield "breakdowns:"
    for name, (heading, total, groups) in zip(column_names(found), found.groups, strict=True):
        yield f"  - column: {_said(name)}"
        yield f"    title: {_said(heading)}"
        yield f"    total: {_said(total)}"
        yield "    groups:"
        yield from (f"      - {_said(group)}" for group in groups)


def _title(found: Understanding, slug: str) -> str:
    words = slug.replace("-", " ").capitalize()
    usual = found.measure.casefold() in ("value", "rate", "percent", "percentage", "%", "figure")
    title = found.title or ("" if usual else found.measure.replace("_", " ").capitalize())
    return " ".join((title or words).split())[:120].strip()


def _said(text: str) -> str:
    """Text in double quotes, as both JSON and YAML read it."""
    return json.dumps(text, ensure_ascii=False)
