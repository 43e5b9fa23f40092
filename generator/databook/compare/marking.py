"""Marks of revision that the book puts on by itself: [r], where an edition said otherwise."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from databook.compare.figures import keyed
from databook.compare.history import COUNTED_IN
from databook.model import Measurable
from databook.observations import Card, M, Observations

REVISED = "r"
BY_HAND = r"(^|[ \[])(r|er)($|[ \]])"  # the publisher's or the author's own mark


def marked(card: Card[M], before: Observations, was: Measurable) -> Card[M]:
    """The card, with [r] beside each figure that is another than in the edition before.

    Not where it is counted in another unit or kind of period: that is no revision.
    """
    if any(getattr(was, name) != getattr(card.indicator, name) for name in COUNTED_IN):
        return card
    observations = card.observations
    (old, new), keys = keyed(before, observations)
    frame = new.join(
        old.select(*keys, pl.col("value").alias("was")),
        on=keys, how="left", nulls_equal=True, maintain_order="left",
    )  # fmt: skip
    revised = (
        pl.col("was").is_not_null()
        & pl.col("value").is_not_null()
        & (pl.col("was") != pl.col("value"))
        & ~pl.col("marker").fill_null("").str.contains(BY_HAND)
    )
    mark = (
        pl.when(revised)
        .then(
            pl.concat_str(pl.col("marker").fill_null(""), pl.lit(f" {REVISED}")).str.strip_chars()
        )
        .otherwise(pl.col("marker"))
    )
    marks = frame.select(mark.alias("marker")).to_series()
    if marks.equals(observations.frame["marker"], null_equal=True):
        return card
    with_marks = observations.frame.with_columns(marks)
    return replace(card, observations=replace(observations, frame=with_marks))


def unmarked(observations: Observations) -> Observations:
    """The figures without marks of revision, which say something of the past and not of them."""
    bare = (
        pl.col("marker")
        .str.replace_all(r"\[r\]", "")
        .str.replace_all(r"(^|\s)r($|\s)", " ")
        .str.strip_chars()
    )
    frame = observations.frame.with_columns(
        pl.when(bare == "").then(None).otherwise(bare).alias("marker")
    )
    return replace(observations, frame=frame)
