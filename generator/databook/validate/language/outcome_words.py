"""Words that do not belong into an outcome: data, change, services, means, organisations."""

from __future__ import annotations

from databook.validate.language.wordlist import WordList, anywhere, words

# What an outcome may not hold (L1).
DATA_IN_OUTCOME = WordList(
    name="data",
    reason="numbers belong to indicators, which say how far an outcome is met",
    words=anywhere(
        r"[0-9][0-9.,]*(?:\s?%)?|%|\b(?:rates?|numbers? of|percentages?|per cent|percent|"
        r"proportion of|average)\b"
    ),
    innocent=anywhere(r"at any rates?|first[- ]rate|\ba number of|rates? of pay"),
)

# --- change ----------------------------------------------------------------------------------

CHANGE = WordList(
    name="change",
    reason="a condition simply is; changing it belongs to targets and actions",
    words=words(
        r"improv(?:e[sd]?|ing|ements?)|increas(?:e[sd]?|ing)|reduc(?:e[sd]?|ing|tions?)|"
        r"decreas(?:e[sd]?|ing)|rais(?:e[sd]?|ing) (?:the )?(?:level|standard|attainment|number)s?|"
        r"lower(?:s|ing) the \w+|cut(?:s|ting)? (?:the )?(?:number|level|rate)s?|"
        r"minimis(?:e[sd]?|ing)|maximis(?:e[sd]?|ing)|tackl(?:e[sd]?|ing)|boost(?:s|ed|ing)?"
    ),
)

# --- services and means in an outcome (L3) ---------------------------------------------------

SERVICES = WordList(
    name="services",
    reason="a service is a way to an outcome; people want what it is for",
    words=words(
        r"services?|programmes?|provision|schemes?|interventions?|(?:support|treatment) "
        r"(?:is|are) (?:available|offered|provided)|access(?:es)? (?:to )?(?:\w+ )?(?:services?|"
        r"support|treatment|provision|nursery|childcare|clinics?|training)|workshops?|helplines?|"
        r"(?:see|seen by|get|visit|reach) (?:a |an |their |the )?(?:gp|doctor|dentist|nurse|"
        r"social worker|therapist|health visitor|specialist)s?|appointments?|"
        r"clinics?|(?:children's|sure start|family|community) (?:centres?|hubs?)|agenc(?:y|ies)|"
        r"assessments?|referrals?|case management"
    ),
    innocent=anywhere(
        r"(?:military|community|public|national|voluntary) service(?! provision|s? (?:is|are))|"
        r"in the service of|civil service|church services?|broken services|tv programmes?"
    ),
)
MEANS = WordList(
    name="means",
    reason="how organisations work together is a means, and nobody is better off by it alone",
    words=words(
        r"collaborat(?:e|es|ion|ive|ing)|partnership working|work(?:s|ing)? in partnership|"
        r"joint working|joined[- ]up(?: working)?|multi-agency(?: working)?|"
        r"(?:partners?|agenc(?:y|ies)|organisations?|professionals|bodies|we|staff|teams?) "
        r"(?:\w+ )?(?:work|works|working|act|acting|plan|planning) (?:together|jointly|as one)|"
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
    words=words(
        r"(?:effective|efficient|strong|good) (?:leadership|commissioning|governance|management)"
    ),
)

IN_OUTCOME = WordList(
    name="nouns",
    reason="an outcome is a condition; indicators, measures and targets come after it",
    words=words(
        r"(?:key |performance )?(?:indicators?|benchmarks?|objectives?)|"
        r"targets? (?:is|are|be|for|of)|(?:our|the|meet|meets) (?:goals?|targets?)|"
        r"performance measures?"
    ),
)
