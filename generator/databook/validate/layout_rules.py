"""What a table must have before its cells can be read: its columns, and rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from databook.model import Measurable
from databook.sources import Path, Table
from databook.validate.faults import Fault, Rule, did_you_mean, error, listed, nearest
from databook.validate.figures import GROUPS, NEEDED, USUAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A table and the indicator that says how to read it."""

    table: Table
    indicator: Measurable
    # Columns that the data package describes: where the file differs, load has said so already.
    described: frozenset[str] | None = None
    grouped: bool = True  # whether the breakdowns could be read

    def present(self) -> list[str]:
        """Names of the file's columns."""
        return [c for c in self.table.frame.columns if c != "_line"]

    def absent(self) -> dict[str, str]:
        """Needed columns that are not there, each with the column that may be it."""
        mapping, present = self.indicator.columns or {}, self.present()
        needed = [*NEEDED, *(b.column for b in self.indicator.breakdowns if self.grouped)]
        theirs = [mapping.get(name, name) for name in needed]
        strange = [c for c in present if c not in USUAL and c not in theirs]
        found = {name: nearest(name, strange) for name in theirs if name not in present}
        if len(found) == len(strange) == 1 and self.declares(next(iter(found))):
            return dict.fromkeys(found, strange[0])  # one declared, one there: they are the same
        return found

    def declares(self, name: str) -> Path:
        """Where indicator.yaml names a column of its own, if it does: a breakdown, a mapping."""
        for ours, theirs in (self.indicator.columns or {}).items():
            if theirs == name:
                return ("columns", ours)
        for number, breakdown in enumerate(self.indicator.breakdowns):
            if breakdown.column == name:
                return ("breakdowns", number, "column")
        return ()


def columns_present(layout: Layout) -> Iterator[Fault]:
    """Without a period, an area and a value a row says nothing."""
    for name, near in layout.absent().items():
        if layout.described is not None and name in layout.described:
            continue
        at = layout.declares(name)
        if at and (not near or layout.described is None or near in layout.described):
            # File and data package agree; the one that names another column is indicator.yaml.
            hint = f"Did you mean “{near}”? " if near else ""
            yield Fault(
                what=f"The table has no column “{name}”.",
                fix=f"{hint}The table has {listed(layout.present())}.",
                path=at,
            )
            continue
        if near:
            what = f"The column “{near}” should be called “{name}”."
            fix = "Rename it in the file and in the data package"
        else:
            what = f"The table has no column “{name}”."
            fix = f"Name the column that holds it “{name}”"
        yield Fault(
            what=what,
            fix=f"{fix}, or say under “columns:” in indicator.yaml which column holds it. "
            f"The table has {listed(layout.present())}.",
            column=near,
        )


def columns_known(layout: Layout) -> Iterator[Fault]:
    """A column that databook does not know would not be published, and nobody would notice."""
    if layout.indicator.columns:
        return  # a table of another layout may carry more than we ask of it
    known = [*USUAL, *(b.column for b in layout.indicator.breakdowns)]
    meant = set(layout.absent().values())
    for name in layout.present():
        if name in known or name in meant:
            continue
        if layout.described is not None and name not in layout.described:
            continue
        yield Fault(
            what=f"The column “{name}” is neither a usual column nor a declared breakdown.",
            fix=f"{did_you_mean(name, known)}Rename or delete it, or declare it under "
            "“breakdowns:” in indicator.yaml.",
            column=name,
        )


def rows_present(layout: Layout) -> Iterator[Fault]:
    """A table of headings alone looks right and publishes nothing."""
    if layout.table.frame.height == 0:
        yield Fault(
            what="The table has headings but no rows.",
            fix="Add a row for each period and area.",
        )


LAYOUT_RULES: tuple[Rule[Layout], ...] = (
    error("column-missing", columns_present),
    error("column-unknown", columns_known, *GROUPS, "columns"),
    error("table-empty", rows_present),
)
