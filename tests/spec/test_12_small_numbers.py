"""Small numbers: what follows by subtraction, the fewest cells to withhold, and rounding."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from recorder import Example, Method

from databook.model import Disclosure
from databook.protect import attack
from databook.protect.margins import safe_table
from databook.protect.raw import Rule, Safe, safe
from databook.protect.sums import Exposed, Figure, Need, System, adds_up

METHOD = Method(
    title="Small numbers and what follows by subtraction",
    words="""
    A count from 1 to 5 is withheld, and so are others without which it would follow from totals.
    Whether it follows is proved: the lowest and the highest whole number are found that could
    stand in its place without any published sum being wrong. The table of the first two examples
    is one that handbooks use; its counts are of nobody.""",
    formula="""
    a withheld number is safe if its highest possible value less its lowest is at least 5 and the
    highest is above 5. Of all choices of further cells that make every withheld number safe, the
    one with the fewest cells is taken, and of those the one with the fewest people.""",
    source="""
    Federal Committee on Statistical Methodology, Statistical Policy Working Paper 22 (second
    version, 2005), which prints the table; A. Hundepohl and others, Statistical Disclosure
    Control, 2012, chapter 4; M. Fischetti and J. J. Salazar, 1999. That every number withheld must
    leave a range as wide as the threshold is this book's own rule.""",
)
TABLE = ((15, 1, 3, 1), (20, 10, 10, 15), (3, 10, 10, 2), (12, 14, 7, 2))
SMALL = tuple((r, c) for r in range(4) for c in range(4) if TABLE[r][c] <= 5)


def test_two_withheld_in_each_line(example: Example) -> None:
    """Two withheld in each row and column are not enough

    The six small counts are withheld, and three more, so that no row or column has only one. The
    first two rows less the second and third columns still leave the last count of the first row
    alone."""
    hidden = (*SMALL, (1, 1), (1, 2), (3, 0))
    _given(example, hidden)
    told = {one.figure: one for one in attack.exposed(_system(hidden))}
    last = told[3]
    example.expect("lowest value of the last in row 1", int(last.low), 1)
    example.expect("highest value of the last in row 1", int(last.high), 1)
    example.expect("withheld counts that are not safe", _of(told.values()), 6)


def test_five_more(example: Example) -> None:
    """Five more are enough, and fewer are not

    No choice of four further cells will do; which five is found with as few people in them as can
    be."""
    example.given(threshold=5, rows=" / ".join(_line(row) for row in TABLE))
    made = _safe_table(round_to=0)
    cells = [row.split(",")[1:5] for row in made.text.splitlines()[1:5]]
    hidden = [(r, c) for r in range(4) for c in range(4) if cells[r][c] == "[c]"]
    example.expect("withheld besides the six", len(hidden) - len(SMALL), 5)
    example.expect("as published", " / ".join(" ".join(row) for row in cells),
                   "[c] [c] [c] [c] / 20 [c] 10 [c] / [c] [c] 10 [c] / 12 14 [c] [c]")  # fmt: skip
    example.expect("proven to be the fewest", made.fewest, True)
    seen = attack.ranges(_system(hidden), [3])[3]
    example.expect("lowest value of the last in row 1", int(seen[0]), 1)
    example.expect("highest value of the last in row 1", int(seen[1]), 12)


def test_one_line(example: Example) -> None:
    """Four groups and their total

    The second is small. The third is withheld with it, because it is the smallest of the
    others."""
    groups, total = (12, 3, 9, 20), 44
    example.given(groups=groups, total=total, threshold=5)
    text = "group,value\n" + f"All,{total}\n" + "".join(
        f"g{n},{value}\n" for n, value in enumerate(groups, start=1)
    )  # fmt: skip
    made = safe(text, "groups", Rule()).value
    assert made is not None
    shown = [line.split(",")[1] or "[c]" for line in made.text.splitlines()[2:]]
    example.expect("as published", " ".join(shown), "12 [c] [c] 20")


