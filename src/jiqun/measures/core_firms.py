r"""Core firms 核心企业: does any firm hold the collaborations together more than chance would have it?

.. math::
    \max_{x > 0} \sum_e \Bigl(\sum_{i \in e} x_i^q\Bigr)^{1/q}
    \quad \text{subject to} \quad \sum_i x_i^p = 1

over alliances and ties e; :math:`x_i^p` is the share of the collaborations that firm i carries. A firm
with many partners carries much by number alone, so what is tested is what goes beyond that of firms
with as many collaborations, against shuffles that keep how many each firm has and how large each is: the
share of one firm, and the number of collaborations that a group of firms covers, each of them beside others.

A hub that owes its place to its number of partners alone is therefore no core firm here, however large;
``core_firm_roles`` tells who commands the chain or owns the platform. In a list of one buyer's
suppliers the buyer is in all collaborations by the way the list was made, and nothing can be said.

Paper: K1a, K1b (core firms), Q24 (roles are told apart in ``core_firm_roles``)

References
----------
Tudisco, F. & Higham, D. J. (2023). Core-periphery detection in hypergraphs. SIAM Journal on
Mathematics of Data Science 5(1), 1-21. doi:10.1137/22M1480926
Kojaku, S. & Masuda, N. (2018). Core-periphery structure requires something else in the network. New
Journal of Physics 20, 043012. doi:10.1088/1367-2630/aab547
"""

import numpy as np
from numpy.typing import NDArray

from jiqun.measures.estimate import Estimate, not_measured
from jiqun.measures.readings.collaborations import (
    Collaborations,
    alliance_numbers,
    collaborations,
)
from jiqun.measures.readings.firm_titles import firm_title
from jiqun.numerics.clustered import Incidence
from jiqun.numerics.core_test import CoreTest, core_test
from jiqun.numerics.coreness import TIES
from jiqun.numerics.hypergraph.structure import hypergraph
from jiqun.numerics.random import stream
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "core_firms"
ALLIANCES = 0
SHOWN = 10
LEAST_COLLABORATIONS = 30
FEW_COLLABORATIONS = 100
LIKELY = 0.6
"""Share of bootstrap draws in which a firm must be among those that cover most to be called."""
REFERENCES = ("doi:10.1137/22M1480926", "doi:10.1088/1367-2630/aab547")
NEEDS = ("memberships.firm_id", "ties.source")
TITLE = Text("Core firms", "核心企业")

METHOD = Text(
    "Alliances and ties (each pair of firms once) against {b} shuffles that keep every firm's number of "
    "collaborations and every collaboration's size: nonlinear spectral coreness (q = 10, p = 15) of each "
    "of the {c} firms with most collaborations, and how many collaborations those that cover most cover; "
    "one test, error rate 5% for all together. A firm is called where it passes, or is in the group that "
    "does, and is among those that cover most in 60% of {b} bootstrap draws.",
    "对联盟与双边关系(每对企业计一次),与 {b} 次随机重排比较,重排保持各企业协作数与各协作规模不变:"
    "检验协作最多的 {c} 家企业各自的非线性谱核心度(q = 10,p = 15),以及其中覆盖协作最多的企业群所覆盖的协作数;"
    "合为一次检验,总体误报率 5%。自身通过或所在企业群通过,且在 {b} 次自助抽样中有六成位居覆盖最多之列者,"
    "认定为核心企业。",
)
NO_COUNT_INTERVAL = Text(
    "No interval: a count of test decisions. In records without a core, at most 5% have any firm called.",
    "不给区间:此为检验判定的计数。无核心的记录中,至多 5% 会误报任一企业。",
)
P_INTERVAL = Text(
    "No interval: itself a probability, in steps of 1/{b}.", "不给区间:本身即概率,精度为 1/{b}。"
)
SHARE_INTERVAL = Text(
    "Middle 95% of the share when collaborations are drawn anew with replacement (Poisson bootstrap).",
    "对协作有放回重抽(泊松自助法)时该份额的中间 95% 范围。",
)
INCLUSION_INTERVAL = Text(
    "No interval: the share of bootstrap draws in which the firm is among the {k} that cover most.",
    "不给区间:对协作重抽时该企业位居覆盖最多的 {k} 家之列的比例。",
)
COVER_INTERVAL = Text(
    "Middle 95% of the share that {k} firms cover when collaborations are drawn anew (Poisson bootstrap); "
    "being chosen anew each time, they cover a little more than the firms of the record would.",
    "对协作有放回重抽(泊松自助法)时 {k} 家企业覆盖份额的中间 95% 范围;因每次重新选出,略高于原有企业的覆盖份额。",
)
COVERED = Text(
    "Share of collaborations that have one of the {k} firms that cover most beyond chance (by chance: {e:.1%})",
    "覆盖最超出偶然的 {k} 家企业至少有一家参与的协作份额(偶然期望:{e:.1%})",
)
INNER_CIRCLE = Text(
    "A core whose members mostly collaborate with each other is not looked for: carrying is shared "
    "there, and what stands out are firms that cover the collaborations of others.",
    "本测度不寻找主要在内部协作的核心圈:圈内支撑作用彼此分担,能脱颖而出的是覆盖他人协作的企业。",
)
THIN = Text(
    "Only {n} collaborations: with 50, four in ten core firms go unnoticed.",
    "仅 {n} 项协作:仅有 50 项时,约四成核心企业难以识别。",
)


