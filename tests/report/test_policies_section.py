"""Policies in the report: least regret first, the interval beside the effect, and who loses.

Paper: P3 (policy that matches the type), Q22 (who gains, who loses)
"""

from dataclasses import replace

from jiqun.experiments.census import BY_NAME
from jiqun.experiments.comparison import Comparison, Duel, Effect, Standing
from jiqun.report.block import Figure, Grid, Heading, Items, Number, Paragraph
from jiqun.report.forms import FORMS
from jiqun.report.report import Report
from jiqun.report.sections.front import FRONT
from jiqun.report.sections.policies import COMPARED_WITH, POLICIES, estimate_of, summary
from jiqun.report.tables import result_tables
from jiqun.vocabulary.text import Text
from tests.report.study_samples import a_diagnosis, a_study, page_of

CRITERION, OTHER = "sales", next(name for name in BY_NAME if name != "sales")


def effect(policy: str, mean: float, outcome: str = CRITERION, verdict: str = "gains") -> Effect:
    return Effect(
        policy=policy,
        outcome=outcome,
        mean=mean,
        low=mean - 1.0,
        high=mean + 1.0,
        world_low=mean - 3.0,
        world_high=mean + 3.0,
        helps=0.9,
        worst=mean - 4.0,
        verdict=verdict,  # type: ignore[arg-type]  # one of the verdicts
    )


def standing(policy: str, best: float, regret: float) -> Standing:
    return Standing(
        policy=policy,
        best=best,
        regret_mean=regret / 2,
        regret_most=regret,
        regret_structures=None,
        front=True,
        spent=100.0,
    )


def a_comparison() -> Comparison:
    return Comparison(
        scenario="native_core",
        criterion=CRITERION,
        baseline="none",
        titles={
            "scenarios": Text("open scenarios", "开放场景"),
            "templates": Text("templates", "模板"),
            "none": Text("no policy", "无政策"),
        },
        effects=(
            effect("scenarios", 6.25),
            effect("templates", 0.5, verdict="undetermined"),
            effect("templates", -2.0, OTHER, "loses"),
        ),
        standings=(
            standing("scenarios", 0.8, 1.0),
            standing("templates", 0.2, 7.0),
            standing("none", 0.0, 9.0),
        ),
        duels=(
            Duel(
                one="scenarios",
                other="templates",
                mean=5.0,
                low=-1.0,
                high=9.0,
                winner=None,
                tie=False,
            ),
            Duel(
                one="scenarios",
                other="none",
                mean=6.0,
                low=5.0,
                high=7.0,
                winner="scenarios",
                tie=False,
            ),
        ),
        structures=(),
        series={},
        draws=50,
        seeds=4,
        runs=600,
        warnings=(Text("Few draws.", "抽样较少。"),),
    )


def test_policies_are_told_with_interval_regret_and_losers() -> None:
    blocks = POLICIES.build(replace(a_study(), comparison=a_comparison()))
    (grid,) = [b for b in blocks if isinstance(b, Grid)]
    assert [row[0] for row in grid.rows] == list(a_comparison().titles.values())
    (figure,) = [b for b in blocks if isinstance(b, Figure)]
    assert [row[0] for row in figure.data.rows] == list(a_comparison().titles.values())[:2]
    title, effect_, *_, regret, verdict = grid.rows[-1]
    assert (title, effect_, verdict) == (a_comparison().titles["none"], None, COMPARED_WITH)
    assert isinstance(regret, Number)
    assert regret.value == 9.0
    first = next(b for b in blocks if isinstance(b, Paragraph))
    assert first.text.en.startswith(
        "Least regret in the worst of the worlds tried: open scenarios."
    )
    (losers,) = [b for b in blocks if isinstance(b, Items)]
    assert "down by 2.0% (1.0 to 3.0)" in str(losers.items)
    assert grid.notes == a_comparison().warnings


def test_an_effect_keeps_its_interval_and_name() -> None:
    made = estimate_of(effect("scenarios", 6.25), a_comparison())
    assert (made.low, made.value, made.high) == (5.25, 6.25, 7.25)
    assert made.id == f"comparison:policy=scenarios:outcome={CRITERION}"
    assert made.n == 200


def test_the_front_page_has_the_comparison_and_every_form_the_section() -> None:
    study = replace(a_study(diagnosis=a_diagnosis()), comparison=a_comparison())
    headings = [b.text.en for b in FRONT.build(study) if isinstance(b, Heading)]
    assert headings.index("Policies compared") > headings.index("What to collect next")
    page = page_of(study, "zh")
    assert "最大后悔值最小者为开放场景" in page
    assert POLICIES.build(a_study()) == ()


def test_what_cannot_be_told_apart_is_named_beside_the_one_of_least_regret() -> None:
    assert summary(a_comparison()).en.endswith("it cannot be told from: templates.")
    sure = replace(a_comparison(), duels=a_comparison().duels[1:])
    assert "cannot be told from" not in summary(sure).en


def test_no_two_tables_of_results_share_a_name() -> None:
    report = Report.of(replace(a_study(diagnosis=a_diagnosis()), comparison=a_comparison()))
    names = [table.name for table in result_tables(report)]
    assert len(set(names)) == len(names)
    assert FORMS["xlsx"].make(report, "en", ())
