"""Which cells of one indicator must be withheld, and the card without them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from databook.model import Disclosure, Indicator, Measurable, Unit
from databook.observations import Card, Context, M, ProtectedCard
from databook.performance import ProtectedMeasure
from databook.problems import Checked, Level, Place, Problem, in_order
from databook.programmes import Measure
from databook.protect.derived import (
    BY_LIMITS,
    NEARLY_NONE,
    by_limits,
    derived,
    is_share,
    places,
    printed,
    scale,
)
from databook.protect.proof import proven
from databook.sources import Table

# Everything from which a withheld count could be read or worked out.
WITHHELD = ("value", "numerator", "lower", "upper")

COUNTS = ("numerator", "denominator")
COUNTED = (*COUNTS, "lower", "upper")  # what tells, beside a share, on how many it rests

# A cell marked so is withheld whatever stands beside the mark.
CONFIDENTIAL = r"(^| )c( |$)"

# Reasons that are found in the value; the others are found in the numerator first.
_BY_VALUE = ("disclosure-derived", "disclosure-limits", "disclosure-withheld-value")


# Why each finding matters: one table, which the public list of checks shows too.
WHY: Mapping[str, str] = {
    "disclosure-small-count": "So few people can be recognised by those who know some of them.",
    "disclosure-complement": "Who is not among the many is as easily recognised as who "
    "is among the few.",
    "disclosure-derived": "A share of a known number of people is a count of people.",
    "disclosure-limits": "How wide an interval is tells on how many people it rests: the formula "
    "that made it can be turned round.",
    "disclosure-withheld-value": "Whoever opens the file reads the number that the mark "
    "promises to withhold.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One way in which a cell gives a small number away."""

    code: str
    found: pl.Expr
    what: str
    why: str
    fix: str


def card(
    card: Card[Indicator], context: Context, table: Table | None = None
) -> Checked[ProtectedCard]:
    """An indicator's card without what must be withheld, and an error for each such cell.

    With the `table` it was read from, errors know their column.
    """
    safe, problems = protected(card, context, table)
    safe, follows = proven(safe, context, table)
    problems = problems or follows  # what follows is told when the plain ones are mended
    return Checked(value=ProtectedCard(safe), problems=problems)


def measure(card: Card[Measure], context: Context) -> Checked[ProtectedMeasure]:
    """A measure's card, likewise."""
    safe, problems = protected(card, context)
    safe, follows = proven(safe, context)
    problems = problems or follows
    return Checked(value=ProtectedMeasure(safe), problems=problems)


def protected(
    card: Card[M], context: Context, table: Table | None = None
) -> tuple[Card[M], tuple[Problem, ...]]:
    """The card with every disclosive cell withheld, and an error for each one found.

    The returned card is safe even if a caller goes on despite the errors. Figures that a
    statistical body has already published under its own rules (`published_by`) are let through,
    except cells marked c.
    """
    indicator = card.indicator
    policy = indicator.disclosure or context.settings.disclosure
    frame = card.observations.frame
    if _surely_safe(frame, indicator, policy):
        return card, ()  # by far the most cards: nothing in them gives anybody away
    reasons: tuple[Reason, ...] = (_beside_marker(),)
    if not policy.published_by:
        if is_share(indicator):
            how, least = printed(frame, indicator), 1 if policy.zero_ok else 0
            frame = frame.with_columns(by_limits(frame, how, least, policy.threshold))
        reasons += _reasons(indicator, policy, places(frame, indicator))
    flagged = frame.with_columns(r.found.fill_null(False).alias(r.code) for r in reasons)
    if not any(flagged.select(pl.col(r.code).any() for r in reasons).row(0)):
        return card, ()
    problems = in_order(_problems(flagged, reasons, card, table))
    withheld = pl.any_horizontal(*(pl.col(r.code) for r in reasons))
    safe = flagged.with_columns(
        *(pl.when(~withheld).then(pl.col(c)).alias(c) for c in WITHHELD),
        _marked(withheld),
    ).select(card.observations.frame.columns)
    protected = replace(card, observations=replace(card.observations, frame=safe))
    return protected, problems


def _surely_safe(frame: pl.DataFrame, indicator: Measurable, policy: Disclosure) -> bool:
    """Whether a look at the smallest counts is enough to see that no reason can apply.

    It may say no of a safe card, never yes of another; a test holds it to that.
    """
    if frame["marker"].null_count() < frame.height:
        return False  # a mark may say that something is withheld
    if policy.published_by:
        return True
    most, least = policy.threshold, frame["numerator"].min()
    if indicator.unit is Unit.COUNT:
        smallest = frame["value"].min()
        return _above(smallest, most) and _above(least, most)
    if not is_share(indicator):
        return _above(least, most)
    told = [column for column in COUNTED if frame[column].null_count() < frame.height]
    if not told:
        return True  # shares, and nothing else
    # A share beside one of its counts, or beside limits, may give the other away, which takes the
    # long look; so may one that does not agree with both.
    if any(frame[column].null_count() for column in COUNTS):
        return False
    counted, base = frame["numerator"], frame["denominator"]
    if not _above(least, most) or not _above((base - counted).min(), most):
        return False
    meant = frame["value"] * base / scale(indicator)  # of what the share itself would be
    return _above(meant.min(), most + 1) and _above((base - meant).min(), most + 1)


