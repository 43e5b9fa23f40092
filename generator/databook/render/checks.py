"""The page that explains every check, with an anchor for each code."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from databook.pages import Page, SearchRecord
from databook.problems import Explained
from databook.render.templates import fill

# What the first word of a code is about, in the order in which people meet them.
ABOUT = {
    "yaml": "YAML files", "key": "YAML files", "value": "Values", "choice": "YAML files",
    "type": "YAML files", "number": "Values", "date": "YAML files", "truth": "YAML files",
    "length": "YAML files", "pattern": "YAML files", "file": "YAML files",
    "table": "Tables", "row": "Tables", "column": "Tables", "columns": "Tables",
    "period": "Figures", "percent": "Figures", "part": "Figures", "count": "Figures",
    "limits": "Figures", "aggregate": "Figures", "total": "Figures", "group": "Figures",
    "marker": "Figures", "area": "Places", "neighbour": "Places", "place": "Places",
    "package": "Data packages", "folder": "Folders and files", "text": "Text",
    "link": "Links and pictures", "picture": "Links and pictures", "heading": "Text",
    "page": "Text", "disclosure": "Small numbers", "raw": "Small numbers",
    "withheld": "Small numbers", "forecast": "Forecasts", "figures": "Figures", "unit": "Figures",
    "areas": "Figures", "kind": "YAML files", "mkdocs": "Folders and files",
    "moved": "Links and pictures",
}  # fmt: skip
REST = "Meaning and language"


def checks_page(explained: Sequence[Explained]) -> Page:
    """All checks, gathered by what they are about."""

    def about(check: Explained) -> str:
        return ABOUT.get(check.code.split("-")[0], REST)

    ordered = sorted(explained, key=lambda check: (about(check) == REST, about(check), check.code))
    groups = [(name, list(found)) for name, found in groupby(ordered, key=about)]
    return Page(
        path="checks/",
        title="What the check finds",
        description="Every mistake that databook check knows, why it matters, an example of it "
        "and how to mend it.",
        content=fill("checks.html.j2", groups=groups, count=len(explained)),
        section="contribute",
        search=SearchRecord(
            title="What the check finds",
            text=" ".join(check.code for check in explained),
            synonyms=("errors", "warnings", "mistakes", "codes", "validation"),
            summary="Every mistake that the check knows, and how to mend it.",
        ),
    )
