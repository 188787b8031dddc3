r"""Third-party effect 第三方效应: does A-B suffer when C leaves?

.. math::
    \hat\theta = \frac{1}{E} \sum_e \Bigl( y_e - \frac{1}{|C_e|} \sum_{c \in C_e} y_{ec} \Bigr)

y is what becomes of the members that stay: the change of the share of their pairs that are coordinated, and
the share of them that withdraw as well, both within two years; C are alliances of like size that ran on
that day and had lost nobody. If an alliance is a set of bilateral ties, C takes only C's ties along and
the effect is zero.

A firm that leaves because the alliance is failing shows nothing. The estimates to read first are those of
causes outside the alliance: insolvency, take-over, regulation, change of strategy.

Paper: K3i (every member essential), K3j (A-B fails because of C), K3f, K3g (decomposable
or not)

References
----------
Rosenbaum, P. R. (2002). Observational studies, 2nd edition. Springer. doi:10.1007/978-1-4757-3692-2
"""

import math
from dataclasses import dataclass

from jiqun.measures.estimate import Estimate, not_measured, p_words
from jiqun.measures.readings.withdrawals import (
    Histories,
    Outcome,
    Withdrawal,
    change_of_states,
    further_withdrawals,
    histories,
    matched,
    withdrawals,
)
from jiqun.numerics.decomposability.matched_change import Effect, matched_effect
from jiqun.numerics.random import stream
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "third_party_effect"
LEVEL = 0.9
LEAST = 20
DRAWS = 999
WANTED = 0.1
"""Effect that a record should be able to show."""
RAISED = 1.96 + 0.84
"""Standard errors at which a two-sided test of 5 % finds an effect four times in five."""
REFERENCES = ("doi:10.1007/978-1-4757-3692-2",)
SEATS = ("memberships.left", "memberships.withdrawal_cause")
STATES = (*SEATS, "interfaces.state", "interfaces.date")
EVENTS = Text("withdrawals", "次退出")

CAUSES = {
    "outside": Text("causes outside the alliance", "联盟外部原因"),
    "stated": Text("any stated cause", "任何注明的原因"),
}
WHAT = {
    "pairs": Text(
        "Change of the coordinated share of the remaining pairs when a third firm leaves ({causes})",
        "第三方企业退出后其余成员对协同比例的变化({causes})",
    ),
    "members": Text(
        "Further share of members that withdraw when a third firm leaves ({causes})",
        "第三方企业退出后其余成员追加退出的比例({causes})",
    ),
}
METHODS = {
    "pairs": Text(
        "States of the pairs without the leaving firm, two years after less two years before, against "
        "alliances of like size that ran then and had lost nobody (up to 20, each beside one withdrawal); first withdrawal of each "
        "alliance in which at least two members stayed.",
        "不含退出企业的成员对,退出后两年减退出前两年的协同比例,与当时运行且无人退出的同规模联盟"
        "(至多 20 个,各对应一次退出)比较;每个联盟取首次退出,且至少两名成员留下。",
    ),
    "members": Text(
        "Share of the members that stayed who withdrew within two years, other than by completion or "
        "dissolution, against alliances of like size that ran then and had lost nobody (up to 20, each beside "
        "one withdrawal).",
        "留下的成员两年内退出的比例(完成或解散不计),与当时运行且无人退出的同规模联盟(至多 20 个,各对应一次退出)比较。",
    ),
}
INTERVAL = Text(
    "90% range: Student's t, alliances left out one at a time. Dealing the withdrawals out anew among "
    "each and its controls gives an effect as large with {p}.",
    "90% 范围:逐一剔除联盟并用 t 分位数。若将退出在各次事件与其对照之间重新分派,"
    "出现同样大小效应的概率 {p}。",
)
INSIDE = Text(
    "Includes disputes and failed interfaces: firms leave what is failing, so this is no effect of leaving.",
    "含成员纠纷与接口失配:企业会离开正在失败的联盟,故此非退出本身的效应。",
)
NEEDED = Text(
    "To show a change of {w:.0%} four times in five it takes about {n} more such withdrawals.",
    "要在五次中四次显示 {w:.0%} 的变化,约需再有 {n} 次此类退出。",
)
NONE = Text(
    "no member is recorded to have left an alliance that went on with two others, with a cause ({causes})",
    "没有记录到注明原因({causes})、且其余至少两名成员继续合作的退出",
)
TOO_FEW = Text(
    "{n} withdrawals ({causes}) can be compared; it takes at least {least}. {what}",
    "可比较的退出({causes})为 {n} 次,至少需要 {least} 次。{what}",
)
WITHOUT = {
    "pairs": Text(
        "What counts is withdrawals with states of the other pairs before and after, and alliances that "
        "nobody left.",
        "须有退出前后其他成员对的状态,以及无人退出的联盟作对照。",
    ),
    "members": Text(
        "What counts is withdrawals two years before the record ends, and alliances that nobody left.",
        "须有记录截止两年之前的退出,以及无人退出的联盟作对照。",
    ),
}
SAME = Text(
    "the same happened everywhere, with a withdrawal and without: nothing tells the two apart",
    "无论是否有企业退出,结果处处相同,无从区分",
)
OUTCOMES: dict[str, Outcome] = {"pairs": change_of_states, "members": further_withdrawals}


