"""Policies 政策比较: what each does to the same worlds with the same luck, and who loses by it.

Paper: P3 (policy that matches the type), Q22 (who gains, who loses, harm)
"""

from jiqun.experiments.census import BY_NAME
from jiqun.experiments.comparison import VERDICTS, Comparison, Effect, Standing
from jiqun.measures.estimate import Estimate
from jiqun.report.block import (
    Block,
    Cell,
    Field,
    Figure,
    Grid,
    Heading,
    Items,
    Number,
    Paragraph,
    Rows,
    Value,
)
from jiqun.report.figures.intervals import interval_plot
from jiqun.report.origin import described
from jiqun.report.policy_figures import fan_figure, regret_figure
from jiqun.report.section import Section
from jiqun.report.study import Study
from jiqun.vocabulary.text import Text, joined

PER_CENT = Text("% of the same worlds without policy", "%(相对于相同情形无政策时)")
INTERVAL = Text(
    "Where the mean effect over drawn worlds lies; worlds themselves spread wider.",
    "各抽取情形平均效果所在的范围;单个情形的差异更大。",
)
HOW = Text(
    "In the model’s scenario “{scenario}”, {draws} drawn worlds were run with every policy at one budget and "
    "with the same luck (runs of each: {seeds}). The model is not calibrated to this record unless the scenario says so: "
    "read the order of policies and its doubt, not the sizes.",
    "在模型情景“{scenario}”中,对抽取的 {draws} 种情形各运行 {seeds} 次,各政策预算相同、随机数相同。除非情景注明,"
    "模型未按本记录校准:应看政策的先后及其不确定性,而非数值大小。",
)
ROBUST = Text(
    "Least regret in the worst of the worlds tried: {policy}. It is best in {best} of them.",
    "在所试各种情形中,最大后悔值最小者为{policy};它在其中 {best} 的情形下最优。",
)
LEVEL_WITH = Text(
    "On average over worlds it cannot be told from: {policies}.",
    "就各情形平均而言,尚不能与以下政策区分:{policies}。",
)
CAPTION = Text("Policies by {criterion}", "按{criterion}比较的政策")
HEADS = (
    Text("policy", "政策"),
    Text("mean effect, %", "平均效果(%)"),
    Text("nine of ten worlds", "九成情形的范围"),
    Text("worst tenth", "最差一成"),
    Text("best in", "最优的情形占比"),
    Text("largest regret, %", "最大后悔值(%)"),
    Text("verdict", "结论"),
)
COMPARED_WITH = Text("baseline", "比较基准")
BETWEEN = Text("{low} to {high}", "{low} 至 {high}")
LOSERS = Text("Who loses", "谁受损")
LOSES = Text(
    "{policy}: {outcome} down by {mean}% ({low} to {high}).",
    "{policy}:{outcome}下降 {mean}%({low} 至 {high})。",
)
NOBODY = Text(
    "No outcome that was counted is worse with certainty.", "所统计的结果中没有确定变差者。"
)
FIGURE = Text(
    "Mean effect of each policy on {criterion}, % of the same worlds without policy",
    "各政策对{criterion}的平均效果(相对于相同情形无政策时,%)",
)
FIELDS = (
    Field("policy", Text("policy", "政策")),
    Field("mean", Text("mean effect, %", "平均效果(%)")),
    Field("low", Text("low", "区间下限")),
    Field("high", Text("high", "区间上限")),
)


def estimate_of(effect: Effect, found: Comparison) -> Estimate:
    """Return an effect as an estimate, with its interval over drawn worlds."""
    return Estimate(
        measure="comparison",
        of=(("policy", effect.policy), ("outcome", effect.outcome)),
        label=found.titles[effect.policy],
        value=effect.mean,
        low=effect.low,
        high=effect.high,
        interval=INTERVAL,
        unit=PER_CENT,
        n=found.draws * found.seeds,
        n_of=Text("runs", "次运行"),
    )


