"""The nouns of a data book, as its YAML declares them: frozen values, checked at the door.

`validate` turns plain data into these; every later stage reads them and changes none. The
docstring under each field is the help that editors show (see `schema.py`).
"""

from databook.model.acknowledged import Acknowledged
from databook.model.action import Action, Idea, Judgement, Partner
from databook.model.choices import ActionState, Better, Power, Standing, Unit
from databook.model.indicators import (
    Break,
    Breakdown,
    Indicator,
    Powers,
    Source,
    Target,
    Vintage,
    VintagePoint,
)
from databook.model.measurable import Measurable
from databook.model.outcomes import Enabler, Framework, Outcome
from databook.model.places import Area, Neighbour
from databook.model.scalars import (
    STRICT,
    Day,
    Line,
    Number,
    OutcomeRef,
    PageAddress,
    Slug,
    Text,
    Title,
    Url,
    unspoken,
)
from databook.model.settings import (
    Accessibility,
    AreaPages,
    Comparisons,
    Disclosure,
    Edition,
    Moved,
    RatingScheme,
    Settings,
)

__all__ = [
    "STRICT",
    "Accessibility",
    "Acknowledged",
    "Action",
    "ActionState",
    "Area",
    "AreaPages",
    "Better",
    "Break",
    "Breakdown",
    "Comparisons",
    "Day",
    "Disclosure",
    "Edition",
    "Enabler",
    "Framework",
    "Idea",
    "Indicator",
    "Judgement",
    "Line",
    "Measurable",
    "Moved",
    "Neighbour",
    "Number",
    "Outcome",
    "OutcomeRef",
    "PageAddress",
    "Partner",
    "Power",
    "Powers",
    "RatingScheme",
    "Settings",
    "Slug",
    "Source",
    "Standing",
    "Target",
    "Text",
    "Title",
    "Unit",
    "Url",
    "Vintage",
    "VintagePoint",
    "unspoken",
]
