"""Lists of places by which search finds an indicator in a place without an index of both."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from databook.model import Area, AreaPages
from databook.observations import Context
from databook.site.place_names import FOLDER, place_names
from test_site_narrative import book


def national() -> Context:
    made = book()
    names = ("Leeds", "Bath and North East Somerset", "Château-du-Lac", "Łódź")
    areas = (
        Area(code="R1", name="North", level="region"),
        *(
            Area(code=f"A{n}", name=name, level="council", parent="R1")
            for n, name in enumerate(names)
        ),
    )
    place = Area(code=made.settings.place, name="Here", level="country")
    settings = replace(made.settings, area_pages=AreaPages(levels=("council",)))
    return replace(made, areas=(place, *areas), settings=settings)


def read(files: dict[str, bytes], name: str) -> Any:
    return json.loads(files[f"{FOLDER}{name}.json"])


def test_a_book_about_one_place_has_no_lists_but_says_so() -> None:
    assert place_names(book()) == {f"{FOLDER}index.json": b'{"letters":""}'}


def test_a_place_is_listed_under_each_word_of_its_name() -> None:
    files = place_names(national())
    bath = ["Bath and North East Somerset", "bath-and-north-east-somerset", "North"]
    for letter in "banes":
        assert bath in read(files, letter)
    assert read(files, "l")[0][0] == "Château-du-Lac"
    assert [name for name, _, _ in read(files, "l")] == ["Château-du-Lac", "Leeds"]


def test_letters_with_signs_are_found_without_and_others_have_safe_file_names() -> None:
    files = place_names(national())
    assert [name for name, _, _ in read(files, "c")] == ["Château-du-Lac"]
    assert [name for name, _, _ in read(files, "u142")] == ["Łódź"]
    assert "ł" in read(files, "index")["letters"]
