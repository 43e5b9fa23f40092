"""Pictures to take away and previews of pages: what is in them, and what never is."""

from __future__ import annotations

import json
import re
import struct
import xml.etree.ElementTree as ET
import zlib
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy
import pytest

import tiny
from databook import analyse, draw, protect, render
from databook.draw.style import text_width
from databook.pipeline import Order, build
from databook.render import pictures
from databook.render.sharing import shared

SVG = "{http://www.w3.org/2000/svg}"
TINY = tiny.ROOT
# Withheld by its marker, yet written down: a mistake that the check refuses, and that a picture
# would have to survive.
CANARY = "83.21"


def outgoing(rows: str = "", **settings: object):
    """The tiny indicator's charts on their way out, after disclosure control."""
    context = replace(tiny.context(), settings=replace(tiny.context().settings, **settings))
    card = tiny.card(rows=rows).value
    assert card is not None
    safe = protect.card(card, context).value
    assert safe is not None
    finding = analyse.card(safe, context)
    charts = draw.charts(finding, safe.indicator)
    items = shared(charts, finding, safe.indicator, context, "indicators/reading/")
    files = render.indicator_shared(safe, finding, charts, context, {})
    return items, files


def pixels(png: bytes) -> tuple[int, int, numpy.ndarray, dict[bytes, bytes]]:
    """A PNG read by the rules of its standard, for the two kinds of row that are met here."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, parts, body = 8, {}, b""
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        inside = png[at + 8 : at + 8 + size]
        assert zlib.crc32(kind + inside) == struct.unpack(">I", png[at + 8 + size :][:4])[0]
        body += inside if kind == b"IDAT" else b""
        parts[kind] = inside
        at += 12 + size
    width, height, depth, colour = struct.unpack(">IIBB", parts[b"IHDR"][:10])
    assert depth == 8
    layers = {2: 3, 6: 4}[colour]
    rows = numpy.frombuffer(zlib.decompress(body), numpy.uint8).reshape(height, 1 + width * layers)
    plain = rows[:, 1:].reshape(height, width, layers).copy()
    for row in numpy.flatnonzero(rows[:, 0] == 1):
        plain[row] = numpy.cumsum(plain[row], axis=0, dtype=numpy.uint8)
    assert set(rows[:, 0]) <= {0, 1}
    return width, height, plain[:, :, :3], parts


def test_a_picture_says_what_it_shows_whence_and_in_which_edition() -> None:
    for item in outgoing()[0]:
        drawn = ET.fromstring(pictures.svg(item))
        said = " ".join(text.text or "" for text in drawn.iter(f"{SVG}text"))
        for wanted in (item.title, item.answer, "Edition 2026-q1", item.page, item.source):
            assert " ".join(wanted.split()) in " ".join(said.split()), wanted
        assert drawn.get("role") == "img"
        named = {
            e.get("id"): e.text for e in drawn.iter() if e.tag in (f"{SVG}title", f"{SVG}desc")
        }
        assert set(drawn.get("aria-labelledby").split()) == set(named)
        assert item.alternative in named["desc"]


def test_it_needs_nothing_but_itself_and_is_light() -> None:
    for item in outgoing()[0]:
        text = pictures.svg(item)
        assert "var(" not in text
        assert not re.search(r"<(script|style|image|use|foreignObject|a)\b|\bhref=|\bon\w+=", text)
        assert re.search(r'<rect width="[\d.]+" height="[\d.]+" fill="#FFFFFF"/>', text)


def test_its_words_stay_within_it() -> None:
    long = (
        "A title of a book that goes on for as long as one hundred and twenty letters may go, " * 3
    )
    for item in outgoing(notice=long, title=long[:119])[0]:
        drawn = ET.fromstring(pictures.svg(item))
        width, height = (float(drawn.get(name)) for name in ("width", "height"))
        for text in drawn.findall(f"{SVG}text"):
            size, bold = float(text.get("font-size")), text.get("font-weight") == "bold"
            assert float(text.get("x")) + text_width(text.text, size, bold=bold) <= width
            assert float(text.get("y")) + size * 0.3 <= height


def test_the_same_words_stand_in_the_embed_page() -> None:
    items, files = outgoing()
    assert len(items) == len([path for path in files if path.endswith("embed/index.html")]) + len(
        [path for path in files if re.search(r"embed/[a-z-]+/index.html$", path)]
    )
    for item in items:
        page = unescape(files[f"{item.embed}index.html"].decode())
        for wanted in (item.title, item.answer, item.caption, item.source, item.edition):
            assert wanted in page
        assert item.chart.wide in page
        assert item.chart.narrow in page
        assert "<script" not in page
        assert "style=" not in page


def test_a_withheld_number_is_in_no_picture_no_embed_page_and_no_preview() -> None:
    rows = "\n".join(
        [
            "2022,N1,All,70.0,700,1000,67.1,72.8,,",
            "2023,N1,All,72.0,720,1000,69.1,74.7,,",
            f"2024,N1,All,{CANARY},,,,,c,",
            "2025,N1,All,74.2,742,1000,71.4,76.8,,",
        ]
    )
    items, files = outgoing(rows, pictures="png")
    assert "indicators/reading/social.png" in files
    for path, data in files.items():
        if path.endswith(".png"):
            data = b"".join(pixels(data)[3][kind] for kind in (b"iTXt",))
        text = data.decode()
        assert CANARY not in text, path
        assert "83" not in re.sub(r"[\d.-]+,[\d.-]+|\w+=\"[^\"]*\"", "", text), path
    # And none can be read off the picture: there is no mark between 2023 and 2025.
    assert "withheld" in next(i for i in items if i.chart.name == "trend").alternative


def test_a_png_holds_the_pixels_that_were_drawn_and_the_words_for_them() -> None:
    import vl_convert

    item = outgoing()[0][0]
    drawn = vl_convert.svg_to_png(pictures.svg(item), scale=1)
    packed = pictures.packed(drawn, "Words — “for” it")
    width, height, plain, parts = pixels(packed)
    assert numpy.array_equal(plain, pixels(drawn)[2])
    assert (width, height) == pixels(drawn)[:2]
    assert parts[b"iTXt"].decode() == "Description\0\0\0en\0\0Words — “for” it"
    assert len(packed) < len(drawn) / 2


def test_letters_of_a_png_do_not_depend_on_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first face it names comes with the rasteriser; any other would look otherwise."""
    import vl_convert

    text = pictures.svg(outgoing()[0][0])
    named = vl_convert.svg_to_png(text.replace(pictures.FONT, "Liberation Sans"), scale=1)
    assert vl_convert.svg_to_png(text, scale=1) == named


