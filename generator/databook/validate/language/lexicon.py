"""The words that tell outcome, indicator and performance measure apart, each list with its reason.

English only. A list knows which innocent phrases hold its words (“cases of measles” counts
people, not customers), so that a phrase decides nothing where it means something else.
"""

from __future__ import annotations

import re

from databook.validate.language.wordlist import WordList, anywhere, words

# --- data ------------------------------------------------------------------------------------

OPENING = WordList(
    name="opens with data",
    reason="a statement that opens like this counts or measures something",
    words=anywhere(
        r"^\s*(?:(?:the|our|an?) )?(?:%|#|no\.? of\b|(?:(?:total|annual|crude|overall|average|mean|"
        r"median) )*(?:(?:rate|number|percentage|proportion|ratio|average|median|index|indices|"
        r"prevalence|incidence|numbers|rates)\b|(?:share|count|percent|per cent|amount|level|score|"
        r"length|duration|volume|frequency) of\b|(?:mean|average) \w+|cost per\b)|"
        r"how (?:many|much|often|long)\b)"
    ),
    innocent=anywhere(r"^\s*(?:a number of|rates of pay|interest rates)"),
)
MEASUREMENT = WordList(
    name="measurement",
    reason="only a number needs this word",
    words=words(
        r"rates?(?! of pay)|index|indices|ratio|percentages?|percent|per cent|proportion of|"
        r"share of(?= \w+ who\b)|number of|numbers of|per [0-9][0-9,]*|average number|prevalence|"
        r"incidence|life expectancy|death toll|mortality|median \w+|gdp|"
        r"(?:hospital )?admissions|diagnoses|casualties|convictions|conceptions|arrests|"
        r"(?:vaccination|immunisation|screening) coverage|cases of|earnings"
    ),
    innocent=anywhere(
        r"at any rates?|first[- ]rate|second[- ]rate|a number of|any number of|index finger|"
        r"interest rates?|rates? of pay"
    ),
)
SIGNS = WordList(
    name="signs and digits",
    reason="a number stands in it",
    words=anywhere(r"[0-9][0-9.,]*(?:\s?%)?|%|#(?=\s?\w)"),
)

# --- services and their customers ------------------------------------------------------------

CLIENTS = WordList(
    name="customers",
    reason="these are the customers of a service, not everybody who lives somewhere",
    words=words(
        r"clients?|customers?|participants?|service[- ]users?|users?|referrals?|re-referrals?|"
        r"patients?|in-?patients|out-?patients|attend(?:ing|ees|ers)|"
        r"(?:open |closed |new |live )?cases?(?: ?loads?)?|trainees?|mentees?|enrollees?|enrolled|"
        r"(?:people|those|adults|children|families) who use (?:the |our |its |these )?"
        r"(?:\w+ )?services?|"
        r"applicants?|callers?|beneficiaries|tenants of|(?:people|children|adults|families|women|"
        r"men|carers|parents|pupils) (?:seen|served|supported|helped|referred|treated|assessed|"
        r"trained|worked) (?:by|with|through|to)|who (?:attend(?:ed)?|complet(?:e|ed)|"
        r"enrol(?:led)?) (?:the|our|a|an|its)|graduates of (?:the|our)"
    ),
    innocent=anywhere(
        r"(?:wheelchair|road|drug|internet|library card|web|public transport|bus|path|land|"
        r"energy|water) users?|"
        r"cases? of (?!children\b|young people\b|clients\b|families\b)|(?:new|confirmed|reported) "
        r"cases? of|in (?:any|that|this|some|most|many|all) cases?\b|case[- ]fatality|"
        r"(?:measles|mumps|rubella|tb|covid(?:-19)?|flu|hiv|sti|cancer|crime|fraud|dementia|"
        r"malaria|cholera|(?:\w+-)?\w+(?:itis|osis|emia|enza|oma|pox|disease|infection)) cases?|"
        r"enrolled (?:in|at) (?:\w+ )?(?:schools?|college|university|education|pre-?school|"
        r"nursery)|"
        r"attending (?:a |an |the )?(?:(?:good|local|state|primary|secondary|outstanding|"
        r"nursery) )*(?:schools?|church|college|university|births?)|user[- ]friendly|"
        r"customer (?:goods|confidence)|school cases?|be patient"
    ),
)
PROCESS = WordList(
    name="how a service works",
    reason="this is about how a service works, however much it looks like a figure of a place",
    words=words(
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
        r"completions? of (?:\w+ )*?(?:treatment|course|programme|training)|"
        r"delayed (?:transfers|discharges)|"
        r"spend(?:ing)? per|(?:paid|answered|processed|decided|dealt with) within"
    ),
    innocent=anywhere(
        r"(?:business|company|retail|sales|market|housing|shop|office) turnover|turnover of "
        r"(?:local |small )?(?:firms|businesses|shops|companies)|"
        r"(?:housing|shop|office|job) vacanc(?:y|ies)(?: rates?)?|vacancy rates? of (?:shops|homes|"
        r"offices|dwellings)|staff of life|"
        r"(?:education,? (?:employment|work)|work),? (?:or|and|nor) (?:in )?training|"
        r"(?:education|employment|work),? or in training|"
        r"(?:deaths?|died|die|dying|born|survive|survival)[^.;]{0,40}? (?:with)?in \w+ \w+|"
        r"(?:with)?in \w+ (?:days|weeks|months) (?:of|after) (?:birth|life|diagnosis|delivery|a "
        r"positive test)|(?:hotel|housing|room) occupancy|"
        r"live within \w+ (?:minutes?|hours?)|within \w+ minutes? (?:of|on|by)\b"
    ),
)

