"""The public list of checks: every rule there is, with its code and reason."""

from __future__ import annotations

from typing import Any

from databook.problems import Level
from databook.validate import (
    acknowledging,
    book_rules,
    cell_rules,
    entrance,
    framework_rules,
    indicator_rules,
    language,
    layout_rules,
    links,
    misfits,
    mixup_rules,
    pages_named,
    performance,
    place_rules,
    plausible_rules,
    row_rules,
    rows,
    series_rules,
    settings_rules,
    time_rules,
    unwritten,
    vintage_rules,
)
from databook.validate.calendar import KEPT
from databook.validate.calendar import RULES as CALENDAR_RULES
from databook.validate.faults import Check, Rule


def checks() -> tuple[Check, ...]:
    """Every rule. A test proves that none by which a pinned mistake is told is left out."""
    listed: tuple[Rule[Any] | rows.RowRule, ...] = (
        *settings_rules.RULES,
        *framework_rules.RULES,
        *language.RULES,
        *book_rules.RULES,
        *place_rules.AREA_RULES,
        *place_rules.NEIGHBOUR_RULES,
        *entrance.FOLDER_RULES,
        *unwritten.RULES,
        *indicator_rules.RULES,
        *time_rules.RULES,
        *language.INDICATOR_RULES,
        *layout_rules.LAYOUT_RULES,
        *cell_rules.CELL_RULES,
        *row_rules.RULES,
        *series_rules.RULES,
        *plausible_rules.RULES,
        *mixup_rules.RULES,
        *vintage_rules.RULES,
        *links.RULES,
        *(rule for kind in performance.KINDS for rule in kind.rules),
        *performance.PROGRAMME_RULES,
    )
    shapes = (Check(code=c, level=Level.ERROR, why=w) for c, w in misfits.WHY.items())
    known = Check(code=acknowledging.CODE, level=Level.WARNING, why=acknowledging.WHY)
    led = Check(code="page-unknown", level=Level.ERROR, why=pages_named.LED)
    still = Check(code="moved-still-there", level=Level.ERROR, why=pages_named.STILL)
    dated: tuple[Rule[Any], ...] = (*CALENDAR_RULES, KEPT)
    days = (Check(code=r.code, level=r.level, why=r.why) for r in dated)
    return (
        *shapes,
        known,
        led,
        still,
        *days,
        *(Check(code=r.code, level=r.level, why=r.why) for r in listed),
    )
