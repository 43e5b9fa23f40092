"""Words in names of indicators and measures: they pile up, misname, or point the wrong way."""

from __future__ import annotations

from databook.validate.language.wordlist import WordList, anywhere, words

# --- the trap of many words (L6): eight nouns and eleven modifiers ---------------------------

MODIFIERS = WordList(
    name="modifiers",
    reason="such words sound precise and say nothing; two of them hide what is meant",
    words=words(
        r"measurable|core|urgent|qualitative|priority|programmatic|targeted|performance|"
        r"incremental|strategic|systemic"
    ),
    innocent=anywhere(r"core (?:assessments?|subjects?|group)|performance tables?"),
)
# The glossary keeps outcome (result) for conditions, indicator (benchmark) for populations, and
# measure for programmes; goal, objective and target are none of the three.
_NOUNS = ("benchmark", "result", "outcome", "goal", "indicator", "objective", "measure", "target")


def _called(*fitting: str) -> WordList:
    """A thing that calls itself by one of the eight nouns, other than those that fit it."""
    wrong = "|".join(noun for noun in _NOUNS if noun not in fitting)
    return WordList(
        name="nouns",
        reason="the glossary keeps one word for each idea, so that readers need not guess",
        words=anywhere(
            rf"^(?:(?:key|our|main|headline|strategic|priority|performance) )*(?:{wrong})s?"
            rf"(?= [0-9]+\b|\s?[:–—]| - )|\b(?:key|performance|strategic|outcome) (?:{wrong})s?$"
        ),
    )


NOT_AN_INDICATOR = _called("indicator", "benchmark")
NOT_A_MEASURE = _called("measure")

# --- direction (L7) --------------------------------------------------------------------------

DOWN = WordList(
    name="less of it",
    reason="the name speaks of less, though more is called better",
    words=words(
        r"reductions? (?:in|of)|reduc(?:e|ing)|decreas(?:e|es|ing)(?: in| of)?|declines? in|"
        r"fall in|drop in|fewer(?= )|cut(?:s|ting)? in"
    ),
)
REDUCTION = WordList(
    name="a reduction",
    reason="the more it is reduced the better, though less is called better",
    words=anywhere(
        r"^\s*(?:%|percent(?:age)?|per cent)?\s*(?:reductions?|decreases?|declines?|falls?|drops?) "
        r"(?:in|of)\b"
    ),
)
UP = WordList(
    name="more of it",
    reason="the name speaks of more, though less is called better",
    words=anywhere(
        r"\bincreas(?:e|es|ing)\b(?: in\b| of\b)?|\bgrowth in\b|\brise in\b|^more\b|"
        r"\bimprov(?:ement|ements) in\b"
    ),
)
BAD = WordList(
    name="harm",
    reason="nobody wants more of it",
    words=words(
        r"deaths?|mortality|dying|die|suicides?|injur(?:y|ies)|crimes?|poverty|unemployment|"
        r"unemployed|homeless(?:ness)?|obes(?:e|ity)|overweight|abuse|bullying|bullied|"
        r"exclusions?|truancy|smoking|smokers?|offend(?:ing|ers?)|absence|loneliness|lonely"
    ),
)
GOOD = WordList(
    name="good",
    reason="nobody wants less of it",
    words=words(
        r"life expectancy|employment|in work|literacy|satisfaction|satisfied|immunis(?:ed|ation)|"
        r"vaccinat(?:ed|ion)|breastfe(?:d|eding)|school readiness|ready for school|"
        r"physically active|healthy"
    ),
)
RELIEVED = WordList(
    name="relief",
    reason="turns the meaning round",
    words=words(
        r"without|no|not|never|free (?:of|from)|avoid\w*|prevent\w*|reduc\w*|fewer|less|stop\w*|"
        r"quit\w*|surviv\w*|overcom\w*|out of|escap\w*|help\w*|support\w*|recover\w*|non-\w+|"
        r"smoke-free|decreas\w*|fall|decline|drop|lift\w*|end\w*|un\w+|in-work|waiting|lack\w*|"
        r"lost|gap|days?|staff|solved|detect\w*|report(?:ed|ing)"
    ),
)
