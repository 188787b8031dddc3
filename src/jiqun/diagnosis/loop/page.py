"""The page of the loop: how diagnoses of simulated clusters fared, with the sizes they rest on.

Paper: T1, S1-S18, Q17
"""

from collections.abc import Callable, Sequence

from jiqun.diagnosis.card import Card
from jiqun.diagnosis.loop.about import ABOUT, TITLE
from jiqun.diagnosis.loop.conclusions import Conclusion
from jiqun.diagnosis.loop.hiding import HIDINGS, NULLS
from jiqun.diagnosis.loop.scoring import (
    Score,
    called,
    distance_from_prior,
    reliability,
    score,
    type_evidence,
)
from jiqun.diagnosis.loop.worlds import built_on
from jiqun.vocabulary.text import Language, Text
from jiqun.vocabulary.typology import CLUSTER_TYPE, DIGITAL, HYBRID, TYPE_VERDICT

TITLES = {
    "full": Text("Full records", "完整记录"),
    "half": Text("Half of the tables removed", "随机去掉一半数据表"),
    "ties_only": Text("Firms and ties only", "仅有企业与关系"),
    "firms_permuted": Text("Firms permuted in every table", "各表企业编号打乱"),
    "dates_shuffled": Text("Dates shuffled", "日期打乱"),
    "drawn_at_random": Text("Firms, dates and values drawn at random", "企业、日期、数值随机生成"),
}
LEAST_SHOWN = 20
SIZE = Text(
    "{worlds} simulated clusters, reference card {version}, built on {built} other clusters.\n",
    "共 {worlds} 个仿真集群;参照卡 {version},由另外 {built} 个集群构建。\n",
)
HEADS = {
    "goals": Text("Hoped for and found", "预期与结果"),
    "scores": Text("Scores", "评分"),
    "makes": Text("By make, full records", "按情景来源(完整记录)"),
    "confusion": Text("Truth and verdict, full records", "真实类型与判定(完整记录)"),
    "kept": Text(
        "Is the probability of the likeliest type kept? Full records",
        "最可能类型的概率是否可信(完整记录)",
    ),
    "removed": Text("By what was removed", "按去掉的数据表"),
    "nulls": Text("Records without meaning", "失去含义的记录"),
}
Rows = Sequence[Sequence[str]]


def page(found: Sequence[Conclusion], card: Card, language: Language) -> str:
    """Write the page.

    Parameters
    ----------
    found
        Conclusions of all worlds and hidings.
    card
        The card that was concluded with; no world that it was built on is among them.
    language
        Of the words.
    """
    by_hiding = {name: [c for c in found if c.hiding == name] for name in (*HIDINGS, *NULLS)}
    scores = {name: score(by_hiding[name]) for name in HIDINGS if by_hiding[name]}
    worlds = len({c.number for c in found})
    size = SIZE.fill(worlds=worlds, version=card.version, built=card.built_on)
    parts = [
        f"# {TITLE.to(language)}\n\n{ABOUT.to(language)}\n",
        size.to(language),
        _table("goals", ("", *GOAL_HEADS), _goals(scores, worlds, language), language),
        _scores(scores, language),
        _table("makes", ("", *MAKE_HEADS), _makes(by_hiding["full"], language), language),
        _confusion(scores["full"], language),
        _table("kept", KEPT_HEADS, _reliability(by_hiding["full"]), language),
        _table("removed", REMOVED_HEADS, _by_table(by_hiding["half"]), language),
        _table("nulls", ("", *NULL_HEADS), _nulls(by_hiding, card, language), language),
    ]
    return "\n".join(parts)


def _table(name: str, heads: Sequence[Text | str], rows: Rows, language: Language) -> str:
    words = [h if isinstance(h, str) else h.to(language) for h in heads]
    lines = [words, ["---"] * len(words), *rows]
    body = "".join("| " + " | ".join(each) + " |\n" for each in lines)
    return f"## {HEADS[name].to(language)}\n\n{body}"