def _above(smallest: object, most: int) -> bool:
    """Whether the smallest of some counts is no small one; none at all are none too few."""
    return smallest is None or (isinstance(smallest, float) and smallest > most)


def _reasons(indicator: Measurable, policy: Disclosure, places: int) -> tuple[Reason, ...]:
    most = policy.threshold
    numerator, denominator = pl.col("numerator"), pl.col("denominator")
    count = pl.col("value") if indicator.unit is Unit.COUNT else pl.lit(None, pl.Float64)
    complement = denominator - numerator
    least = 1 if policy.zero_ok else 0
    return (
        Reason(
            code="disclosure-small-count",
            found=_small(numerator, least, most) | _small(count, least, most),
            what=f"a count between {least} and {most} stands here",
            why=WHY["disclosure-small-count"],
            fix="Empty the value, numerator and limits and write c in “marker”; take the number "
            "out of the repository's history too, because older versions can still be read.",
        ),
        Reason(
            code="disclosure-complement",
            found=_small(complement, least, most) if is_share(indicator) else pl.lit(False),
            what=f"all but {least} to {most} people are counted here",
            why=WHY["disclosure-complement"],
            fix="Empty the value, numerator and limits and write c in “marker”.",
        ),
        Reason(
            code="disclosure-derived",
            found=derived(indicator, policy, places),
            what=f"what stands in the row gives away a count between {least} and {most}, or one "
            "that leaves as few",
            why=WHY["disclosure-derived"],
            fix="Empty the value and limits and write c in “marker” (without low or k), or leave "
            "out what tells it together with the value.",
        ),
        Reason(
            code="disclosure-limits",
            found=pl.col(BY_LIMITS) if is_share(indicator) else pl.lit(False),
            what=f"limits as far from the value as these belong to a count between {least} and "
            f"{most}, or to one that leaves as few",
            why=WHY["disclosure-limits"],
            fix="Leave out the limits, or empty the value too and write c in “marker”.",
        ),
    )


def _beside_marker() -> Reason:
    present = pl.any_horizontal(*(pl.col(c).is_not_null() for c in WITHHELD))
    return Reason(
        code="disclosure-withheld-value",
        found=pl.col("marker").str.contains(CONFIDENTIAL) & present,
        what="the row is marked c (withheld) but still holds a number",
        why=WHY["disclosure-withheld-value"],
        fix="Empty the value, numerator and limits; take the number out of the repository's "
        "history too.",
    )


def _small(amount: pl.Expr, least: int, most: int) -> pl.Expr:
    """Above zero (or from zero, where zeros are withheld) up to the threshold."""
    above = amount > 0 if least else amount >= 0
    return above & (amount <= most)


def _marked(withheld: pl.Expr) -> pl.Expr:
    """The mark c on each withheld cell, beside the marks it had but one that tells on it."""
    others = pl.col("marker").str.replace_all(NEARLY_NONE, " ").str.strip_chars()
    others = pl.when(others != "").then(others)
    marker = pl.when(withheld).then(others).otherwise(pl.col("marker"))
    already = marker.fill_null("").str.contains(CONFIDENTIAL)
    added = pl.concat_str([pl.lit("c"), marker], separator=" ", ignore_nulls=True)
    return pl.when(withheld & ~already).then(added).otherwise(marker).alias("marker")


def _column(reason: Reason, filled: list[str], indicator: Measurable) -> str:
    """The column of the file that gives the number away."""
    wanted = "value" if reason.code in _BY_VALUE or "numerator" not in filled else "numerator"
    ours = wanted if wanted in filled or not filled else filled[0]
    return (indicator.columns or {}).get(ours, ours)


def _problems(
    flagged: pl.DataFrame,
    reasons: tuple[Reason, ...],
    card: Card[Measurable],
    table: Table | None,
) -> Iterator[Problem]:
    """One error for each row and reason. The number itself is never said: logs are public."""
    indicator = card.indicator
    path = card.observations.path or f"scorecards/indicators/{indicator.slug}/data.csv"
    for reason in reasons:
        rows = flagged.filter(pl.col(reason.code))
        for line, code, area, *cells in rows.select("line", "code", "area", *WITHHELD).iter_rows():
            filled = [c for c, cell in zip(WITHHELD, cells, strict=True) if cell is not None]
            place = Place(path=path, line=line)
            if table is not None:
                place = table.place(line, _column(reason, filled, indicator))
            yield Problem(
                code=reason.code,
                level=Level.ERROR,
                place=place,
                what=f"For {area} in {code}, {reason.what}.",
                why=reason.why,
                fix=reason.fix,
            )