@dataclass(frozen=True, slots=True)
class Question:
    """One estimate: what is looked at, after withdrawals of which causes."""

    what: str
    causes: str

    @property
    def of(self) -> tuple[tuple[str, str], ...]:
        """Identify the estimate."""
        return (("statistic", self.what), ("cause", self.causes))

    @property
    def label(self) -> Text:
        """Name it to a reader."""
        return WHAT[self.what].fill(causes=CAUSES[self.causes])

    def missing(self, reason: Text, n: int = 0) -> Estimate:
        """Say why there is no number."""
        needs = STATES if self.what == "pairs" else SEATS
        return not_measured(NAME, self.label, reason, needs=needs, of=self.of, n=n)


def third_party_effect(record: Record, *, seed: int = 0) -> tuple[Estimate, ...]:
    """Measure what the withdrawal of one member does to the others.

    Parameters
    ----------
    record
        Reads ``memberships`` (days and causes of leaving), ``alliances`` and ``interfaces``.
    seed
        Seed of the permutation test, and of the choice among many controls.

    Returns
    -------
    tuple of Estimate
        Effects on the remaining pairs and on the remaining members, for causes outside the alliance
        and for every stated cause.
    """
    found = histories(record)
    return tuple(_answer(found, Question(what, causes), seed) for causes in CAUSES for what in WHAT)


def _answer(found: Histories, question: Question, seed: int) -> Estimate:
    events: list[Withdrawal] = withdrawals(found, outside=question.causes == "outside")
    if not events:
        return question.missing(NONE.fill(causes=CAUSES[question.causes]))
    generator = stream(seed, NAME, question.what, question.causes)
    sets = matched(found, events, OUTCOMES[question.what], generator)
    count = int(sets.treated.sum())
    if count < LEAST:
        reason = TOO_FEW.fill(
            n=count, causes=CAUSES[question.causes], least=LEAST, what=WITHOUT[question.what]
        )
        return question.missing(reason, count)
    if (sets.outcome == sets.outcome[0]).all():
        return question.missing(SAME, count)
    return _written(question, matched_effect(sets, generator, draws=DRAWS, level=LEVEL))


def _written(question: Question, effect: Effect) -> Estimate:
    more = math.ceil(effect.events * ((RAISED * effect.error / WANTED) ** 2 - 1))
    warnings = [INSIDE] if question.causes == "stated" else []
    if more > 0:
        warnings.append(NEEDED.fill(w=WANTED, n=more))
    return Estimate(
        measure=NAME,
        label=question.label,
        of=question.of,
        value=effect.value,
        low=effect.low,
        high=effect.high,
        level=LEVEL,
        interval=INTERVAL.fill(p=p_words(effect.p_value)),
        n=effect.events,
        n_of=EVENTS,
        method=METHODS[question.what],
        references=REFERENCES,
        warnings=tuple(warnings),
    )