def core_firms(record: Record, *, seed: int = 0) -> tuple[Estimate, ...]:
    """Find firms that carry more collaborations than their number of them implies.

    Parameters
    ----------
    record
        Reads ``memberships``, ``alliances`` and ``ties``.
    seed
        Seed of the shuffles and of the bootstrap.

    Returns
    -------
    tuple of Estimate
        The number of core firms, the p-value of there being a core, the share of collaborations that
        the group covers, and, for up to ten firms, the share carried and the chance of being among
        those that cover most.
    """
    found = collaborations(record)
    incidence, kind = every_relation(found)
    if incidence.relations < LEAST_COLLABORATIONS:
        reason = Text(
            "{n} collaborations are recorded; telling a core from chance takes at least {least}",
            "记录有 {n} 项协作;区分核心与偶然至少需要 {least} 项",
        ).fill(n=incidence.relations, least=LEAST_COLLABORATIONS)
        return (_missing(reason, incidence.relations),)
    names = found.firms.sort("firm")["firm_id"].to_list()
    busiest = int(incidence.degrees.argmax())
    if incidence.degrees[busiest] == incidence.relations:
        reason = Text(
            "{firm} is in every collaboration: the record is its own list, so its being in the middle "
            "is how the data were made",
            "{firm} 参与了全部协作:本记录即该企业自身的名单,其居中地位源于数据采集方式",
        ).fill(firm=firm_title(record, names[busiest]))
        return (_missing(reason, incidence.relations),)
    generator = stream(seed, NAME)
    graph = hypergraph(
        incidence.relation,
        incidence.firm,
        nodes=incidence.firms,
        edges=incidence.relations,
        kind=kind,
    )
    test = core_test(graph, generator)
    if test is None:
        reason = Text("no firm takes part in three collaborations", "没有企业参与三项及以上协作")
        return (_missing(reason, incidence.relations),)
    return (*_summary(test, incidence), *_candidates(test, incidence, record, names))


def every_relation(
    found: Collaborations,
) -> tuple[Incidence, NDArray[np.int32]]:
    """Take alliances, then each pair of tied firms once; the second array tells which is which."""
    alliance = alliance_numbers(found.memberships)
    alliances = int(alliance.max()) + 1 if alliance.size else 0
    firms = found.firms.height
    ends = found.ties.select("source", "target").to_numpy().astype(np.int64)
    pairs = np.unique(np.sort(ends, axis=1), axis=0) if ends.size else np.zeros((0, 2), np.int64)
    number = np.arange(len(pairs)) + alliances
    incidence = Incidence(
        np.concatenate([alliance, number, number]),
        np.concatenate([found.memberships["firm"].to_numpy(), pairs[:, 0], pairs[:, 1]]),
        alliances + len(pairs),
        firms,
    )
    return incidence, np.repeat(np.array([ALLIANCES, TIES], np.int32), [alliances, len(pairs)])


def _missing(reason: Text, n: int) -> Estimate:
    return not_measured(NAME, TITLE, reason, needs=NEEDS, n=n)


def called(test: CoreTest) -> NDArray[np.bool_]:
    """Tell which candidates are called core firms, shape (C,)."""
    return np.asarray(test.core & (test.inclusion >= LIKELY))


