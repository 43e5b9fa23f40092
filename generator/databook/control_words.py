"""What an XmR chart says, in plain English, for pages and for the text beside the picture."""

from __future__ import annotations

from databook import words
from databook.findings import (
    Assurance,
    Control,
    ControlPhase,
    ControlPoint,
    Signal,
    Verdict,
)
from databook.model import Better, Measurable
from databook.periods import PeriodType

_UP = {Verdict.HIGHER: True, Verdict.LOWER: False}
_TONE = {Verdict.BETTER: "good", Verdict.WORSE: "bad"}


def rises(point: ControlPoint, better: Better) -> bool:
    """Whether a signal is on the high side, or upwards."""
    if point.verdict in _UP:
        return _UP[point.verdict]
    return (point.verdict is Verdict.BETTER) == (better is Better.HIGHER)


def signal(point: ControlPoint, better: Better) -> str:
    """Which signal a figure gives: "above the upper limit"."""
    up = rises(point, better)
    match point.signal:
        case Signal.OUTSIDE:
            return "above the upper limit" if up else "below the lower limit"
        case Signal.TREND:
            return f"one of seven or more in a row that {'rise' if up else 'fall'} at every step"
        case Signal.NEAR:
            return f"one of two in three near the {'upper' if up else 'lower'} limit"
        case Signal.SHIFT:
            return f"one of seven or more in a row {'above' if up else 'below'} the mean"
        case Signal.NONE:
            return "within the usual ups and downs"


def status(control: Control, indicator: Measurable) -> words.Status:
    """The newest figure against the usual ups and downs, as a status."""
    point = control.latest
    why = f"{words.sentence_case(signal(point, indicator.better))}."
    if point.signal is Signal.NONE:
        return _status("flat", "Within the usual ups and downs", "As usual", why)
    word = f"{words.sentence_case(point.verdict)} than usual"
    return _status(_TONE.get(point.verdict, "flat"), word, word, why)


def assurance_status(control: Control) -> words.Status:
    """Whether the target will be reached as things run now, as a status."""
    match control.assurance:
        case Assurance.PASS:
            return _status("good", "Will reach its target", "Will reach it", "")
        case Assurance.FAIL:
            return _status("bad", "Will miss its target", "Will miss it", "")
        case Assurance.HIT_AND_MISS:
            return _status("flat", "Hit and miss", "Hit and miss", "")
        case Assurance.UNSETTLED:
            word = "Not judged while the figures are changing"
            return _status("none", word, "Not judged yet", "")
        case Assurance.NONE:
            why = "Neither way is better." if control.target is not None else "No target is set."
            return _status("none", "Not judged against a target", "Not judged", why)


def sentences(control: Control, indicator: Measurable) -> tuple[str, ...]:
    """What the chart says: the usual range, the newest figure, the target, and any doubt."""
    phase = control.phases[-1]
    point = control.latest
    figure = words.value(point.value, indicator)
    said = [_usual(phase, indicator)]
    if settled(phase) and point.signal is Signal.NONE:
        said.append(
            f"The latest figure, {figure} in {point.period.label}, is within that: by itself it "
            "asks for no explanation."
        )
    elif point.signal is not Signal.NONE:
        said.append(
            f"The latest figure, {figure} in {point.period.label}, is {point.verdict} than usual: "
            f"it is {signal(point, indicator.better)}."
        )
    said += _earlier(phase)
    if sentence := target(control, indicator):
        said.append(sentence)
    if phase.trial:
        said.append(
            f"The limits rest on {words.plural(len(phase.points), 'figure')} and are on trial."
        )
    return tuple(said)


def settled(phase: ControlPhase) -> bool:
    """Whether there are usual ups and downs: not where most figures are more than that."""
    marked = sum(point.signal is not Signal.NONE for point in phase.points)
    return 2 * marked <= len(phase.points)


def _usual(phase: ControlPhase, indicator: Measurable) -> str:
    if not settled(phase):
        marked = sum(point.signal is not Signal.NONE for point in phase.points)
        return (
            f"There has been no one usual level since {_begun(phase)}: {marked} of "
            f"{len(phase.points)} figures give a signal. Mean and limits stand over the whole time "
            "and describe neither the beginning nor the end of it."
        )
    low, high = (words.brief(v, indicator) for v in (phase.lower, phase.upper))
    mean = words.brief(phase.mean, indicator)
    step = words.step(phase.points[0].period.type)
    return (
        f"From one {step} to the next the figure comes and goes by itself: since {_begun(phase)} "
        f"between {low} and {high}, with a mean of {mean}."
    )


def _begun(phase: ControlPhase) -> str:
    """The first period, so that "since" can stand before it: a quarter's label is a span."""
    first = phase.points[0].period
    return f"the quarter {first.label}" if first.type is PeriodType.QUARTER else first.label


def _earlier(phase: ControlPhase) -> list[str]:
    """How many earlier figures gave a signal, by verdict."""
    marked = [p for p in phase.points[:-1] if p.signal is not Signal.NONE]
    if not marked:
        return ["No earlier figure gives a signal."]
    verdicts = list(dict.fromkeys(p.verdict for p in marked))
    counts = [
        f"{words.count(sum(p.verdict is v for p in marked))} {v} than usual" for v in verdicts
    ]
    noun = "figure gives" if len(marked) == 1 else "figures give"
    number = words.sentence_case(words.count(len(marked)))
    return [f"{number} earlier {noun} a signal: {words.listed(counts)}."]


def target(control: Control, indicator: Measurable) -> str:
    """Where the target lies against the limits, and what follows; nothing where there is none."""
    if control.target is None or control.assurance is Assurance.NONE:
        return ""
    phase = control.phases[-1]
    if control.assurance is Assurance.UNSETTLED:
        return (
            f"The target of {words.brief(control.target, indicator)} is not judged against the "
            "limits: the latest figure goes beyond the usual, so they do not say what comes next."
        )
    aim = words.brief(control.target, indicator)
    where = "between the limits"
    if control.target > phase.upper:
        where = "above the upper limit"
    elif control.target < phase.lower:
        where = "below the lower limit"
    return f"The target of {aim} lies {where}: as things run now, it {_verb(control.assurance)}."


def _verb(assurance: Assurance) -> str:
    return {
        Assurance.PASS: "will be reached every time, unless something changes",
        Assurance.FAIL: "will be missed every time, unless something changes",
        Assurance.HIT_AND_MISS: "will sometimes be reached and sometimes be missed",
    }[assurance]


def _status(tone: str, word: str, short: str, why: str) -> words.Status:
    return words.Status(tone=tone, shape=words.SHAPES[tone], word=word, short=short, why=why)
