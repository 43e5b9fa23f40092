"""Which subject that appears is one that vanished, under another name."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from databook.changes import Shown

# Share of the smaller table's figures that must be equal, place by place and period by period,
# for two tables to be taken for one; and how many at least, for a few may be equal by chance.
SAME_FIGURES = 0.5
AT_LEAST = 3


def moves(gone: Mapping[str, Shown], come: Mapping[str, Shown]) -> dict[str, str]:
    """New key to old key, the surest pairs first; each is used once and kinds do not mix."""
    pairs = [
        (_likeness(old, new), old_key, new_key)
        for old_key, old in gone.items()
        for new_key, new in come.items()
        if old_key.split("/")[0] == new_key.split("/")[0]
    ]
    found: dict[str, str] = {}
    for likeness, old_key, new_key in sorted(pairs, key=lambda p: (-p[0], p[1], p[2])):
        if likeness >= SAME_FIGURES and new_key not in found and old_key not in found.values():
            found[new_key] = old_key
    return found


def _likeness(old: Shown, new: Shown) -> float:
    """From 0 to 1 by equal figures, and 1 more for an equal title."""
    same_title = old.card.indicator.title.casefold() == new.card.indicator.title.casefold()
    one, other = (_values(shown) for shown in (old, new))
    equal = one.join(other, on=("code", "area", "value"), how="semi").height
    smaller = min(one.height, other.height)
    share = equal / smaller if equal >= AT_LEAST and smaller else 0.0
    return share + (1.0 if same_title else 0.0)


def _values(shown: Shown) -> pl.DataFrame:
    frame = shown.card.observations.everybody().select("code", "area", "value")
    return frame.drop_nulls().unique()