def _row(standing: Standing, found: Comparison) -> tuple[Cell, ...]:
    effect = next((e for e in found.of(found.criterion) if e.policy == standing.policy), None)
    regret = standing.regret_most
    if standing.regret_structures is not None:
        regret = standing.regret_structures
    best = Text(f"{standing.best:.0%}", f"{standing.best:.0%}")
    lost = Number(value=regret, basis=f"comparison:policy={standing.policy}:regret")
    title = found.titles[standing.policy]
    if effect is None:  # the policy that all others are held against
        return (title, None, None, None, best, lost, COMPARED_WITH)
    made = estimate_of(effect, found)
    ends = {"low": f"{effect.world_low:.1f}", "high": f"{effect.world_high:.1f}"}
    worst = Number(value=effect.worst, basis=made.id)
    return (title, made, BETWEEN.fill(**ends), worst, best, lost, VERDICTS[effect.verdict])


def table(found: Comparison) -> Grid:
    """Return a row a policy, least regret first."""
    criterion = BY_NAME[found.criterion].label
    return Grid(
        caption=CAPTION.fill(criterion=criterion),
        heads=HEADS,
        rows=tuple(_row(standing, found) for standing in found.standings),
        notes=found.warnings,
        sheet="policies",
    )


def summary(found: Comparison) -> Text:
    """Say which policy regrets least, how often it is best, and which others it cannot be told from."""
    best = next(s.best for s in found.standings if s.policy == found.robust)
    told = ROBUST.fill(policy=found.titles[found.robust], best=f"{best:.0%}")
    level = _undecided(found)
    if not level:
        return told
    return joined((told, LEVEL_WITH.fill(policies=joined(level, ", ", "、"))))


def _undecided(found: Comparison) -> tuple[Text, ...]:
    """Return the ranked policies that the one of least regret neither beats nor loses to."""
    ranked = {standing.policy for standing in found.standings}
    open_ = [
        duel.other if duel.one == found.robust else duel.one
        for duel in found.duels
        if found.robust in {duel.one, duel.other} and duel.winner is None
    ]
    return tuple(found.titles[name] for name in open_ if name in ranked)


def _figure(found: Comparison, study: Study) -> tuple[Figure, ...]:
    shown = {standing.policy for standing in found.standings}
    made = [estimate_of(e, found) for e in found.of(found.criterion) if e.policy in shown]
    drawn = [e for e in made if e.low is not None]
    if len(drawn) <= 1:
        return ()
    alt = described(drawn)
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (e.label, *(Number(value=x or 0.0, basis=e.id) for x in (e.value, e.low, e.high)))
        for e in drawn
    )
    figure = Figure(
        name="policy-effects",
        title=FIGURE.fill(criterion=BY_NAME[found.criterion].label),
        alt=alt,
        draw=lambda language: interval_plot(
            drawn, alt.to(language), language, synthetic=study.synthetic
        ),
        data=Rows(fields=FIELDS, rows=rows),
        notes=(INTERVAL,),
    )
    return (figure,)


def _over_time(found: Comparison, study: Study) -> tuple[Figure, ...]:
    """Draw each policy over the years, and where it falls short of the best."""
    known = all(standing.policy in found.series for standing in found.standings)
    fans = (fan_figure(found, synthetic=study.synthetic),) if known else ()
    regret = regret_figure(found, synthetic=study.synthetic)
    return (*fans, *((regret,) if regret is not None else ()))


def _losers(found: Comparison) -> Block:
    told = [
        LOSES.fill(
            policy=found.titles[e.policy],
            outcome=BY_NAME[e.outcome].label,
            mean=f"{-e.mean:.1f}",
            low=f"{-(e.high or 0.0):.1f}",
            high=f"{-(e.low or 0.0):.1f}",
        )
        for e in found.effects
        if e.verdict == "loses"
    ]
    return Items(items=tuple((words,) for words in told)) if told else Paragraph(text=NOBODY)


def _policies(study: Study) -> tuple[Block, ...]:
    found = study.comparison
    if found is None:
        return ()
    told = {"scenario": found.scenario, "draws": found.draws, "seeds": found.seeds}
    return (
        Paragraph(text=summary(found), notice=True),
        Paragraph(text=HOW.fill(**told)),
        table(found),
        *_figure(found, study),
        *_over_time(found, study),
        Heading(text=LOSERS),
        _losers(found),
    )


POLICIES = Section(name="policies", title=Text("Policies compared", "政策比较"), build=_policies)
