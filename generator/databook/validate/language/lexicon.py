"""The words that tell outcome, indicator and performance measure apart, each list with its reason.

English only. A list knows which innocent phrases hold its words (“cases of measles” counts
people, not customers), so that a phrase decides nothing where it means something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WordList:
    """Words that decide something, why they do, and the phrases in which they do not."""

    name: str
    reason: str
    words: re.Pattern[str]
    innocent: re.Pattern[str] | None = None

    def find(self, text: str) -> str:
        """The first deciding words of a text, as written there; empty where there are none."""
        return next(self.found(text), "")

    def found(self, text: str) -> Iterator[str]:
        """All deciding words of a text, in order."""
        spared = [m.span() for m in self.innocent.finditer(text)] if self.innocent else []
        for match in self.words.finditer(text):
            start, end = match.span()
            if match.group().strip() and not any(a <= start and end <= b for a, b in spared):
                yield match.group().strip()


def _words(pattern: str) -> re.Pattern[str]:
    """Whole words, in any case, with any white space between them."""
    spaced = pattern.replace(" ", r"\s+")
    return re.compile(rf"(?<![\w-])(?:{spaced})(?!\w)", re.IGNORECASE)


def _anywhere(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s+"), re.IGNORECASE)


# --- data ------------------------------------------------------------------------------------

OPENING = WordList(
    name="opens with data",
    reason="a statement that opens like this counts or measures something",
    words=_anywhere(
        r"^\s*(?:(?:the|our|an?) )?(?:%|#|no\.? of\b|(?:(?:total|annual|crude|overall|average|mean|"
        r"median) )*(?:(?:rate|number|percentage|proportion|ratio|average|median|index|indices|"
        r"prevalence|incidence|numbers|rates)\b|(?:share|count|percent|per cent|amount|level|score|"
        r"length|duration|volume|frequency) of\b|(?:mean|average) \w+|cost per\b)|"
        r"how (?:many|much|often|long)\b)"
    ),
    innocent=_anywhere(r"^\s*(?:a number of|rates of pay|interest rates)"),
)
MEASUREMENT = WordList(
    name="measurement",
    reason="only a number needs this word",
    words=_words(
        r"rates?(?! of pay)|index|indices|ratio|percentages?|percent|per cent|proportion of|"
        r"share of(?= \w+ who\b)|number of|numbers of|per [0-9][0-9,]*|average number|prevalence|"
        r"incidence|life expectancy|death toll|mortality|median \w+|gdp"
    ),
    innocent=_anywhere(
        r"at any rates?|first[- ]rate|second[- ]rate|a number of|any number of|index finger|"
        r"interest rates?|rates? of pay"
    ),
)
SIGNS = WordList(
    name="signs and digits",
    reason="a number stands in it",
    words=_anywhere(r"[0-9][0-9.,]*(?:\s?%)?|%|#(?=\s?\w)"),
)
# What an outcome may not hold (L1).
DATA_IN_OUTCOME = WordList(
    name="data",
    reason="numbers belong to indicators, which say how far an outcome is met",
    words=_anywhere(
        r"[0-9][0-9.,]*(?:\s?%)?|%|\b(?:rates?|numbers? of|percentages?|per cent|percent|"
        r"proportion of|average)\b"
    ),
    innocent=_anywhere(r"at any rates?|first[- ]rate|\ba number of|rates? of pay"),
)

# --- change ----------------------------------------------------------------------------------

CHANGE = WordList(
    name="change",
    reason="a condition simply is; changing it belongs to targets and actions",
    words=_words(
        r"improv(?:e[sd]?|ing|ements?)|increas(?:e[sd]?|ing)|reduc(?:e[sd]?|ing|tions?)|"
        r"decreas(?:e[sd]?|ing)|rais(?:e[sd]?|ing) (?:the )?(?:level|standard|attainment|number)s?|"
        r"lower(?:s|ed|ing) (?:the )?\w+|cut(?:s|ting)? (?:the )?(?:number|level|rate)s?|"
        r"minimis(?:e[sd]?|ing)|maximis(?:e[sd]?|ing)|tackl(?:e[sd]?|ing)|boost(?:s|ed|ing)?"
    ),
)

# --- services and their customers ------------------------------------------------------------

CLIENTS = WordList(
    name="customers",
    reason="these are the customers of a service, not everybody who lives somewhere",
    words=_words(
        r"clients?|customers?|participants?|service[- ]users?|users?|referrals?|re-referrals?|"
        r"patients?|in-?patients|out-?patients|attend(?:ing|ees|ers)|"
        r"(?:open |closed |new |live )?cases?(?: ?loads?)?|trainees?|mentees?|enrollees?|enrolled|"
        r"applicants?|callers?|beneficiaries|tenants of|(?:people|children|adults|families|women|"
        r"men|carers|parents|pupils) (?:seen|served|supported|helped|referred|treated|assessed|"
        r"trained|worked) (?:by|with|through|to)|who (?:attend(?:ed)?|complet(?:e|ed)|"
        r"enrol(?:led)?) (?:the|our|a|an|its)|graduates of (?:the|our)"
    ),
    innocent=_anywhere(
        r"(?:wheelchair|road|drug|internet|library card|web|public transport|bus|path|land|"
        r"energy|water) users?|"
        r"cases? of (?!children\b|young people\b|clients\b|families\b)|(?:new|confirmed|reported) "
        r"cases? of|in (?:any|that|this|some|most|many|all) cases?\b|case[- ]fatality|"
        r"attending (?:a |an |the )?(?:(?:good|local|state|primary|secondary|outstanding|"
        r"nursery) )*(?:schools?|church|college|university|births?)|user[- ]friendly|"
        r"customer (?:goods|confidence)|school cases?|be patient"
    ),
)
PROCESS = WordList(
    name="how a service works",
    reason="this is about how a service works, however much it looks like a figure of a place",
    words=_words(
        r"(?:response|waiting|turnaround|processing|call|handling|answer|door-to-\w+) times?|"
        r"wait(?:ing|s)?(?: lists?| times?)?|staff turnover|(?:staff|worker|nurse|teacher|"
        r"employee) (?:turnover|vacanc(?:y|ies)|retention|sickness|morale|absence)|"
        r"turnover(?: rates?)?|timeliness|on time|in good time|in time|"
        r"(?:with)?in (?:\w+ |[0-9]+ )(?:working )?(?:minutes?|hours?|days?|weeks?)|"
        r"staff(?:ing)?|workers? trained|"
        r"social workers?|vacanc(?:y|ies)|caseloads?|workloads?|unit costs?|cost per|"
        r"(?:reviews?|assessments?|plans?|visits?|inspections?|conferences?|checks?) "
        r"(?:completed|done|held|carried out|made|started|reviewed|issued)|"
        r"(?:sessions?|workshops?|classes|courses|groups|meetings|leaflets|calls|appointments|"
        r"interviews|lessons|meals) (?:delivered|held|run|given|provided|distributed|answered|"
        r"offered|made|kept|served|missed)|"
        r"activit(?:y|ies) (?:delivered|held|run|completed)|occupancy|utilisation|throughput|"
        r"(?:pupil|student|child)[-–: ]?(?:teacher|staff) ratio|"
        r"(?:satisfaction|satisfied) with (?:the |our |its )?(?:\w+ )?(?:service|programme|"
        r"support|help|course|training|scheme)|"
        r"(?:of|in|by|from|through|with|on) (?:the|our|its|this|a) (?:\w+ )?(?:programme|scheme|"
        r"project|course|clinic|helpline|intervention)|in (?:job )?training|in treatment|"
        r"spend(?:ing)? per|(?:paid|answered|processed|decided|dealt with) within"
    ),
    innocent=_anywhere(
        r"(?:business|company|retail|sales|market|housing|shop|office) turnover|turnover of "
        r"(?:local |small )?(?:firms|businesses|shops|companies)|"
        r"(?:housing|shop|office|job) vacanc(?:y|ies)(?: rates?)?|vacancy rates? of (?:shops|homes|"
        r"offices|dwellings)|staff of life|"
        r"(?:education,? (?:employment|work)|work),? (?:or|and|nor) (?:in )?training|"
        r"(?:education|employment|work),? or in training|"
        r"live within \w+ (?:minutes?|hours?)|within \w+ minutes? (?:of|on|by)\b"
    ),
)

# --- services and means in an outcome (L3) ---------------------------------------------------

SERVICES = WordList(
    name="services",
    reason="a service is a way to an outcome; people want what it is for",
    words=_words(
        r"services?|programmes?|provision|schemes?|interventions?|(?:support|treatment) "
        r"(?:is|are) (?:available|offered|provided)|access(?:es)? (?:to )?(?:\w+ )?(?:services?|"
        r"support|treatment|provision|nursery|childcare|clinics?|training)|workshops?|helplines?|"
        r"clinics?|(?:children's|sure start|family|community) (?:centres?|hubs?)|agenc(?:y|ies)|"
        r"assessments?|referrals?|case management"
    ),
    innocent=_anywhere(
        r"(?:military|community|public|national|voluntary) service(?! provision|s? (?:is|are))|"
        r"in the service of|civil service|church services?|broken services|tv programmes?"
    ),
)
MEANS = WordList(
    name="means",
    reason="how organisations work together is a means, and nobody is better off by it alone",
    words=_words(
        r"collaborat(?:e|es|ion|ive|ing)|partnership working|work(?:s|ing)? in partnership|"
        r"joint working|joined[- ]up(?: working)?|multi-agency(?: working)?|"
        r"systems? (?:reform|change)|reform of (?:the )?\w+ systems?|"
        r"(?:service|services|system) integration|integrat(?:ed|ion of) (?:services?|systems?|"
        r"teams?|working)|devolution|devolved|decentralis(?:ed|ation)|"
        r"(?:funding|funds?|pooled) pools?|pooled (?:budgets?|funding|funds?)|"
        r"joint commissioning|pooling of (?:funds|budgets)"
    ),
)

# What an organisation does well helps outcomes and is none: an enabler.
ORGANISATION = WordList(
    name="an organisation",
    reason="it is about an organisation, not about how people live",
    words=_words(
        r"(?:effective|efficient|strong|good) (?:leadership|commissioning|governance|management)"
    ),
)

# --- population ------------------------------------------------------------------------------

POPULATION = WordList(
    name="a whole population",
    reason="this is everybody who lives somewhere, not the customers of a service",
    words=_words(
        r"residents?|inhabitants|citizens|households in|the public|(?:the )?(?:whole|general|"
        r"resident|local|entire|child|adult|total)? ?population|everybody|everyone|"
        r"all (?:the )?(?:children|people|adults|young people|families|households|pupils|babies|"
        r"residents|women|men)(?: and young people)?(?= in\b| of\b| who live\b| aged\b| under\b|"
        r"$|\.)|"
        r"(?:people|children|adults|young people|families|women|men|babies|pensioners)"
        r"(?: and young people)? "
        r"(?:who live|living|resident) in|(?:the )?whole (?:community|city|area|country|county)"
    ),
)
# Somebody is helped, so these are customers after all.
HELPED = WordList(
    name="somebody is helped",
    reason="they are customers of the service",
    words=_words(
        r"(?:who|which|whom) (?:are |were |is |had been |have been |we )?(?:helped|supported|seen|"
        r"served|referred|treated|mentored|trained|assessed|enrolled|registered|counted)|"
        r"(?:helped|supported|seen|served|referred|treated|mentored) by|have a mentor|"
        r"subject to|on the (?:register|list|waiting list)|worked with|entitled|eligible|"
        r"known to|rely on|asked are|counted are"
    ),
)
GEOGRAPHY = WordList(
    name="a place",
    reason="it says where people are counted",
    words=_words(
        r"areas?|place|places|live(?:s|d)?|living|resident|residents|local|authorit(?:y|ies)|"
        r"city|cities|towns?|county|counties|districts?|boroughs?|wards?|parish(?:es)?|"
        r"neighbourhoods?|regions?|country|national(?:ly)?|nation|communit(?:y|ies)|schools?|"
        r"here|villages?|catchment"
    ),
)
NAMED_PLACE = re.compile(r"\b(?:in|of|from|across|within|at|near)\s+(?:the\s+)?[A-Z][\w'’-]+")

# --- the trap of many words (L6): eight nouns and eleven modifiers ---------------------------

MODIFIERS = WordList(
    name="modifiers",
    reason="such words sound precise and say nothing; two of them hide what is meant",
    words=_words(
        r"measurable|core|urgent|qualitative|priority|programmatic|targeted|performance|"
        r"incremental|strategic|systemic"
    ),
    innocent=_anywhere(r"core (?:assessments?|subjects?|group)|performance tables?"),
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
        words=_anywhere(
            rf"^(?:(?:key|our|main|headline|strategic|priority|performance) )*(?:{wrong})s?"
            rf"(?= [0-9]+\b|\s?[:–—]| - )|\b(?:key|performance|strategic|outcome) (?:{wrong})s?$"
        ),
    )


NOT_AN_INDICATOR = _called("indicator", "benchmark")
NOT_A_MEASURE = _called("measure")
IN_OUTCOME = WordList(
    name="data",
    reason="numbers belong to indicators, which say how far an outcome is met",
    words=_anywhere(
        r"[0-9][0-9.,]*(?:\s?%)?|%|\b(?:rates?|numbers? of|percentages?|per cent|percent|"
        r"proportion of|average)\b"
    ),
    innocent=_anywhere(r"at any rates?|first[- ]rate|\ba number of|rates? of pay"),
)

# --- change ----------------------------------------------------------------------------------

CHANGE = WordList(
    name="change",
    reason="a condition simply is; changing it belongs to targets and actions",
    words=_words(
        r"improv(?:e[sd]?|ing|ements?)|increas(?:e[sd]?|ing)|reduc(?:e[sd]?|ing|tions?)|"
        r"decreas(?:e[sd]?|ing)|rais(?:e[sd]?|ing) (?:the )?(?:level|standard|attainment|number)s?|"
        r"lower(?:s|ed|ing) (?:the )?\w+|cut(?:s|ting)? (?:the )?(?:number|level|rate)s?|"
        r"minimis(?:e[sd]?|ing)|maximis(?:e[sd]?|ing)|tackl(?:e[sd]?|ing)|boost(?:s|ed|ing)?"
    ),
)

# --- services and their customers ------------------------------------------------------------

CLIENTS = WordList(
    name="customers",
    reason="these are the customers of a service, not everybody who lives somewhere",
    words=_words(
        r"clients?|customers?|participants?|service[- ]users?|users?|referrals?|re-referrals?|"
        r"patients?|in-?patients|out-?patients|attend(?:ing|ees|ers)|"
        r"(?:open |closed |new |live )?cases?(?: ?loads?)?|trainees?|mentees?|enrollees?|enrolled|"
        r"applicants?|callers?|beneficiaries|tenants of|(?:people|children|adults|families|women|"
        r"men|carers|parents|pupils) (?:seen|served|supported|helped|referred|treated|assessed|"
        r"trained|worked) (?:by|with|through|to)|who (?:attend(?:ed)?|complet(?:e|ed)|"
        r"enrol(?:led)?) (?:the|our|a|an|its)|graduates of (?:the|our)"
    ),
    innocent=_anywhere(
        r"(?:wheelchair|road|drug|internet|library card|web|public transport|bus|path|land|"
        r"energy|water) users?|"
        r"cases? of (?!children\b|young people\b|clients\b|families\b)|(?:new|confirmed|reported) "
        r"cases? of|in (?:any|that|this|some|most|many|all) cases?\b|case[- ]fatality|"
        r"attending (?:a |an |the )?(?:(?:good|local|state|primary|secondary|outstanding|"
        r"nursery) )*(?:schools?|church|college|university|births?)|user[- ]friendly|"
        r"customer (?:goods|confidence)|school cases?|be patient"
    ),
)
PROCESS = WordList(
    name="how a service works",
    reason="this is about how a service works, however much it looks like a figure of a place",
    words=_words(
        r"(?:response|waiting|turnaround|processing|call|handling|answer|door-to-\w+) times?|"
        r"wait(?:ing|s)?(?: lists?| times?)?|staff turnover|(?:staff|worker|nurse|teacher|"
        r"employee) (?:turnover|vacanc(?:y|ies)|retention|sickness|morale|absence)|"
        r"turnover(?: rates?)?|timeliness|on time|in good time|in time|"
        r"(?:with)?in (?:\w+ |[0-9]+ )(?:working )?(?:minutes?|hours?|days?|weeks?)|"
        r"staff(?:ing)?|workers? trained|"
        r"social workers?|vacanc(?:y|ies)|caseloads?|workloads?|unit costs?|cost per|"
        r"(?:reviews?|assessments?|plans?|visits?|inspections?|conferences?|checks?) "
        r"(?:completed|done|held|carried out|made|started|reviewed|issued)|"
        r"(?:sessions?|workshops?|classes|courses|groups|meetings|leaflets|calls|appointments|"
        r"interviews|lessons|meals) (?:delivered|held|run|given|provided|distributed|answered|"
        r"offered|made|kept|served|missed)|"
        r"activit(?:y|ies) (?:delivered|held|run|completed)|occupancy|utilisation|throughput|"
        r"(?:pupil|student|child)[-–: ]?(?:teacher|staff) ratio|"
        r"(?:satisfaction|satisfied) with (?:the |our |its )?(?:\w+ )?(?:service|programme|"
        r"support|help|course|training|scheme)|"
        r"(?:of|in|by|from|through|with|on) (?:the|our|its|this|a) (?:\w+ )?(?:programme|scheme|"
        r"project|course|clinic|helpline|intervention)|in (?:job )?training|in treatment|"
        r"spend(?:ing)? per|(?:paid|answered|processed|decided|dealt with) within"
    ),
    innocent=_anywhere(
        r"(?:business|company|retail|sales|market|housing|shop|office) turnover|turnover of "
        r"(?:local |small )?(?:firms|businesses|shops|companies)|"
        r"(?:housing|shop|office|job) vacanc(?:y|ies)(?: rates?)?|vacancy rates? of (?:shops|homes|"
        r"offices|dwellings)|staff of life|"
        r"(?:education,? (?:employment|work)|work),? (?:or|and|nor) (?:in )?training|"
        r"(?:education|employment|work),? or in training|"
        r"live within \w+ (?:minutes?|hours?)|within \w+ minutes? (?:of|on|by)\b"
    ),
)

# --- services and means in an outcome (L3) ---------------------------------------------------

SERVICES = WordList(
    name="services",
    reason="a service is a way to an outcome; people want what it is for",
    words=_words(
        r"services?|programmes?|provision|schemes?|interventions?|(?:support|treatment) "
        r"(?:is|are) (?:available|offered|provided)|access(?:es)? (?:to )?(?:\w+ )?(?:services?|"
        r"support|treatment|provision|nursery|childcare|clinics?|training)|workshops?|helplines?|"
        r"clinics?|(?:children's|sure start|family|community) (?:centres?|hubs?)|agenc(?:y|ies)|"
        r"assessments?|referrals?|case management"
    ),
    innocent=_anywhere(
        r"(?:military|community|public|national|voluntary) service(?! provision|s? (?:is|are))|"
        r"in the service of|civil service|church services?|broken services|tv programmes?"
    ),
)
MEANS = WordList(
    name="means",
    reason="how organisations work together is a means, and nobody is better off by it alone",
    words=_words(
        r"collaborat(?:e|es|ion|ive|ing)|partnership working|work(?:s|ing)? in partnership|"
        r"joint working|joined[- ]up(?: working)?|multi-agency(?: working)?|"
        r"systems? (?:reform|change)|reform of (?:the )?\w+ systems?|"
        r"(?:service|services|system) integration|integrat(?:ed|ion of) (?:services?|systems?|"
        r"teams?|working)|devolution|devolved|decentralis(?:ed|ation)|"
        r"(?:funding|funds?|pooled) pools?|pooled (?:budgets?|funding|funds?)|"
        r"joint commissioning|pooling of (?:funds|budgets)"
    ),
)

# What an organisation does well helps outcomes and is none: an enabler.
ORGANISATION = WordList(
    name="an organisation",
    reason="it is about an organisation, not about how people live",
    words=_words(
        r"(?:effective|efficient|strong|good) (?:leadership|commissioning|governance|management)"
    ),
)

# --- population ------------------------------------------------------------------------------

POPULATION = WordList(
    name="a whole population",
    reason="this is everybody who lives somewhere, not the customers of a service",
    words=_words(
        r"residents?|inhabitants|citizens|households in|the public|(?:the )?(?:whole|general|"
        r"resident|local|entire|child|adult|total)? ?population|everybody|everyone|"
        r"all (?:the )?(?:children|people|adults|young people|families|households|pupils|babies|"
        r"residents|women|men)(?: and young people)?(?= in\b| of\b| who live\b| aged\b| under\b|"
        r"$|\.)|"
        r"(?:people|children|adults|young people|families|women|men|babies|pensioners)"
        r"(?: and young people)? "
        r"(?:who live|living|resident) in|(?:the )?whole (?:community|city|area|country|county)"
    ),
)
# Somebody is helped, so these are customers after all.
HELPED = WordList(
    name="somebody is helped",
    reason="they are customers of the service",
    words=_words(
        r"(?:who|which|whom) (?:are |were |is |had been |have been |we )?(?:helped|supported|seen|"
        r"served|referred|treated|mentored|trained|assessed|enrolled|registered|counted)|"
        r"(?:helped|supported|seen|served|referred|treated|mentored) by|have a mentor|"
        r"subject to|on the (?:register|list|waiting list)|worked with|entitled|eligible|"
        r"known to|rely on|asked are|counted are"
    ),
)
GEOGRAPHY = WordList(
    name="a place",
    reason="it says where people are counted",
    words=_words(
        r"areas?|place|places|live(?:s|d)?|living|resident|residents|local|authorit(?:y|ies)|"
        r"city|cities|towns?|county|counties|districts?|boroughs?|wards?|parish(?:es)?|"
        r"neighbourhoods?|regions?|country|national(?:ly)?|nation|communit(?:y|ies)|schools?|"
        r"here|villages?|catchment"
    ),
)
NAMED_PLACE = re.compile(r"\b(?:in|of|from|across|within|at|near)\s+(?:the\s+)?[A-Z][\w'’-]+")

# --- the trap of many words (L6): eight nouns and eleven modifiers ---------------------------

MODIFIERS = WordList(
    name="modifiers",
    reason="such words sound precise and say nothing; two of them hide what is meant",
    words=_words(
        r"measurable|core|urgent|qualitative|priority|programmatic|targeted|performance|"
        r"incremental|strategic|systemic"
    ),
    innocent=_anywhere(r"core (?:assessments?|subjects?|group)|performance tables?"),
)
# The glossary keeps outcome (result) for conditions, indicator (benchmark) for populations, and
# measure for programmes; goal, objective and target are none of the three.
_NOUNS = ("benchmark", "result", "outcome", "goal", "indicator", "objective", "measure", "target")


def called(*fitting: str) -> WordList:
    """A thing that calls itself by one of the eight nouns, other than those that fit it."""
    wrong = "|".join(noun for noun in _NOUNS if noun not in fitting)
    return WordList(
        name="nouns",
        reason="the glossary keeps one word for each idea, so that readers need not guess",
        words=_anywhere(
            rf"^(?:(?:key|our|main|headline|strategic|priority|performance) )*(?:{wrong})s?"
            rf"(?= [0-9]+\b|\s?[:–—]| - )|\b(?:key|performance|strategic|outcome) (?:{wrong})s?$"
        ),
    )


IN_OUTCOME = WordList(
    name="nouns",
    reason="an outcome is a condition; indicators, measures and targets come after it",
    words=_words(
        r"(?:key |performance )?(?:indicators?|benchmarks?|objectives?)|"
        r"targets? (?:is|are|be|for|of)|(?:our|the|meet|meets) (?:goals?|targets?)|"
        r"performance measures?"
    ),
)

# --- direction (L7) --------------------------------------------------------------------------

DOWN = WordList(
    name="less of it",
    reason="the name speaks of less, though more is called better",
    words=_words(
        r"reductions? (?:in|of)|reduc(?:e|ing)|decreas(?:e|es|ing)(?: in| of)?|declines? in|"
        r"fall in|drop in|fewer(?= )|cut(?:s|ting)? in"
    ),
)
UP = WordList(
    name="more of it",
    reason="the name speaks of more, though less is called better",
    words=_anywhere(
        r"\bincreas(?:e|es|ing)\b(?: in\b| of\b)?|\bgrowth in\b|\brise in\b|^more\b|"
        r"\bimprov(?:ement|ements) in\b"
    ),
)
BAD = WordList(
    name="harm",
    reason="nobody wants more of it",
    words=_words(
        r"deaths?|mortality|dying|die|suicides?|injur(?:y|ies)|crimes?|poverty|unemployment|"
        r"unemployed|homeless(?:ness)?|obes(?:e|ity)|overweight|abuse|bullying|bullied|"
        r"exclusions?|truancy|smoking|smokers?|offend(?:ing|ers?)|absence|loneliness|lonely"
    ),
)
GOOD = WordList(
    name="good",
    reason="nobody wants less of it",
    words=_words(
        r"life expectancy|employment|in work|literacy|satisfaction|satisfied|immunis(?:ed|ation)|"
        r"vaccinat(?:ed|ion)|breastfe(?:d|eding)|school readiness|ready for school|"
        r"physically active|healthy"
    ),
)
RELIEVED = WordList(
    name="relief",
    reason="turns the meaning round",
    words=_words(
        r"without|no|not|never|free (?:of|from)|avoid\w*|prevent\w*|reduc\w*|fewer|less|stop\w*|"
        r"quit\w*|surviv\w*|overcom\w*|out of|escap\w*|help\w*|support\w*|recover\w*|non-\w+|"
        r"smoke-free|decreas\w*|fall|decline|drop|lift\w*|end\w*|un\w+|in-work|waiting|lack\w*|"
        r"lost|gap|days?|staff|solved|detect\w*|report(?:ed|ing)"
    ),
)