# --- population ------------------------------------------------------------------------------

POPULATION = WordList(
    name="a whole population",
    reason="this is everybody who lives somewhere, not the customers of a service",
    words=words(
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
# Figures that are only counted of everybody in a place.
OF_A_PLACE = WordList(
    name="a figure of a place",
    reason="it is counted of everybody who lives somewhere",
    words=words(
        r"life expectancy|(?:birth|fertility|death|crime|unemployment|employment|poverty|"
        r"smoking|obesity|suicide|homelessness) rates?(?= in\b|$| \()|"
        r"(?:infant |premature |under-?[0-9]+ )?mortality(?: rates?)?|deaths? per [0-9,]+|"
        r"prevalence of"
    ),
)
PEOPLE = (
    r"people|children|adults|young people|families|women|men|babies|pensioners|residents|"
    r"pupils|households"
)
# A sentence on how people are: an outcome, and no measure.
CONDITION = WordList(
    name="a condition",
    reason="it says how people are, and counts nobody",
    words=anywhere(
        rf"^\s*(?:all |our |every )?(?:{PEOPLE})(?: and (?:{PEOPLE}))? (?:are|feel|live|grow up) "
        r"(?:\w+ )?(?:healthy|safe|safely|well|happy|ready|secure|free|strong|resilient|"
        r"independent|independently|included|connected|valued|prosperous|thriving|successful)\b"
        r"[^%#()]*$"
    ),
)
# Somebody is helped, so these are customers after all.
HELPED = WordList(
    name="somebody is helped",
    reason="they are customers of the service",
    words=words(
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
    words=words(
        r"where (?:\w+ )?(?:works?|lives?|are|serves?)|"
        r"areas?|place|places|live(?:s|d)?|living|resident|residents|local|authorit(?:y|ies)|"
        r"city|cities|towns?|county|counties|districts?|boroughs?|wards?|parish(?:es)?|"
        r"neighbourhoods?|regions?|country|national(?:ly)?|nation|communit(?:y|ies)|schools?|"
        r"here|villages?|catchment"
    ),
)
NAMED_PLACE = re.compile(r"\b(?:in|of|from|across|within|at|near)\s+(?:the\s+)?[A-Z][\w'’-]+")
