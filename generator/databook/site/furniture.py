"""What a site needs besides its pages: search page, error page, sitemap, robots, headers."""

from __future__ import annotations

from collections.abc import Sequence

from databook.observations import Context
from databook.pages import Page
from databook.site.frame import Frame
from databook.site.hang import hang
from databook.site.place_names import place_names
from databook.site.policy import headers_file
from databook.site.sitemap import sitemaps

SEARCH = """<h1>Search</h1>
<div class="db-search-page" data-search-page>
<noscript><p>Searching needs JavaScript, which is not running here.</p></noscript>
<p>Everything in the book can be reached without searching:</p>
<ul>
<li><a href="root:indicators/">All indicators in one table</a></li>
<li><a href="root:frameworks/">Frameworks and their outcomes</a></li>
<li><a href="root:areas/">Portraits of places</a></li>
<li><a href="root:glossary/">What the words mean</a></li>
</ul>
<p>Your browser’s own search (<kbd>Ctrl</kbd> + <kbd>F</kbd>) finds words in the table of
indicators, which carries everyday names too.</p>
</div>"""

LOST = """<h1>This page is not here</h1>
<p>The address may be mistyped, or the page may have been taken out of this edition.</p>
<ul>
<li><a href="root:">Start from the home page</a></li>
<li><a href="root:indicators/">Look through all indicators</a></li>
<li><a href="root:search/">Search the book</a></li>
</ul>"""


def own_pages(context: Context) -> tuple[Page, ...]:
    """Pages of the site itself, to be hung like any other."""
    name = context.settings.short_title
    return (
        Page(
            path="search/",
            title="Search",
            description=f"Search {name} by everyday words, and narrow what you find.",
            content=SEARCH,
            section="search",
            scripts=("assets/databook/search-page.js",),
        ),
    )


def accompany(context: Context, frame: Frame, paths: Sequence[str]) -> dict[str, bytes]:
    """The files that stand beside the pages at `paths` ("" for home, "indicators/x/")."""
    address = context.settings.address
    lost = Page(path="404.html", title="Not found", description="", content=LOST, section="none")
    return {
        "404.html": hang(lost, frame, absolute=True),
        **sitemaps(address, paths, context.settings.edition.date.isoformat()),
        **place_names(context),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {address}sitemap.xml\n".encode(),
        "_headers": headers_file(paths),
        ".nojekyll": b"",  # GitHub Pages would else leave out names that start with _
    }
