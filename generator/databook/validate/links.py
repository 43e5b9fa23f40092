"""Links between narrative pages: a relative link must lead to a page that is there."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from databook.problems import Place, Problem, in_order
from databook.sources import Narrative
from databook.validate.faults import Fault, Rule, did_you_mean, error, run

# An inline link or picture in Markdown: its target, up to a blank or the closing bracket.
_LINK = re.compile(r"\]\(\s*<?([^)<>\s]+)")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/|#", re.IGNORECASE)
_CODE = re.compile(r"^(```|~~~).*?^\1|`[^`\n]*`", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One narrative and the paths of all of them."""

    narrative: Narrative
    paths: tuple[str, ...]


def content(narratives: Sequence[Narrative]) -> tuple[Problem, ...]:
    """Links of the narrative pages that lead nowhere."""
    paths = tuple(n.path for n in narratives)
    problems: list[Problem] = []
    for narrative in narratives:
        path = narrative.path
        problems += run(
            RULES,
            Text(narrative=narrative, paths=paths),
            lambda f, path=path: Place(path=path, line=f.line or 1),  # type: ignore[misc]
        )
    return in_order(problems)


def link_leads_somewhere(text: Text) -> Iterator[Fault]:
    """A link that leads nowhere wastes a reader's trust."""
    folder = posixpath.dirname(text.narrative.path)
    # Code is shown, not followed; its line breaks stay so that lines keep their numbers.
    shown = _CODE.sub(lambda m: "\n" * m.group().count("\n"), text.narrative.text)
    for number, line in enumerate(shown.split("\n"), start=1):
        for target in _LINK.findall(line):
            bare = target.split("#")[0].split("?")[0]
            if _ELSEWHERE.match(target) or not bare.endswith(".md"):
                continue
            path = posixpath.normpath(posixpath.join(folder, bare))
            if path not in text.paths:
                near = [posixpath.relpath(p, folder or ".") for p in text.paths]
                yield Fault(
                    what=f"The link to “{target}” leads to no page.",
                    fix=f"{did_you_mean(bare, near)}Write the path from this file to the other.",
                    line=number,
                )


RULES: tuple[Rule[Text], ...] = (error("link-broken", link_leads_somewhere),)