def test_the_preview_of_a_page_is_of_the_size_that_is_shown() -> None:
    settings = tiny.context().settings
    for words in ((), ("A title", "An answer. " * 60)):
        width, height, _, _ = pixels(pictures.png(pictures.card(settings, *words), "x", scale=1))
        assert (width, height) == pictures.CARD
    # What does not fit is seen to be left out.
    assert "…" in pictures.card(settings, "A title", "An answer. " * 60)


@pytest.fixture(scope="module", params=["svg", "png"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    import shutil

    home = tmp_path_factory.mktemp(f"pictures-{request.param}")
    shutil.copytree(TINY, home / "book", ignore=shutil.ignore_patterns(".databook", "build"))
    settings = home / "book" / "scorecards" / "databook.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}pictures: {request.param}\n", "utf-8")
    built = build(Order(root=home / "book", out=home / "site"))
    assert not built.failed, built.problems
    return home / "site"


def metas(page: str) -> Iterator[tuple[str, str]]:
    for name, content in re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', page):
        yield name, unescape(content)


def test_every_page_has_a_preview_with_a_picture_that_is_there(site: Path) -> None:
    home = "https://example.org/tiny/"
    checked = 0
    for file in site.rglob("index.html"):
        path = file.relative_to(site).as_posix()
        page = path.removesuffix("index.html")
        if "/embed/" in path:
            continue
        told = dict(metas((site / path).read_text("utf-8")))
        assert told["og:title"], path
        assert told["og:description"] == told["description"]
        assert told["og:url"] == home + page
        assert told["twitter:card"] == "summary_large_image"
        picture = told["og:image"]
        assert picture.startswith(home)
        width, height, _, parts = pixels((site / picture.removeprefix(home)).read_bytes())
        assert (str(width), str(height)) == (told["og:image:width"], told["og:image:height"])
        assert parts[b"iTXt"]
        assert told["og:image:alt"]
        checked += 1
    assert checked > 10
    assert "og:" not in (site / "404.html").read_text("utf-8")


def test_an_indicators_preview_says_its_answer(site: Path) -> None:
    page = (site / "indicators/reading/index.html").read_text("utf-8")
    told = dict(metas(page))
    answer = unescape(re.search(r'<div class="db-finding">\s*<p>(.*?)</p>', page, re.DOTALL)[1])
    assert told["og:description"].startswith(answer)
    own = json.loads((site / "data/index.json").read_bytes())["indicators"]
    assert own
    if told["og:image"].endswith("indicators/reading/social.png"):
        assert (
            answer
            in pixels((site / "indicators/reading/social.png").read_bytes())[3][b"iTXt"].decode()
        )


def test_a_png_is_offered_exactly_where_it_is_there(site: Path) -> None:
    page = (site / "indicators/reading/index.html").read_text("utf-8")
    offered = set(re.findall(r'href="([\w-]+\.(?:png|svg))" download', page))
    there = {path.name for path in (site / "indicators/reading").glob("*.[ps][nv]g")}
    assert offered == there - {"social.png"}
    assert "trend.svg" in offered


def test_charts_for_frames_are_no_pages_to_be_found(site: Path) -> None:
    assert list((site / "indicators/reading/embed").rglob("index.html"))
    assert "embed" not in (site / "sitemap.xml").read_text("utf-8")
    for page in (site / "indicators/reading/embed").rglob("index.html"):
        text = page.read_text("utf-8")
        assert '<meta name="robots" content="noindex">' in text
        assert 'rel="canonical" href="https://example.org/tiny/indicators/reading/"' in text


def test_a_description_is_whole_sentences() -> None:
    from databook.render.blocks import in_brief

    assert in_brief(("One.", "Two.")) == "One. Two."
    long = "x" * 290 + "."
    assert in_brief((long, "And this does not fit.")) == long
    assert in_brief((long * 2,)) == long * 2
