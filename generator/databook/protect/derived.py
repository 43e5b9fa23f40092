"""What the numbers of a row give away of a small count that is not written in them.

Over whole columns where arithmetic is enough, row by row where limits have to be turned round.
"""

from __future__ import annotations

import polars as pl

from databook.model import Disclosure, Measurable, Unit
from databook.protect import rows
from databook.protect.rows import WHOLE, Print, Span

NEARLY_NONE = r"(^| )(k|low)( |$)"  # rounds to zero, but is not zero
BY_LIMITS = "told by limits"  # a column while the rules are asked


def is_share(indicator: Measurable) -> bool:
    """Whether a value is a count out of another."""
    return indicator.unit in (Unit.PERCENT, Unit.RATE)


def derived(indicator: Measurable, policy: Disclosure, places: int) -> pl.Expr:
    """Whether every whole count that agrees with the published share is a small one.

    A share printed to d decimals says that the count lies within half a unit of the last decimal
    times the denominator. Decimals are taken from the whole column, since "5.0" loses its zero.
    A count with its share says as much of the denominator. The mark of what rounds to zero says
    that it is not zero.
    """
    nearly_none = pl.col("value").is_null() & pl.col("marker").str.contains(NEARLY_NONE)
    if indicator.unit is Unit.COUNT:
        return nearly_none  # whatever it was rounded to
    if not is_share(indicator):
        return pl.lit(False)
    per, least, most = scale(indicator), 1 if policy.zero_ok else 0, policy.threshold
    numerator, denominator, value = pl.col("numerator"), pl.col("denominator"), pl.col("value")
    half = pl.lit(0.5 * 10.0**-places)
    # A numerator that says the same adds nothing; one that does not is not what the share is of.
    # Rates often differ from their counts because they are standardised.
    near, implied = half * denominator / per, value * denominator / per
    alone = numerator.is_null()
    if indicator.unit is Unit.PERCENT or policy.round_to:
        whole = (implied - near - WHOLE).ceil() <= (implied + near + WHOLE).floor()
        alone |= differs(indicator, places) & whole
    alone &= denominator > 0
    lowest, greatest = numerator * per / (value + half), numerator * per / (value - half)
    without = denominator.is_null() & (value > half)
    base = (lowest + greatest) / 2 - numerator
    return (
        alone & _surely_small(implied, near, least, most)
        | alone & _surely_small(denominator - implied, near, least, most)
        | without & _surely_small(base, (greatest - lowest) / 2, least, most)
        | nearly_none & (near < most + 1)
    )


def differs(indicator: Measurable, places: int) -> pl.Expr:
    """Whether a share is not that of its counts, to half a unit of its last decimal."""
    share = pl.col("numerator") / pl.col("denominator") * scale(indicator)
    return (share - pl.col("value")).abs() > 0.5 * 10.0**-places + WHOLE


def scale(indicator: Measurable) -> float:
    """Out of how many a share is told."""
    return 100.0 if indicator.unit is Unit.PERCENT else float(indicator.per or 1)


def by_limits(frame: pl.DataFrame, how: Print, least: int, most: int) -> pl.Series:
    """Which rows tell a small count by their limits alone."""

    def few(span: Span) -> bool:
        return least <= span[0] and span[1] <= most

    told = [False] * frame.height
    printed = pl.all_horizontal(pl.col("value", "lower", "upper").is_not_null())
    wanted = frame.with_row_index("at").filter(printed & pl.col("numerator").is_null())
    columns = ("at", "value", "denominator", "lower", "upper")
    for row in wanted.select(*columns).iter_rows(named=True):
        known = rows.by_limits(row, how, few=most)
        told[row["at"]] = known is not None and (few(known.count) or few(known.left))
    return pl.Series(BY_LIMITS, told, dtype=pl.Boolean)


def printed(frame: pl.DataFrame, indicator: Measurable) -> Print:
    """How an indicator's shares are printed."""
    limits = frame.select(pl.max_horizontal(_decimals(pl.col("lower", "upper")).max())).item()
    return Print(
        scale=scale(indicator),
        percent=indicator.unit is Unit.PERCENT,
        half=0.5 * 10.0 ** -places(frame, indicator),
        near=0.5 * 10.0 ** -max(indicator.decimals, limits or 0),
    )


def _surely_small(implied: pl.Expr, half: pl.Expr, least: int, most: int) -> pl.Expr:
    fewest, greatest = (implied - half - WHOLE).ceil(), (implied + half + WHOLE).floor()
    nearest = implied.round()
    # No whole count agrees (the source contradicts itself): the nearest one is what people see.
    none_agrees = fewest > greatest
    fewest = pl.when(none_agrees).then(nearest).otherwise(fewest)
    greatest = pl.when(none_agrees).then(nearest).otherwise(greatest)
    return (fewest >= least) & (greatest <= most) & (greatest >= 0)


def places(frame: pl.DataFrame, indicator: Measurable) -> int:
    """At least as many decimals as the indicator shows, or as any of its figures was printed with.

    Asked once, before the rules: as a part of their expressions it would be worked out anew at
    each of its two dozen mentions.
    """
    seen = frame.select(_decimals(pl.col("value")).max()).item()
    return max(indicator.decimals, seen or 0)


def _decimals(value: pl.Expr) -> pl.Expr:
    text = value.cast(pl.String)
    seen = text.str.extract(r"\.([0-9]+)$").str.strip_chars_end("0").str.len_chars().fill_null(0)
    return pl.when(text.str.contains("e-")).then(10).otherwise(seen).cast(pl.Int32)
