"""Words of which one is chosen, and what each means."""

from __future__ import annotations

from enum import StrEnum


class Better(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class Unit(StrEnum):
    """What a value counts. `per` says how many people a rate is per."""

    PERCENT = "percent"
    RATE = "rate"
    COUNT = "count"
    SCORE = "score"
    RATIO = "ratio"
    MONEY = "money"
    DAYS = "days"


class Standing(StrEnum):
    """Place of an indicator among the measures of an outcome."""

    HEADLINE = "headline"
    SECONDARY = "secondary"
    DEVELOPMENT = "development"


class Power(StrEnum):
    """How strong an indicator is on one of the three tests."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class ActionState(StrEnum):
    """How far an action has come: signing off is not the end, its effect is."""

    PROPOSED = "proposed"
    SIGNED_OFF = "signed off"
    IN_PROGRESS = "in progress"
    IMPLEMENTED = "implemented"
    EFFECT_OBSERVED = "effect observed"
    NOT_COMMISSIONED = "not commissioned"