def test_total_and_one_group(example: Example) -> None:
    """A total of 20, of whom 15 are boys

    To withhold the girls alone withholds nothing."""
    need = Need()
    figures = (
        Figure(name="all", low=20, high=20),
        Figure(name="boys", low=15, high=15),
        Figure(name="girls", low=1, need=need),
    )
    example.given(all=20, boys=15, girls="[c]")
    told = attack.exposed(System(figures=figures, sums=(adds_up(0, [1, 2]),)))
    example.expect("safe", not told, False)


def test_rounded_to_five(example: Example) -> None:
    """Each count rounded to the nearest five, halves up

    Readers of a rounded 5 know that it was 3, 4, 5, 6 or 7."""
    counts = (0, 1, 7, 8, 12, 13, 22, 23)
    example.given(counts=counts, base=5)
    text = "n,value\n" + "".join(f"{n},{n}\n" for n in counts)
    made = safe(text, "counts", Rule(policy=Disclosure(round_to=5))).value
    assert made is not None
    shown = [line.split(",")[1] for line in made.text.splitlines()[1:]]
    example.expect("rounded", "; ".join(shown), "0; 0; 5; 10; 10; 15; 20; 25")


def test_controlled_rounding(example: Example) -> None:
    """The table rounded to five so that it still adds up

    Each number becomes the multiple of five below or above it."""
    example.given(base=5, rows=" / ".join(_line(row) for row in TABLE))
    made = _safe_table(round_to=5, controlled=True)
    rows = [[int(x) for x in row[1:]] for row in list(csv.reader(io.StringIO(made.text)))[1:]]
    assert all(sum(row[:4]) == row[4] for row in rows)
    assert [sum(column) for column in zip(*rows[:4], strict=True)] == rows[4]
    example.expect("rows with their totals", " / ".join(_line(row) for row in rows[:4]),
                   "15 0 5 0 20 / 20 10 10 15 55 / 5 10 10 0 25 / 10 15 5 5 35")  # fmt: skip


def _given(example: Example, hidden: Sequence[tuple[int, int]]) -> None:
    shown = [
        " ".join("[c]" if (r, c) in hidden else str(x) for c, x in enumerate(row))
        for r, row in enumerate(TABLE)
    ]
    example.given(threshold=5, rows=" / ".join(shown))
    example.given(totals_of_rows=tuple(map(sum, TABLE)))
    example.given(totals_of_columns=tuple(map(sum, zip(*TABLE, strict=True))))


def _system(hidden: Sequence[tuple[int, int]]) -> System:
    figures = [
        Figure(name="", low=1, need=Need()) if (r, c) in hidden else Figure(name="", low=x, high=x)
        for r, row in enumerate(TABLE)
        for c, x in enumerate(row)
    ]
    sums = []
    for parts in [[4 * r + c for c in range(4)] for r in range(4)] + [
        [4 * r + c for r in range(4)] for c in range(4)
    ]:
        total = sum(TABLE[n // 4][n % 4] for n in parts)
        sums.append(adds_up(len(figures), parts))
        figures.append(Figure(name="", low=total, high=total))
    return System(figures=tuple(figures), sums=tuple(sums))


def _safe_table(*, round_to: int, controlled: bool = False) -> Safe:
    rows: list[list[object]] = [["", "a", "b", "c", "d", "All"]]
    rows += [*([f"r{n}", *r, sum(r)] for n, r in enumerate(TABLE))]
    bottom = [sum(column) for column in zip(*TABLE, strict=True)]
    rows.append(["Total", *bottom, sum(bottom)])
    text = "".join(",".join(str(x) for x in row) + "\n" for row in rows)
    rule = Rule(
        policy=Disclosure(round_to=round_to),
        totals={"row": "Total", "column": "All"},
        controlled=controlled,
    )
    made = safe_table(text, "table", rule).value
    assert made is not None
    return made


def _line(row: Sequence[int]) -> str:
    return " ".join(str(x) for x in row)


def _of(told: Iterable[Exposed]) -> int:
    return len({one.figure for one in told} & {4 * r + c for r, c in SMALL})
