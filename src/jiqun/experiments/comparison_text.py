"""A comparison of policies in words and tables, for the terminal and for pages of text."""

from jiqun.experiments.census import BY_NAME
from jiqun.experiments.comparison import VERDICTS, Comparison, Duel, Effect, Number
from jiqun.vocabulary.text import Language, Text

AFFECTED = Text(
    "Who gains and who loses (per cent of no policy)", "谁受益、谁受损(相对无政策的百分比)"
)
HEAD = {
    "effects": Text(
        "| policy | effect, % | 95% interval | 9 of 10 worlds | helps in | worst tenth | verdict |",
        "| 政策 | 效应(%) | 95% 区间 | 九成情形 | 有效比例 | 最差一成 | 结论 |",
    ),
    "standings": Text(
        "| policy | best in | mean regret | largest regret | with structures | front | spent |",
        "| 政策 | 最优比例 | 平均后悔值 | 最大后悔值 | 含结构假设 | 前沿 | 支出 |",
    ),
    "duels": Text(
        "| one | other | difference, % | 95% interval | better |",
        "| 政策甲 | 政策乙 | 差(%) | 95% 区间 | 较优者 |",
    ),
    "groups": Text(
        "| outcome | policy | effect, % | 95% interval | verdict |",
        "| 对象 | 政策 | 效应(%) | 95% 区间 | 结论 |",
    ),
    "structures": Text(
        "| structure | policy | effect, % | 95% interval |",
        "| 结构假设 | 政策 | 效应(%) | 95% 区间 |",
    ),
}
TIE = Text("equal in every run", "每次运行均相同")
YES, UNDETERMINED = Text("yes", "是"), Text("undetermined", "未定")
ROBUST = Text(
    "Least regret in the worst world: {policy}. That is a reading of this model, not advice.",
    "最差情形下后悔值最小者:{policy}。此为模型读数,并非政策建议。",
)


def as_text(found: Comparison, language: Language, *, short: bool = False) -> str:
    """Return a comparison as Markdown tables with a heading each.

    Parameters
    ----------
    found
        The comparison.
    language
        Of headings, titles and verdicts.
    short
        Only the effects on the criterion, as for a first answer.
    """

    def say(en: str, zh: str) -> str:
        return Text(en, zh).to(language)

    criterion = BY_NAME[found.criterion].label.to(language)
    head = Text(
        "Effect on {label}: {runs} runs; drawn worlds: {draws}, seeds in each: {seeds}",
        "对{label}的影响:{runs} 次运行,{draws} 种情形,每种 {seeds} 个随机种子",
    ).fill(label=criterion, runs=found.runs, draws=found.draws, seeds=found.seeds)
    parts = [_section(head.to(language), HEAD["effects"].to(language), _effects(found, language))]
    if short:
        return parts[0]
    parts += [
        _section(
            say("How policies stand", "政策排序"),
            HEAD["standings"].to(language),
            _standings(found, language),
        ),
        ROBUST.fill(policy=found.titles[found.robust]).to(language) + "\n",
        _section(
            say("Which beats which", "两两比较"),
            HEAD["duels"].to(language),
            _duels(found, language),
        ),
        _section(AFFECTED.to(language), HEAD["groups"].to(language), _groups(found, language)),
    ]
    if found.structures:
        title = say("If a mechanism worked otherwise", "若某一机制并非如此")
        parts.append(_section(title, HEAD["structures"].to(language), _structures(found, language)))
    parts += [f"! {warning.to(language)}\n" for warning in found.warnings]
    return "\n".join(parts)


def _section(title: str, head: str, rows: list[str]) -> str:
    """Return one table under its title."""
    rule = "|" + "---|" * (head.count("|") - 1)
    return "\n".join([f"## {title}", "", head, rule, *rows]) + "\n"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _interval(low: Number, high: Number) -> str:
    """Return an interval, or a dash where there is none."""
    return "–" if low is None or high is None else f"{low:+.2f} … {high:+.2f}"


def _effects(found: Comparison, language: Language) -> list[str]:
    return [
        _row(
            found.titles[e.policy].to(language),
            f"{e.mean:+.2f}",
            _interval(e.low, e.high),
            _interval(e.world_low, e.world_high),
            f"{e.helps:.0%}",
            f"{e.worst:+.2f}",
            VERDICTS[e.verdict].to(language),
        )
        for e in found.of(found.criterion)
    ]


def _standings(found: Comparison, language: Language) -> list[str]:
    return [
        _row(
            found.titles[s.policy].to(language),
            f"{s.best:.0%}",
            f"{s.regret_mean:.2f}",
            f"{s.regret_most:.2f}",
            "–" if s.regret_structures is None else f"{s.regret_structures:.2f}",
            YES.to(language) if s.front else "",
            f"{s.spent:.4g}",
        )
        for s in found.standings
    ]


def _duels(found: Comparison, language: Language) -> list[str]:
    return [
        _row(
            found.titles[d.one].to(language),
            found.titles[d.other].to(language),
            f"{d.mean:+.2f}",
            _interval(d.low, d.high),
            _winner(found, d).to(language),
        )
        for d in found.duels
    ]


def _winner(found: Comparison, duel: Duel) -> Text:
    """Return who is better, that nothing differs, or that it cannot be told."""
    if duel.winner is not None:
        return found.titles[duel.winner]
    return TIE if duel.tie else UNDETERMINED


def _groups(found: Comparison, language: Language) -> list[str]:
    def line(e: Effect) -> str:
        label, title = BY_NAME[e.outcome].label, found.titles[e.policy]
        return _row(
            label.to(language),
            title.to(language),
            f"{e.mean:+.2f}",
            _interval(e.low, e.high),
            VERDICTS[e.verdict].to(language),
        )

    outcomes = dict.fromkeys(e.outcome for e in found.effects if e.outcome != found.criterion)
    return [line(e) for outcome in outcomes for e in found.of(outcome)]


def _structures(found: Comparison, language: Language) -> list[str]:
    return [
        _row(
            row.title.to(language),
            found.titles[row.policy].to(language),
            f"{row.mean:+.2f}",
            _interval(row.low, row.high),
        )
        for row in found.structures
    ]
