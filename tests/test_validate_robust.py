"""Whatever stands in the files, the answer is problems and never an exception."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

import tiny
from databook import protect, validate
from databook.sources import Document, Package

JUNK: tuple[Any, ...] = (None, "x", [], {}, {"x": "y"}, [["x"]])


def paths(node: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [at] if at else []
    items = node.items() if isinstance(node, dict) else enumerate(node)
    if isinstance(node, dict | list):
        for key, value in items:
            found += paths(value, (*at, key))
    return found


def put(data: Any, path: tuple[Any, ...], value: Any) -> Any:
    changed = deepcopy(data)
    holder = changed
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return changed


RICH = tiny.indicator_text() + (
    "powers: {communication: high, proxy: low, data: low}\n"
    "breaks: [{period: 2023, reason: x}]\n"
    "columns: {value: value}\n"
    "disclosure: {threshold: 5}\n"
    "partners: [{name: a, role: b}]\n"
    "what_works: [{title: a, url: 'https://example.org'}]\n"
    "actions: [{title: a, owner: b, measure: c, due: 2027-01-01, state: proposed}]\n"
    "is_this_ok: {answer: a, text: b}\n"
)


def test_junk_at_any_place_of_indicator_yaml_is_told_at_that_file() -> None:
    folder, sound = tiny.sources().indicators["reading"], tiny.document(RICH)
    assert tiny.card(RICH).problems == ()
    for path in paths(sound.data):
        for junk in JUNK:
            document = replace(sound, data=put(sound.data, path, junk))
            found = validate.card(replace(folder, document=document), tiny.context())
            if found.value is not None:
                protect.card(found.value, tiny.context())


def test_junk_at_any_place_of_settings_and_frameworks_is_told() -> None:
    sources = tiny.sources()
    assert sources.settings is not None
    documents: list[tuple[str, Document]] = [
        ("settings", sources.settings),
        ("frameworks", sources.frameworks["good-start"]),
    ]
    for kind, sound in documents:
        for path in paths(sound.data):
            for junk in JUNK:
                document = replace(sound, data=put(sound.data, path, junk))
                part: Any = document if kind == "settings" else {"good-start": document}
                changed = replace(sources, **{kind: part})
                found = validate.context(changed)
                if found.value is not None:
                    validate.card(changed.indicators["reading"], found.value)
                    validate.across(found.value, [], changed)


CELL = st.sampled_from(
    [
        "",
        "2022",
        "2023",
        "22",
        "N1",
        "N9",
        "All",
        "Girls",
        "70",
        "-1",
        "1e9",
        "x",
        "c",
        "[p]",
        "9" * 13,
    ]
) | st.text(st.characters(codec="utf-8", exclude_characters='\n\r",'), max_size=6)


@settings(max_examples=60, deadline=None)
@given(
    columns=st.lists(
        st.sampled_from([*tiny.HEADINGS.split(","), "other", "line", "code"]),
        unique=True,
        min_size=1,
    ),
    rows=st.lists(st.lists(CELL, min_size=13, max_size=13), max_size=6),
    forecast=st.booleans(),
)
def test_junk_in_a_table_is_told(columns: list[str], rows: list[list[str]], forecast: bool) -> None:
    import polars as pl

    folder = tiny.sources().indicators["reading"]
    assert folder.package is not None
    table = folder.package.tables["data"]
    frame = pl.DataFrame(
        {
            **{c: [row[n] for row in rows] for n, c in enumerate(columns)},
            "_line": pl.Series(range(2, len(rows) + 2), dtype=pl.Int32),
        },
        schema={**dict.fromkeys(columns, pl.String), "_line": pl.Int32},
    )
    junk = replace(table, frame=frame)
    package = Package(descriptor=folder.package.descriptor, tables={"data": junk})
    changed = replace(folder, package=package)
    if forecast:
        changed = replace(folder, forecasts=junk)
    found = validate.card(changed, tiny.context())
    if found.value is not None:
        protect.card(found.value, tiny.context())