def _summary(test: CoreTest, incidence: Incidence) -> tuple[Estimate, Estimate, Estimate]:
    count = int(called(test).sum())
    draws = len(test.resampled)
    label = (
        Text("{n} core firm(s) stand out", "{n} 家核心企业脱颖而出").fill(n=count)
        if count
        else Text("No core firm stands out", "没有企业脱颖而出成为核心")
    )
    warnings = [INNER_CIRCLE]
    if incidence.relations < FEW_COLLABORATIONS:
        warnings.append(THIN.fill(n=incidence.relations))
    method = METHOD.fill(b=draws, c=test.candidate.size)
    common: dict[str, object] = {
        "measure": NAME,
        "n": incidence.relations,
        "n_of": Text("collaborations", "协作"),
        "method": method,
        "references": REFERENCES,
        "warnings": tuple(warnings),
    }
    number = Estimate(
        label=label,
        of=(("statistic", "core firms"),),
        value=float(count),
        unit=Text("firms", "家企业"),
        interval=NO_COUNT_INTERVAL,
        **common,  # type: ignore[arg-type]
    )
    chance = Estimate(
        label=Text(
            "Chance that shuffled collaborations show a firm or group as striking",
            "随机重排出现同样突出的企业或企业群的概率",
        ),
        of=(("statistic", "p-value"),),
        value=test.p_value,
        interval=P_INTERVAL.fill(b=draws + 1),
        **common,  # type: ignore[arg-type]
    )
    return number, chance, _covered(test, incidence.relations, common)


def _covered(test: CoreTest, relations: int, common: dict[str, object]) -> Estimate:
    """Write up how many collaborations the group covers that covers most beyond chance."""
    low, high = np.quantile(test.covered_again, [0.025, 0.975])
    return Estimate(
        label=COVERED.fill(k=test.size, e=test.covered_expected / relations),
        of=(("statistic", "covered share"),),
        value=test.covered / relations,
        low=float(low),
        high=float(high),
        interval=COVER_INTERVAL.fill(k=test.size),
        **common,  # type: ignore[arg-type]
    )


def _candidates(
    test: CoreTest, incidence: Incidence, record: Record, names: list[str]
) -> list[Estimate]:
    """Write up the most striking firms."""
    core, degrees = called(test), incidence.degrees
    found: list[Estimate] = []
    for rank in range(min(SHOWN, test.candidate.size)):
        firm = int(test.candidate[rank])
        verdict = (
            Text("core firm", "核心企业")
            if core[rank]
            else Text("candidate", "候选企业")
            if test.core[rank]
            else Text("not told from chance", "与偶然无法区分")
        )
        title = firm_title(record, names[firm])
        found += _candidate(
            test, rank, names[firm], title, number=int(degrees[firm]), verdict=verdict
        )
    return found


def _candidate(
    test: CoreTest, rank: int, firm: str, title: Text, *, number: int, verdict: Text
) -> tuple[Estimate, Estimate]:
    """Write up one firm: the share it carries, and the chance of standing out again."""
    low, high = np.quantile(test.resampled[:, rank], [0.025, 0.975])
    label = Text(
        "Share of collaborations carried by {firm}: {verdict} (by chance, given its number: {e:.2%})",
        "{firm} 支撑的协作份额:{verdict}(按其协作数的偶然期望:{e:.2%})",
    ).fill(firm=title, verdict=verdict, e=test.expected[rank])
    again = Text(
        "Chance that {firm} is among the {k} firms that cover most on other collaborations of the same firms",
        "换一批同类协作时 {firm} 位居覆盖最多的 {k} 家企业之列的概率",
    ).fill(firm=title, k=test.size)
    common = {
        "measure": NAME,
        "n": number,
        "n_of": Text("collaborations of the firm", "该企业的协作"),
        "method": METHOD.fill(b=len(test.resampled), c=test.candidate.size),
        "references": REFERENCES,
    }
    share = Estimate(
        label=label,
        of=(("firm", firm), ("statistic", "carried share")),
        value=float(test.share[rank]),
        low=float(low),
        high=float(high),
        interval=SHARE_INTERVAL,
        **common,  # type: ignore[arg-type]
    )
    inclusion = Estimate(
        label=again,
        of=(("firm", firm), ("statistic", "inclusion probability")),
        value=float(test.inclusion[rank]),
        interval=INCLUSION_INTERVAL.fill(k=test.size),
        **common,  # type: ignore[arg-type]
    )
    return share, inclusion
