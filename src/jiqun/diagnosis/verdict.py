"""From probabilities to a verdict: called, hybrid, none of these, or insufficient evidence.

A verdict is called where it is probable enough, does not hang on a single element, and rests on at least one
element that depends on which firm is which: how many firms are on platforms is the same in tables whose firms
were exchanged. A wrong verdict costs more than ten abstentions.

Paper: B5 (a digital type is digital first), Q15 (hybrid), Q25 (none of these), Q2 (a network of many is no
type by itself)
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from jiqun.diagnosis.findings import Evidence, TypeDiagnosis, percent
from jiqun.vocabulary.text import Text, joined
from jiqun.vocabulary.typology import CLUSTER_TYPE, ELEMENT, HYBRID, TRADITIONAL

LEAST_FIRMS = 30
CALLED = 0.6
"""Probability from which a type is called, as a stage is: odds of three to two. The rules below ask for more."""
HARDLY = 0.2
"""Log Bayes factor up to which evidence hardly counts: odds of 1.2."""
MISFIT = -1.1
"""Log Bayes factor of the likeliest type against chance below which no type fits: odds of one third."""
LEAST_ELEMENTS = 3
"""Elements that have to be measured before it is said that none of the types fits."""
CORE = "core_logic"
NAMING = (CORE, "network")
"""Elements that depend on which firm is which and say something of traditional clusters, too."""
DIGITAL_ELEMENTS = ("core_logic", "mirror", "network", "data_value")

FEW_FIRMS = Text(
    "Number of firms: {n}. Below {least} no type is called, since a handful of firms decide every number.",
    "仅 {n} 家企业:不足 {least} 家时不作类型判定,因个别企业即可左右各项数值。",
)
CALL = Text(
    "{verdict}, with a probability of {p}, on {elements}.",
    "判定为{verdict},概率 {p},依据:{elements}。",
)
NOT_POSITIONED = Text(
    "Whether the cluster is digital at all was not measured: that takes platforms and the use of data.",
    "尚未测度该集群是否为数字产业集群:需要数字平台与数据利用两方面的数据。",
)
NOT_EXCLUDED = Text(
    "A traditional cluster is likeliest, but tools come before a platform, and whether firms exchange "
    "data was not recorded.",
    "最可能为传统产业集群,但数字化工具先于平台出现,而企业之间是否互通数据未作记录。",
)
NOBODY = Text(
    "A traditional cluster is likeliest by what firms do in all, but neither who is core nor how pairs in "
    "alliances fared could be read: tables that do not belong together would look alike.",
    "就总量而言最可能为传统产业集群,但核心企业与联盟内各对成员的协作均无法读取;若各数据表并不对应,所见亦会如此。",
)
ONE_ELEMENT = Text(
    "Only {elements} could be measured of core, mirror, network and value of data; a type is called "
    "on two or more that agree, the core's logic or two others among them.",
    "核心企业、镜像映现、网络关系、数据价值四项要素中仅能测度:{elements};至少两项一致方作判定,"
    "其中须含核心企业逻辑或另两项要素。",
)
NO_ELEMENT = Text("none", "无")
TOO_CLOSE = Text(
    "The likeliest type, {verdict}, has a probability of {p}; a call takes {called}.",
    "可能性最大的类型为{verdict},概率 {p};达到 {called} 方作判定。",
)
NO_CORE = Text(
    "A hybrid is likeliest, but whose logic leads could not be read.",
    "最可能为混合型集群,但由何种逻辑主导无法读取。",
)
STRANGE = Text(
    "No type fits: what was found is improbable in each of them.",
    "没有类型相符:所见情形在各类型中均不常见。",
)


def judged(
    probabilities: Mapping[str, float], lines: Sequence[Evidence], firms: int
) -> TypeDiagnosis:
    """Reach a verdict and put what contradicts it first."""
    verdict, reason = _verdict(probabilities, lines, firms)
    likeliest = max(probabilities, key=lambda t: probabilities[t])
    against = verdict if verdict in probabilities else likeliest
    marked = [_marked(line, against) for line in lines]
    return TypeDiagnosis(
        verdict=verdict,
        probabilities=probabilities,
        evidence=tuple(sorted(marked, key=_place)),
        reason=reason,
    )


def _verdict(
    probabilities: Mapping[str, float], lines: Sequence[Evidence], firms: int
) -> tuple[str, Text]:
    likeliest = max(probabilities, key=lambda t: probabilities[t])
    thin = _thin(lines, likeliest, firms)
    if thin is not None:
        return "insufficient_evidence", thin
    if _misfit(lines, likeliest):
        return "none_of_these", STRANGE
    refusal = None if likeliest == TRADITIONAL else _refused(lines, likeliest)
    if refusal is not None:
        return "insufficient_evidence", refusal
    name = CLUSTER_TYPE.terms[likeliest]
    if probabilities[likeliest] < CALLED:
        reason = TOO_CLOSE.fill(
            verdict=name, p=percent(probabilities[likeliest]), called=percent(CALLED)
        )
        return "insufficient_evidence", reason
    elements = [e for e in ELEMENT.codes if _supports(lines, e, likeliest)]
    return likeliest, CALL.fill(
        verdict=name, p=percent(probabilities[likeliest]), elements=_listed(elements)
    )


def _thin(lines: Sequence[Evidence], likeliest: str, firms: int) -> Text | None:
    """Say why a record is too thin for any verdict, or None."""
    if firms < LEAST_FIRMS:
        return FEW_FIRMS.fill(n=firms, least=LEAST_FIRMS)
    gate = {x.aspect for x in lines if x.element == "positioning" and x.status == "measured"}
    if "platform" not in gate or not gate & {"data", "exchange"}:
        return NOT_POSITIONED
    if likeliest != TRADITIONAL:
        return None
    if "exchange" not in gate:
        return NOT_EXCLUDED
    named = any(x.element in NAMING and x.status == "measured" for x in lines)
    return None if named else NOBODY


def _misfit(lines: Sequence[Evidence], code: str) -> bool:
    """Say whether what was found would come more easily by chance than in the likeliest type."""
    weighed = [x for x in lines if x.log_bayes_factor and x.element in DIGITAL_ELEMENTS]
    fit = sum(line.log_fit + line.log_bayes_factor[code] for line in weighed)
    return len({line.element for line in weighed}) >= LEAST_ELEMENTS and fit < MISFIT


def _refused(lines: Sequence[Evidence], likeliest: str) -> Text | None:
    """Return why a digital type or a hybrid is not called, or None where it may be."""
    known = [
        e for e in DIGITAL_ELEMENTS if any(x.log_bayes_factor for x in lines if x.element == e)
    ]
    if len(known) < 2:  # noqa: PLR2004 - one element is no pattern
        return ONE_ELEMENT.fill(elements=_listed(known))
    return NO_CORE if likeliest == HYBRID and CORE not in known else None


def _supports(lines: Sequence[Evidence], element: str, code: str) -> bool:
    """Say whether one element speaks for a type, alone or with another, against the rest."""
    found = [line.log_bayes_factor for line in lines if line.element == element]
    sums = [sum(f[t] for f in found if f) for t in CLUSTER_TYPE.codes]
    own = sum(f[code] for f in found if f)
    return own > max(sums) - HARDLY and own > min(sums) + HARDLY


def _listed(elements: Sequence[str]) -> Text:
    if not elements:
        return NO_ELEMENT
    return joined((ELEMENT.terms[e] for e in elements), ", ", "、")


def _marked(line: Evidence, verdict: str) -> Evidence:
    factors = line.log_bayes_factor
    if not factors:
        return line
    elsewhere = bool(line.points_to) and verdict not in line.points_to
    return replace(
        line, contradicts=elsewhere and factors[verdict] < max(factors.values()) - HARDLY
    )


def _place(line: Evidence) -> tuple[int, float]:
    """Put what contradicts first, the strongest first, and what was not measured last."""
    spread = (
        max(line.log_bayes_factor.values()) - min(line.log_bayes_factor.values())
        if (line.log_bayes_factor)
        else 0.0
    )
    return (0 if line.contradicts else 1 if line.status == "measured" else 2, -spread)
