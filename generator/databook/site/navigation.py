"""Where the header and the footer lead, and which entry a page lights."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from databook.observations import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One link of the navigation. `key` is the section that lights it."""

    key: str
    title: str
    path: str
    children: tuple[Entry, ...] = ()


def _brief(title: str) -> str:
    """A title as a bar has room for it: what stands before a colon."""
    return title.split(": ")[0]


def entries(context: Context) -> tuple[Entry, ...]:
    """The tabs in order, with the pages that stand under them."""
    return (
        Entry(key="home", title="Home", path=""),
        Entry(
            key="outcomes",
            title="Outcomes",
            path="frameworks/",
            children=tuple(
                Entry(
                    key=f"frameworks/{f.slug}", title=_brief(f.title), path=f"frameworks/{f.slug}/"
                )
                for f in context.frameworks
            ),
        ),
        Entry(key="indicators", title="Indicators", path="indicators/"),
        Entry(key="services", title="Services", path="programmes/"),
        Entry(key="areas", title="Places", path="areas/"),
        Entry(
            key="data",
            title="Data",
            path="data/",
            children=(Entry(key="data/machines", title="For machines", path="data/machines/"),),
        ),
        Entry(
            key="method",
            title="Method",
            path="method/",
            children=(
                Entry(
                    key="method/worked-examples",
                    title="Worked examples",
                    path="method/worked-examples/",
                ),
                Entry(
                    key="method/forecast-record",
                    title="Record of forecasts",
                    path="method/forecast-record/",
                ),
            ),
        ),
        Entry(
            key="about",
            title="About",
            path="about/",
            children=(
                Entry(key="glossary", title="Glossary", path="glossary/"),
                Entry(key="contribute", title="Contribute", path="contribute/"),
                Entry(key="accessibility", title="Accessibility", path="accessibility/"),
            ),
        ),
    )


FOOTER = (
    Entry(key="accessibility", title="Accessibility", path="accessibility/"),
    Entry(key="method", title="Method", path="method/"),
    Entry(key="glossary", title="Glossary", path="glossary/"),
    Entry(key="licences", title="Licences of the software", path="licences.txt"),
)


def everything(tabs: tuple[Entry, ...]) -> Iterator[tuple[Entry, Entry]]:
    """Each entry with the tab it belongs to."""
    for tab in tabs:
        yield tab, tab
        for child in tab.children:
            yield child, tab
