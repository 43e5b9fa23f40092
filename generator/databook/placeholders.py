"""What `databook new` writes where somebody's own words belong: known to the check by heart.

A test keeps these the ones of `starter/kinds`. A whole new book is an example that passes without
a warning, so what stands in its settings is not among them.
"""

from __future__ import annotations

TO_BE_WRITTEN = frozenset(
    {
        "Write a number that shows an effect, such as: 20 more families helped",
        "Write a subject heading",
        "Write exactly what is counted, over what.",
        "Write in a sentence or two what the board is for.",
        "Write in a sentence or two what the plan is to change, and for whom.",
        "Write in a sentence or two what the programme is.",
        "Write in a sentence or two what was audited, by whom and why.",
        "Write in a sentence or two who is paid for what.",
        "Write in one sentence what is counted.",
        "Write the agency's name",
        "Write the first recommendation",
        "Write the first standard",
        "Write the first thing that it is to do",
        "Write the name of the publication",
        "Write the page",
        "Write the place",
        "Write the provider's name",
        "Write the role or body that answers for it",
        "Write what is done about it",
        "Write what it needs, or that it costs nothing",
        "Write what providers may spend it on.",
        "Write what the service does.",
        "Write where its terms of reference are published",
        "Write where the agreement is published",
        "Write where the measure comes from",
        "Write where the plan is published",
        "Write where the programme comes from",
        "Write where the standards come from",
        "Write which body publishes the figures",
        "Write who its customers are",
        "Write whose",
        "Write whose scale of grades it is",
        "write the unit in words",
        "{value} in {place} (write the figure as a sentence)",
    }
)
