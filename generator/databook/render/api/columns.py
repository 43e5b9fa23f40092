"""All published figures of an indicator or measure as one JSON document of columns.

Written by joining strings: a table of thousands of rows takes milliseconds.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import polars as pl

from databook.citing import Cited
from databook.model import Measurable
from databook.observations import Card, markers
from databook.render.api.declared import VERSION
from databook.render.api.statuses import status_of
from databook.render.api.writing import schema_address

NUMBERS = ("numerator", "denominator", "lower", "upper")


def observations(card: Card[Measurable], book: Cited, slug: str) -> bytes:
    """The document; it holds nothing of the edition, so it changes only when a figure does."""
    measured, frame = card.indicator, card.observations.frame
    head = {
        "$schema": schema_address("observations", book),
        "api": VERSION,
        "slug": slug,
        "unit": str(measured.unit),
        "per": measured.per,
        "unit_label": measured.unit_label,
        "periods": str(measured.periods),
        "totals": dict(card.observations.totals),
        "rows": frame.height,
    }
    columns = ",".join(f"{_json(name)}:{text}" for name, text in _columns(card).items())
    return f'{_json(head)[:-1]},"columns":{{{columns}}}}}\n'.encode()


def _columns(card: Card[Measurable]) -> dict[str, str]:
    frame = card.observations.frame
    shorthand = frame.select(
        (pl.col("value").is_null()).alias("missing"), pl.col("marker").fill_null("")
    )
    pairs = list(zip(*(shorthand[name].to_list() for name in shorthand.columns), strict=True))
    columns = {
        "period": _levels(frame["code"].to_list()),
        "area": _levels(frame["area"].to_list()),
        **{name: _levels(frame[name].to_list()) for name in card.observations.breakdowns},
        "value": _numbers(frame["value"]),
        "status": _levels(pairs, lambda pair: status_of(missing=pair[0], marked=markers(pair[1]))),
        "markers": _levels([text for _, text in pairs], markers),
    }
    for name in NUMBERS:
        if frame[name].null_count() < frame.height:
            columns[name] = _numbers(frame[name])
    notes = frame["note"].fill_null("").to_list()
    if any(notes):
        columns["note"] = _levels(notes)
    return columns


def _levels(values: Sequence[Any], said: Any = None) -> str:
    """A column of few different values, each said once."""
    levels = {value: code for code, value in enumerate(dict.fromkeys(values))}
    named = [said(level) for level in levels] if said else list(levels)
    codes = ",".join(map(str, map(levels.__getitem__, values)))
    return f'{{"levels":{_json(named)},"codes":[{codes}]}}'


def _numbers(column: pl.Series) -> str:
    """A column of numbers, each in its shortest decimal text."""
    texts = column.cast(pl.String).str.strip_suffix(".0").fill_null("null")
    return f'{{"values":[{",".join(texts.to_list())}]}}'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
