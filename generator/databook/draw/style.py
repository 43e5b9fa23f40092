"""How each role of a mark looks, in both pens: colour, weight, dash, size. No layout.

Colours are CSS custom properties with a fallback for light paper, so a picture in a page follows
the reader's scheme (`theme/assets/databook/charts.css`) and a picture on its own still has
colour. Nothing is told by colour alone: lines differ in weight and dash too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from databook.lettering import text_width as text_width

# Government Analysis Function palette where it reaches 3:1 on its ground; the orange is darkened
# to do so, and the greys are as quiet as 3:1 on white allows.
COLOURS: Mapping[str, str] = {
    "own": "#12436D",
    "country": "#B8460B",
    "region": "#1B7A72",
    "peer": "#8B93A0",
    "frozen": "#801650",
    "target": "#3D3D3D",
    "ink": "#1B1F27",
    "soft": "#57606D",
    "bar": "#5B82A6",
    "grid": "#E3E7EC",
    "shade": "#EEF1F4",
    "paper": "#FFFFFF",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The look of a role. Zero or empty means: not that."""

    fill: str = ""
    stroke: str = ""
    width: float = 0
    dash: tuple[float, ...] = ()
    opacity: float = 1
    radius: float = 0
    bold: bool = False


BOXES = {
    "shade": Look(fill="shade"),
    "bar": Look(fill="bar"),
}
BANDS = {
    "band-95": Look(fill="own", opacity=0.10),
    "band-80": Look(fill="own", opacity=0.16),
    "target-range": Look(fill="target", opacity=0.10),
    "peer-range": Look(fill="peer", opacity=0.25),
}
RULES = {
    "grid": Look(stroke="grid", width=1),
    "axis": Look(stroke="soft", width=1),
    "zero": Look(stroke="soft", width=1),
    "break": Look(stroke="soft", width=1.25, dash=(1, 3)),
    "target": Look(stroke="target", width=1.5, dash=(10, 3, 2, 3)),
    "mean": Look(stroke="soft", width=1.25),
    "limit": Look(stroke="soft", width=1.5, dash=(6, 4)),
    "whisker": Look(stroke="own", width=1.25, opacity=0.7),
    "whisker-bar": Look(stroke="ink", width=1.5),
    "country-tick": Look(stroke="country", width=3),
}
LINES = {
    "peer": Look(stroke="peer", width=0.9, opacity=0.75),
    "older": Look(stroke="frozen", width=0.9, dash=(1, 3)),
    "region": Look(stroke="region", width=1.5, dash=(1.5, 3)),
    "country": Look(stroke="country", width=2.25, dash=(7, 4)),
    "own-quiet": Look(stroke="own", width=1.25),
    "country-quiet": Look(stroke="country", width=1.25, dash=(5, 3)),
    "other": Look(stroke="ink", width=2.25),
    "frozen": Look(stroke="frozen", width=1.75, dash=(9, 3, 2, 3)),
    "forecast": Look(stroke="own", width=2.25, dash=(2, 4)),
    "own": Look(stroke="own", width=3),
}
DOTS = {
    "peer": Look(fill="peer", radius=1.5),
    "region": Look(fill="region", radius=2.5),
    "country": Look(fill="country", radius=3),
    "own-quiet": Look(fill="own", radius=1.75),
    "country-quiet": Look(fill="country", radius=1.75),
    "other": Look(fill="ink", radius=2),
    "other-latest": Look(fill="ink", radius=3),
    "target": Look(fill="paper", stroke="target", width=1.75, radius=4),
    "own": Look(fill="own", radius=3),
    "own-small": Look(fill="own", radius=1.75),
    "own-latest": Look(fill="own", radius=5),
    # A signal is larger than a usual figure; the worse ones are rings, so no colour is needed.
    "signal-better": Look(fill="own", radius=5),
    "signal-worse": Look(fill="paper", stroke="country", width=3, radius=4.5),
    "signal-other": Look(fill="paper", stroke="own", width=2, radius=4.5),
    "own-provisional": Look(fill="paper", stroke="own", width=2, radius=3.5),
    "own-latest-provisional": Look(fill="paper", stroke="own", width=2.5, radius=4.75),
}
LEADERS = {
    "leader": Look(stroke="soft", width=0.75, opacity=0.8),
    "key-own": Look(stroke="own", width=1.25),
    "key-country": Look(stroke="country", width=1.25, dash=(5, 3)),
    "key-other": Look(stroke="ink", width=2.25),
    "key-whisker": Look(stroke="ink", width=1.5),
    "key-tick": Look(stroke="country", width=3),
}
LABELS = {
    "tick": Look(fill="soft"),
    "unit": Look(fill="soft"),
    "word": Look(fill="soft"),
    "peer": Look(fill="soft"),
    "own": Look(fill="own", bold=True),
    "country": Look(fill="country", bold=True),
    "region": Look(fill="region"),
    "forecast": Look(fill="own"),
    "frozen": Look(fill="frozen"),
    "target": Look(fill="target"),
    "name": Look(fill="ink"),
    "figure": Look(fill="ink", bold=True),
}

# A narrow picture is laid out 300 px wide and shown in a column of 260 px or more (what a window
# of 320 px leaves), a wide one at 652 px or more: in both, 14 px still come out at 12 px.
TEXT = 14.0


def colour(name: str) -> str:
    """The paint of a colour's name."""
    return f"var(--db-{name}, {COLOURS[name]})"
