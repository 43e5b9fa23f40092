"""What each value of a choice means, for the list that an editor shows while one types.

Keyed by the name of the enumeration, or by "Class.field" where the choice has no name.
"""

from __future__ import annotations

from collections.abc import Mapping

from databook.periods import EXPECTED

_QUADRANTS = {
    "effort-quantity": "How much did we do? Customers served, activities by type: least important.",
    "effort-quality": "How well did we do it? Timeliness, staff, completion: second.",
    "effect-quantity": "Is anyone better off, as a number? Third.",
    "effect-quality": "Is anyone better off, as a percentage? Most important.",
}
_MARKERS = {
    "": "Nothing to mark.",
    "c": "Confidential: withheld so that nobody can be identified.",
    "e": "Estimated.",
    "p": "Provisional: may be revised.",
    "r": "Revised since it was first published.",
    "w": "None recorded.",
    "x": "Not available.",
    "z": "Not applicable.",
}
_LEVELS = {"low": "Low.", "medium": "Medium.", "high": "High."}

MEANING: Mapping[str, Mapping[str, str]] = {
    "Better": {
        "higher": "More of it is better, as with pupils who read well.",
        "lower": "Less of it is better, as with deaths.",
        "neutral": "Neither: say why in better_reason. No better, worse or colour is shown.",
    },
    "RatingScheme.lower_is_better": {
        "mirrored": "2 less the figure divided by the target: 22 against 20 is 90%.",
        "unsaid": "Its source does not say. Counted as mirrored, and plans are marked for it.",
    },
    "Unit": {
        "percent": "A share of a whole, from 0 to 100.",
        "rate": "So many per a round number of people: say how many in per.",
        "count": "A number of people or things.",
        "score": "A score on a scale of its own; it may be below zero.",
        "ratio": "One number divided by another, such as children for each worker.",
        "money": "Pounds.",
        "days": "A length of time in days.",
    },
    "Standing": {
        "headline": "One of the three to five that lead an outcome: high on all three powers, "
        "with story, partners and actions.",
        "secondary": "Good, but not chosen to lead.",
        "development": "On the data development agenda: wanted, but without good data yet.",
    },
    "Power": {
        "high": "Strong on this test. Headlines are high on all three.",
        "medium": "Middling on this test.",
        "low": "Weak on this test.",
    },
    "ActionState": {
        "proposed": "Somebody has suggested it.",
        "signed off": "Agreed; nothing has been done yet.",
        "in progress": "Being done.",
        "implemented": "Done; whether it had an effect is not known yet.",
        "effect observed": "Done, and its effect has been seen: only now is it finished.",
        "not commissioned": "Planned, but nobody was asked to do it.",
    },
    "PeriodType": {kind.value: f"Write {words}." for kind, words in EXPECTED.items()},
    "Quadrant": _QUADRANTS,
    "Trigger.quadrant": _QUADRANTS,
    "AuditType": {
        "section-11": "Agencies against the standards of section 11 of the Children Act 2004.",
        "single-agency": "One agency looks at its own work.",
        "multi-agency": "Several agencies look at the same cases together.",
        "themed-review": "A wide look at one subject: practice, research, users' experience.",
        "serious-case-review": "What is to be learned from one grave case.",
        "child-death-overview": "Rapid response to child deaths, and an overview of them.",
    },
    "Grade": {
        "met": "The standard is met, with evidence.",
        "partly met": "Some of it is met: an action says what is missing.",
        "not met": "It is not met: an action says what is done.",
        "not assessed": "Nobody has looked yet.",
        "not applicable": "The standard does not apply to this agency.",
    },
    "Frequency": {
        "at each meeting": "Each time the board meets.",
        "monthly": "Every month.",
        "quarterly": "Every three months.",
        "six-monthly": "Twice a year.",
        "annual": "Once a year.",
        "once": "One time only.",
    },
    "StepState": {
        "not claimed": "Nobody says that it has been done.",
        "not begun": "Nothing has been done.",
        "begun": "Some of it has been done.",
        "done": "Done, with evidence.",
    },
    "Carried": {
        "carried": "This book carries all of it.",
        "partly carried": "This book carries some of it.",
        "not yet carried": "This book does not carry it yet.",
        "lost in the source": "It cannot be read in the source.",
    },
    "Disclosure.running": {
        "": "Each figure counts its own period only.",
        "calendar-year": "Counted from January on.",
        "financial-year": "Counted from April on.",
        "academic-year": "Counted from September on.",
    },
    "Settings.pictures": {
        "svg": "Drawings only: small, sharp at any size, and they cost no time.",
        "png": "Pixels as well, and a preview of each indicator for messages.",
    },
    "Comparisons.neighbours": {
        "mean": "The simple average: each place counts the same.",
        "median": "The one in the middle: extremes count for less.",
    },
    "Idea.cost": {
        "": "Not said.",
        "no-cost": "It takes no money.",
        "low-cost": "It takes little money.",
        "funded": "It takes money that somebody must find.",
    },
    "PopulationItem.kind": {
        "indicator": "It can be counted for a whole population.",
        "outcome": "It has no data in it: a condition of people's lives.",
    },
    "Agency.duty": {
        "statutory": "The law asks it of them.",
        "commissioned": "A contract asks it of them.",
        "voluntary": "They do it of their own accord.",
    },
    "Process.covers": {
        "unexpected deaths": "Deaths that nobody expected a day before.",
        "all deaths": "Every death of a child who lives in the area.",
    },
    "Board.reports_on": {
        "": "Nothing beyond what is listed.",
        "the book's indicators": "The report lists the indicators of this book.",
    },
    "Risk.likelihood": _LEVELS,
    "Risk.impact": _LEVELS,
    "Cell.marker": _MARKERS,
    "Figure.marker": _MARKERS,
    "Count.marker": _MARKERS,
}
