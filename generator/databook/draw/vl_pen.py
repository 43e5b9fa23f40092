"""The other pen: vl-convert draws the picture from its Vega-Lite specification.

Some fifty times slower than the direct pen, and the judge of it: a test draws random findings
with both and compares every vertex.
"""

from __future__ import annotations

import re

from databook.draw import altair_spec, pen
from databook.draw.picture import Picture

# Vega gives every mark a role of its own; inside one picture with one name they are only noise.
_OWN_ROLES = re.compile(r' (?:role="graphics-[a-z]+"|aria-[a-z]+="[^"]*")')


def svg(picture: Picture, *, name: str, title: str, description: str) -> str:
    """The complete inline element, drawn by Vega."""
    import vl_convert

    spec = altair_spec.spec(picture, interactive=False)
    drawn: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    inside = _OWN_ROLES.sub("", drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")])
    return pen.wrap(picture, inside, name=name, title=title, description=description)
