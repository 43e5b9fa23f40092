"""The local navigation of pages about services leads only to pages that the book has.

Every such page names all kinds of paper (theme/pages/parts/local_nav.html.j2); which of them a
book has is known only when all pages are made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from databook.pages import Page

_NAV = re.compile(r'<nav class="db-local".*?</nav>', re.DOTALL)
_LINK = re.compile(r'<li><a href="root:([a-z/-]+)"[^>]*>[^<]*</a></li>\n?')


def lead_on(pages: Iterable[Page]) -> tuple[Page, ...]:
    """The pages, without links of their local navigation that would lead nowhere."""
    every = tuple(pages)
    there = {page.path for page in every}

    def kept(nav: re.Match[str]) -> str:
        return _LINK.sub(lambda link: link[0] if link[1] in there else "", nav[0])

    return tuple(replace(page, content=_NAV.sub(kept, page.content)) for page in every)
