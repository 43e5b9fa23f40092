"""Numbers as text, with their units.

Rounds half away from zero on the decimal text of a number, as readers do, never in binary.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from databook.model import Measurable, Unit

NO_BREAK = "\u00a0"
MINUS = "\u2212"


def rounded(number: float, decimals: int) -> Decimal:
    """Round half away from zero, on the shortest decimal text of the number."""
    return Decimal(repr(float(number))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@lru_cache(maxsize=16384)  # a page says the same figure in sentences, tables and charts
def number(value: float, decimals: int) -> str:
    """A number with thousands commas and a true minus sign: -1234.5 -> "−1,234.5"."""
    text = f"{rounded(value, decimals):,f}"
    if text.startswith("-"):
        return text[1:] if not text.strip("-0.,") else MINUS + text[1:]
    return text


def bare(value: float, indicator: Measurable) -> str:
    """The value in the indicator's decimals, without its unit: for tables that name the unit."""
    return number(value, indicator.decimals)


def value(value: float, indicator: Measurable) -> str:
    """The value with its unit: "19.7%", "62.1 per 10,000 children", "£1,200", "39.5"."""
    text = bare(value, indicator)
    match indicator.unit:
        case Unit.PERCENT:
            return f"{text}%"
        case Unit.RATE:
            return f"{text} {indicator.unit_label}"
        case Unit.MONEY:
            return f"{MINUS}£{text[1:]}" if text.startswith(MINUS) else f"£{text}"
        case Unit.DAYS:
            return f"{text} days"
        case Unit.COUNT | Unit.SCORE | Unit.RATIO:
            return text


def brief(figure: float, indicator: Measurable) -> str:
    """The value short enough for a label: a rate loses its "per", which stands beside it."""
    return bare(figure, indicator) if indicator.unit is Unit.RATE else value(figure, indicator)


def size(difference: float, indicator: Measurable) -> str:
    """How large a difference is, without its sign: "1.6 percentage points", "£20", "3.2"."""
    text = number(abs(difference), indicator.decimals)
    match indicator.unit:
        case Unit.PERCENT:
            return f"{text} percentage point{'' if Decimal(text.replace(',', '')) == 1 else 's'}"
        case Unit.SCORE:
            return f"{text} point{'' if Decimal(text.replace(',', '')) == 1 else 's'}"
        case Unit.MONEY:
            return f"£{text}"
        case Unit.DAYS:
            return f"{text} days"
        case _:
            return text


def between(one: float, other: float, indicator: Measurable) -> str:
    """How far apart two figures are: "0.8 percentage points".

    Figures are shown rounded, and their difference is rounded only then; it says "before rounding"
    where readers who subtract what they see would get another number.
    """
    text, places = size(one - other, indicator), indicator.decimals
    seen = abs(rounded(one, places) - rounded(other, places))
    return text if seen == rounded(abs(one - other), places) else f"{text} before rounding"


def signed(difference: float, indicator: Measurable) -> str:
    """A difference with its sign: "+1.6", "−0.3", "0.0"."""
    text = number(difference, indicator.decimals)
    return text if text.startswith(MINUS) or difference == 0 else f"+{text}"


def pounds(pence: int) -> str:
    """Money in whole pence as people write it: "£1,344", "£672.27", "−£20"."""
    whole, rest = divmod(abs(pence), 100)
    return f"{MINUS if pence < 0 else ''}£{whole:,}" + (f".{rest:02d}" if rest else "")


def share(fraction: float, decimals: int = 0) -> str:
    """A fraction of 1 as a percentage."""
    return f"{number(100 * fraction, decimals)}%"
