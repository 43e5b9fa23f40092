"""No withheld number anywhere: not in a page, a picture, a download or a file nobody thinks of.

Numbers are planted where they must be withheld, and the book is built as if nobody had stopped it:
protection alone stands between them and the site. Then every file is opened, whatever its kind, and
the whole site is compared with that of a book that never held them. A new kind of file is caught by
both: by its bytes, and because this test refuses to pass over what it cannot read.
"""

from __future__ import annotations

import gzip
import io
import re
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from databook import pipeline, protect
from databook.problems import Checked

TINY = Path(__file__).parent / "cases" / "books" / "tiny"
ROWS = "scorecards/indicators/reading/data.csv"
# No other number of the book begins like one of these.
PLANTED = ("1.7351", "4.273", "0.82136", "3.9187", "96.0437", "99.5163")

# What each row holds in the raw table, and what it should have held. Denominators may be shown.
HIDDEN: Mapping[str, tuple[str, str]] = {
    # Marked, and written all the same.
    "2025,N1,Girls,77.0,385,500,73.1,80.5,p,": (
        "2025,N1,Girls,1.7351,,500,0.82136,4.273,c p,", "2025,N1,Girls,,,500,,,c p,"
    ),
    # Not even marked: four of 487, and all but four.
    "2025,N1,Boys,71.4,357,500,67.3,75.2,p,": (
        "2025,N1,Boys,0.82136,4,487,0.3127,4.273,p,", "2025,N1,Boys,,,487,,,c p,"
    ),
    "2023,N1,Boys,68.0,340,500,63.8,71.9,,": (
        "2023,N1,Boys,99.2,496,500,96.0437,99.5163,,", "2023,N1,Boys,,,500,,,c,"
    ),
    "2023,N1,Girls,76.0,380,500,72.1,79.5,,": (
        "2023,N1,Girls,3.9187,,500,,,c,", "2023,N1,Girls,,,500,,,c,"
    ),
    # A neighbour, of whom only comparisons tell.
    "2025,N2,All,71.0,,,,,p,": ("2025,N2,All,1.7351,,,,4.273,c p,", "2025,N2,All,,,,,,c p,"),
}  # fmt: skip

PROGRAMME = """\
format: 1
kind: programme
title: Reading friends
summary: Volunteers read with children who find it hard.
service: Sends volunteers into schools.
customers: Children of ten and eleven who find reading hard.
place: Northwick
measures:
  - slug: reading-better
    title: Children who read better after a year
    short: Read better
    plain: The share of children who read better after a year.
    reads_as: "{value} of children in {place} read better after a year"
    quadrant: effect-quality
    unit: percent
    unit_label: "% of children"
    decimals: 1
    better: higher
    customers: Children who have a reading friend
    contributes_to: [good-start/ready-to-learn]
    standing: headline
    periods: calendar-year
    definition: Those who read better, of all who took part.
    cited: Made up for this test
    source:
      publisher: Nobody
      title: Made-up figures
      url: https://example.org/friends
      released: 2026-01
cited: Made up for this test
"""
MEASURES = "measure,period,value,numerator,denominator,lower,upper,marker,note\n" + "".join(
    f"reading-better,{year},60.0,60,100,,,,\n" for year in range(2019, 2025)
)
MEASURE = (
    "reading-better,2025,0.82136,4,487,0.3127,4.273,,\n",
    "reading-better,2025,,,487,,,c,\n",
)
PACKAGE = """\
name: reading-friends
resources:
  - name: data
    path: data.csv
    format: csv
    mediatype: text/csv
    encoding: utf-8
    schema:
      fields:
        - {name: measure, type: string}
        - {name: period, type: string}
        - {name: value, type: number}
        - {name: numerator, type: number}
        - {name: denominator, type: number}
        - {name: lower, type: number}
        - {name: upper, type: number}
        - {name: marker, type: string}
        - {name: note, type: string}
"""


def book(folder: Path, which: int) -> Path:
    """The tiny book with the planted numbers (0), or without them (1)."""
    shutil.copytree(TINY, folder)
    file = folder / ROWS
    text = file.read_text("utf-8")
    for row, both in HIDDEN.items():
        assert text.count(f"{row}\n") == 1, row
        text = text.replace(row, both[which])
    file.write_text(text, "utf-8", newline="\n")
    settings = folder / "scorecards/databook.yaml"
    pages = "\narea_pages:\n  levels: [local-authority]\n"
    settings.write_text(settings.read_text("utf-8").rstrip("\n") + pages, "utf-8", newline="\n")
    programme = folder / "scorecards/programmes/reading-friends"
    programme.mkdir(parents=True)
    (programme / "programme.yaml").write_text(PROGRAMME, "utf-8")
    (programme / "datapackage.yaml").write_text(PACKAGE, "utf-8")
    (programme / "data.csv").write_text(MEASURES + MEASURE[which], "utf-8", newline="\n")
    return folder


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """Both sites; the first from a build that went on although it was told to stop."""
    where = tmp_path_factory.mktemp("planted")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("card", "measure"):
            patch.setattr(protect, name, without_errors(getattr(protect, name)))
        yield built(where, 0), built(where, 1)