GOAL_HEADS = (Text("hoped for", "预期"), Text("found", "结果"))
GOALS: tuple[tuple[str, Text, str, Callable[[Score], str]], ...] = (
    (
        "full",
        Text("full records: right, of those called", "完整记录:已判定者中判对"),
        "≥ 90%",
        lambda s: _p(s.right),
    ),
    (
        "full",
        Text("full records: abstained", "完整记录:未作判定"),
        "≤ 10%",
        lambda s: _p(s.abstained),
    ),
    (
        "full",
        Text("stage within one window", "阶段误差不超过一个时段"),
        "≥ 80%",
        lambda s: _p(s.stage_right),
    ),
    (
        "full",
        Text("80% sets cover the type", "80% 集合包含真实类型"),
        "75–85%",
        lambda s: _p(s.coverage),
    ),
    (
        "full",
        Text("80% sets cover the stage", "80% 集合包含真实阶段"),
        "75–85%",
        lambda s: _p(s.stage_coverage),
    ),
    (
        "full",
        Text("expected calibration error, type", "类型的期望校准误差"),
        "≤ 0.05",
        lambda s: _n(s.calibration_error),
    ),
    (
        "full",
        Text("expected calibration error, stage", "阶段的期望校准误差"),
        "≤ 0.05",
        lambda s: _n(s.stage_calibration_error),
    ),
    (
        "half",
        Text("half of the tables: right, of those called", "一半数据表:已判定者中判对"),
        "≥ 85%",
        lambda s: _p(s.right),
    ),
    (
        "ties_only",
        Text("firms and ties only: abstained", "仅有企业与关系:未作判定"),
        "≥ 90%",
        lambda s: _p(s.abstained),
    ),
)


def _goals(scores: dict[str, Score], worlds: int, language: Language) -> Rows:
    """Set what was hoped for against what was found."""
    rows = [[Text("clusters scored", "评分的集群").to(language), "≥ 500", f"{worlds}"]]
    rows += [
        [what.to(language), goal, show(scores[hiding])]
        for hiding, what, goal, show in GOALS
        if hiding in scores
    ]
    return rows


MEASURED: tuple[tuple[Text, Callable[[Score], str]], ...] = (
    (Text("clusters", "集群"), lambda s: f"{s.worlds}"),
    (Text("type called", "判定了类型"), lambda s: _p(1.0 - s.abstained)),
    (Text("right, of those called", "已判定者中判对"), lambda s: _p(s.right)),
    (
        Text("hybrids: right, of those called", "混合型:已判定者中判对"),
        lambda s: _p(s.hybrids_right),
    ),
    (
        Text("80% sets of types cover, at exactly that level", "80% 类型集合的覆盖率(恰为该水平)"),
        lambda s: _p(s.coverage),
    ),
    (
        Text("80% sets as shown (at least that level)", "所示 80% 集合的覆盖率(不低于该水平)"),
        lambda s: _p(s.plain_coverage),
    ),
    (
        Text("expected calibration error, type", "类型的期望校准误差"),
        lambda s: _n(s.calibration_error),
    ),
    (
        Text("stage called, where the type is right", "类型判对者中判定了阶段"),
        lambda s: _p(s.stage_called),
    ),
    (
        Text("likeliest stage within one window of the truth", "最可能阶段误差不超过一个时段"),
        lambda s: _p(s.stage_right),
    ),
    (
        Text("the same, digital types alone", "同上,仅数字型集群"),
        lambda s: _p(s.digital_stage_right),
    ),
    (Text("the same over all windows", "同上,所有时段"), lambda s: _p(s.history_right)),
    (
        Text("80% sets of stages cover, at exactly that level", "80% 阶段集合的覆盖率(恰为该水平)"),
        lambda s: _p(s.stage_coverage),
    ),
    (
        Text("expected calibration error, stage", "阶段的期望校准误差"),
        lambda s: _n(s.stage_calibration_error),
    ),
)


def _scores(scores: dict[str, Score], language: Language) -> str:
    heads: list[Text | str] = ["", *(TITLES[name] for name in scores)]
    rows = [[label.to(language), *(show(s) for s in scores.values())] for label, show in MEASURED]
    return _table("scores", heads, rows, language)


MAKES: tuple[tuple[Text, Callable[[int], bool]], ...] = (
    (Text("scenarios that the card was built on", "参照卡构建所用的情景"), built_on),
    (Text("scenarios that it was not built on", "参照卡未用的情景"), lambda n: not built_on(n)),
)
MAKE_HEADS = (
    Text("clusters", "集群数"),
    Text("type called", "判定了类型"),
    Text("right, of those called", "其中判对"),
    Text("hybrids: right, of those called", "混合型:已判定者中判对"),
    Text("calibration error, type", "类型校准误差"),
    Text("stage within one window", "阶段误差不超过一个时段"),
    Text("80% sets cover the stage", "80% 集合包含真实阶段"),
    Text("calibration error, stage", "阶段校准误差"),
)


