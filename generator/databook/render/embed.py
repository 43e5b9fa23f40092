"""Pages for other sites' frames: one chart each, whole without a script, and its way home.

They hang in no frame of ours: they are small, carry no navigation, and have a policy of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from databook.model import Settings
from databook.pages import EMBED_POLICY
from databook.render.sharing import Shared
from databook.render.templates import fill

STYLE = "assets/databook/embed.css"


def embed_pages(
    charts: Iterable[Shared], settings: Settings, stamped: Mapping[str, str]
) -> dict[str, bytes]:
    """The embed page of each chart, by path. `stamped`: addresses of our assets."""
    style = stamped.get(STYLE, STYLE)
    return {
        f"{item.embed}index.html": fill(
            "embed.html.j2",
            item=item,
            settings=settings,
            policy=EMBED_POLICY,
            root="../" * item.embed.count("/"),
            style=style,
        ).encode()
        for item in charts
    }