def without_errors(stage: Callable[..., Checked[object]]) -> Callable[..., Checked[object]]:
    """Protection that keeps numbers back and says nothing."""
    return lambda *words: replace(stage(*words), problems=())


def built(where: Path, which: int) -> Path:
    # One name for both: it must make no difference, but it is not what is asked here.
    root, out = where / "book", where / f"site-{which}"
    shutil.rmtree(root, ignore_errors=True)
    done = pipeline.build(pipeline.Order(root=book(root, which), out=out, jobs=1, fresh=True))
    assert not done.failed, [f"{p.code}: {p.what}" for p in done.problems if p.level == "error"]
    return out


def test_the_check_refuses_every_planted_number(tmp_path: Path) -> None:
    root = book(tmp_path / "book", 0)
    found = pipeline.check(pipeline.Order(root=root, out=root, fresh=True))
    lines = {(p.place.path.split("/")[-2], p.place.line) for p in found if "disclosure" in p.code}
    assert lines == {("reading", n) for n in (6, 7, 12, 13, 14)} | {("reading-friends", 8)}


def test_the_site_is_that_of_a_book_that_never_held_the_numbers(
    sites: tuple[Path, Path],
) -> None:
    planted, never = (contents(site) for site in sites)
    assert planted.keys() == never.keys()
    assert [path for path in planted if planted[path] != never[path]] == []


def test_no_file_of_any_kind_holds_a_planted_number(sites: tuple[Path, Path]) -> None:
    looked = 0
    for path, data in contents(sites[0]).items():
        for inner, text in texts(path, data):
            looked += 1
            numbers = set(NUMBER.findall(text))
            leaked = [n for n in PLANTED if any(seen.startswith(n) for seen in numbers)]
            assert not leaked, f"{inner} holds {leaked}"
    assert looked > 50


def test_the_search_itself_finds_a_number_in_every_kind_of_file() -> None:
    for kind, data in samples().items():
        found = "".join(text for _, text in texts(kind, data))
        assert "1.7351" in found, kind


def contents(site: Path) -> dict[str, bytes]:
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


# --- every kind of file --------------------------------------------------------------------

NUMBER = re.compile(r"\d+[.,]\d+")
ZIPPED = frozenset({"zip", "xlsx", "ods"})
# Nothing of the book is in them: fonts and programs, as they came, and pictures of no figure.
FOREIGN = frozenset({"woff", "woff2", "wasm", "ico"})


def texts(path: str, data: bytes) -> Iterator[tuple[str, str]]:
    """All the text in a file, unpacked as far as it is packed."""
    kind = path.rsplit(".", 1)[-1].lower()
    if data[:2] == b"\x1f\x8b":  # the search index calls its gzipped files by names of their own
        yield path, gzip.decompress(data).decode("utf-8", "replace")
    elif kind in ZIPPED:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from texts(f"{path}!{inner}", archive.read(inner))
    elif kind == "parquet":
        yield path, pl.read_parquet(io.BytesIO(data)).write_csv()
    elif kind == "pdf":
        from pypdf import PdfReader

        yield path, "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    elif kind == "png":
        yield path, "".join(png_texts(data))
    elif kind not in FOREIGN:
        try:
            yield path, data.decode("utf-8")
        except UnicodeDecodeError:
            pytest.fail(f"{path}: teach this test to read .{kind}")


def png_texts(data: bytes) -> Iterator[str]:
    """What a picture says beside its pixels. Those are compared with the other site's."""
    at = 8
    while at < len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        if kind in (b"tEXt", b"iTXt"):
            yield body.decode("utf-8", "replace")
        elif kind == b"zTXt":
            yield zlib.decompress(body.split(b"\0", 1)[1][1:]).decode("latin-1")
        at += 12 + size


def samples() -> Mapping[str, bytes]:
    """A small file of each kind with a planted number in it."""
    said = "see 1.7351 %"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner/data.csv", said)
        archive.writestr("inner/deep.pf_fragment", gzip.compress(said.encode()))
    frame = io.BytesIO()
    pl.DataFrame({"value": [1.7351]}).write_parquet(frame)
    chunk = b"Title\0" + said.encode()
    png = b"\x89PNG\r\n\x1a\n" + len(chunk).to_bytes(4, "big") + b"tEXt" + chunk + b"\0\0\0\0"
    return {
        "page.html": said.encode(),
        "x.pf_index": gzip.compress(said.encode()),
        "book.zip": packed.getvalue(),
        "all.parquet": frame.getvalue(),
        "card.png": png,
    }