def _makes(found: Sequence[Conclusion], language: Language) -> Rows:
    """Write the scores of clusters whose make the card had seen and of others."""
    rows = []
    for title, own in MAKES:
        some = [c for c in found if own(c.number)]
        if some:
            s = score(some)
            shares = (1.0 - s.abstained, s.right, s.hybrids_right)
            numbers = [*map(_p, shares), _n(s.calibration_error), _p(s.stage_right)]
            last = [_p(s.stage_coverage), _n(s.stage_calibration_error)]
            rows.append([title.to(language), f"{s.worlds}", *numbers, *last])
    return rows


def _p(value: float) -> str:
    return "–" if value != value else f"{value:.1%}"  # noqa: PLR0124 - not a number


def _n(value: float) -> str:
    return "–" if value != value else f"{value:.3f}"  # noqa: PLR0124 - not a number


def _confusion(full: Score, language: Language) -> str:
    truths = [t for t in CLUSTER_TYPE.codes if any(k[0] == t for k in full.confusion)]
    heads: list[Text | str] = [
        Text("truth", "真实类型"),
        *(TYPE_VERDICT.terms[v] for v in TYPE_VERDICT.codes),
    ]
    rows = [
        [
            TYPE_VERDICT.terms[t].to(language),
            *(str(full.confusion.get((t, v), 0)) for v in TYPE_VERDICT.codes),
        ]
        for t in truths
    ]
    return _table("confusion", heads, rows, language)


KEPT_HEADS = (
    Text("mean probability", "平均概率"),
    Text("share right", "判对份额"),
    Text("clusters", "集群数"),
)


def _reliability(found: Sequence[Conclusion]) -> Rows:
    return [[f"{p:.2f}", f"{r:.2f}", f"{n}"] for p, r, n in reliability(found)]


REMOVED_HEADS = (
    Text("removed, among others", "去掉的数据表(之一)"),
    Text("clusters", "集群数"),
    Text("called", "已判定"),
    Text("right, of those called", "其中判对"),
)


def _by_table(found: Sequence[Conclusion]) -> Rows:
    """Write accuracy and abstention by the table that was removed."""
    rows = []
    for table in sorted({table for c in found for table in c.gone}):
        some = [c for c in found if table in c.gone]
        if len(some) >= LEAST_SHOWN:
            s = score(some)
            rows.append([table, f"{s.worlds}", _p(1.0 - s.abstained), _p(s.right)])
    return rows


NULL_HEADS = (
    Text("clusters", "集群数"),
    Text("called", "已判定"),
    Text("a digital type or a hybrid called", "判为数字型或混合型"),
    Text("distance from the prior, who is who", "与先验的距离(取决于企业身份的证据)"),
    Text("the same, full records", "同上,完整记录"),
    Text("distance, all evidence", "与先验的距离(全部证据)"),
    Text("the same, full records", "同上,完整记录"),
    Text("mean for order of stages", "支持阶段有序的均值"),
    Text("the same, full records", "同上,完整记录"),
)


def _nulls(by_hiding: dict[str, list[Conclusion]], card: Card, language: Language) -> Rows:
    rows = []
    for name in NULLS:
        found = by_hiding[name]
        if not found:
            continue
        numbers = {c.number for c in found}
        whole = [c for c in by_hiding["full"] if c.number in numbers]
        numbers_shown = [
            f"{distance_from_prior(each, card.prior, kept):.2f}"
            for kept in (type_evidence, None)
            for each in (found, whole)
        ]
        order = [f"{_mean_order(each):.2f}" for each in (found, whole)]
        shares = [_p(called(found)), _p(called(found, (*DIGITAL, HYBRID)))]
        rows.append([TITLES[name].to(language), f"{len(found)}", *shares, *numbers_shown, *order])
    return rows


def _mean_order(found: Sequence[Conclusion]) -> float:
    """Return the mean log Bayes factor of ordered against free stages."""
    tried = [c.stage.trial.ordered for c in found if c.stage.trial is not None]
    return sum(tried) / len(tried) if tried else float("nan")
