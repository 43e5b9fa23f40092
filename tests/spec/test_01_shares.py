"""Wilson score interval."""

from __future__ import annotations

from recorder import Example, Method

from databook.limits import wilson

METHOD = Method(
    title="Interval of a percentage: Wilson score",
    words="""
    A percentage counted on few children could easily have come out otherwise. The interval says
    how far: of intervals made this way, 95 in 100 hold the true percentage.""",
    formula="""
    with x of n children and z = 1.959964, the limits are
    (2x + z² ∓ z √(z² + 4x(1 − x/n))) ÷ (2(n + z²)).""",
    source="""
    E. B. Wilson, 1927; R. G. Newcombe and D. G. Altman, 2000; used for proportions in the
    public health technical guidance of the Office for Health Improvement and Disparities.""",
)


def test_65_of_100(example: Example) -> None:
    """65 of 100

    Published limits: the true share is very probably between 55% and 74%."""
    example.given(count=65, out_of=100)
    lower, upper = wilson(65, 100)
    example.expect("lower limit", lower, 0.5525444329688797, within=1e-12)
    example.expect("upper limit", upper, 0.7363575175690247, within=1e-12)


def test_65_of_100_at_99_8(example: Example) -> None:
    """65 of 100, at 99.8%

    Published limits: to be surer, the range must be wider."""
    example.given(count=65, out_of=100, z=3.090232306167813)
    lower, upper = wilson(65, 100, 3.090232306167813)
    example.expect("lower limit", lower, 0.4954946574070431, within=1e-12)
    example.expect("upper limit", upper, 0.7783540614089685, within=1e-12)


def test_1_of_100(example: Example) -> None:
    """1 of 100

    Published limits: a rare event keeps a sensible interval that never goes below nothing."""
    example.given(count=1, out_of=100)
    lower, upper = wilson(1, 100)
    example.expect("lower limit", lower, 0.0017674320641407, within=1e-12)
    example.expect("upper limit", upper, 0.0544861961787053, within=1e-12)


def test_37_of_188(example: Example) -> None:
    """37 of 188

    A fifth of 188 women could as well be a seventh or a quarter."""
    example.given(count=37, out_of=188)
    lower, upper = wilson(37, 188)
    example.expect("lower limit", lower, 0.146292, within=1e-5)
    example.expect("upper limit", upper, 0.259467, within=1e-5)


def test_17_of_19_and_19_of_20(example: Example) -> None:
    """17 of 19 beside 19 of 20

    Two very small groups: the intervals overlap almost wholly, so neither is clearly better."""
    example.given(first=[17, 19], second=[19, 20])
    for name, count, total, low, high in (
        ("first", 17, 19, 0.686059, 0.970641),
        ("second", 19, 20, 0.763869, 0.991119),
    ):
        lower, upper = wilson(count, total)
        example.expect(f"lower limit of the {name}", lower, low, within=1e-6)
        example.expect(f"upper limit of the {name}", upper, high, within=1e-6)


def test_none_and_all_of_12(example: Example) -> None:
    """None of 12, and all of 12

    Nought of twelve does not prove that it never happens, nor twelve of twelve that it always
    does; but the limits stop at 0 and 1."""
    example.given(out_of=12)
    none, everybody = wilson(0, 12), wilson(12, 12)
    example.expect("lower limit of none", none[0], 0.0)
    example.expect("upper limit of none", none[1], 0.242494, within=1e-6)
    example.expect("lower limit of all", everybody[0], 0.757506, within=1e-6)
    example.expect("upper limit of all", everybody[1], 1.0)
