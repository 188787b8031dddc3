"""Network 网络关系: does what firms do together divide into pairs, or is it lost when one pair fails?

How many take part says nothing about it. A network of pairs alone divides into pairs by construction;
that says only that there is no alliance to look at, and is not weighed.

Paper: B7, K3f (decomposable), B10, K3g-K3k (not decomposable), Q2, Q11 (payoffs, not participation)
"""

from functools import partial

from jiqun.diagnosis.reading import Reading, above, found, two_states
from jiqun.measures import Measurement
from jiqun.measures.estimate import Estimate
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

ELEMENT, ASPECT = "network", "decomposability"
HALF = 0.5
TITLE = Text("Whether alliances divide into pairs", "联盟能否分解为双边关系")
QUESTION = Text(
    "When one pair of an alliance fails, do the others carry on?",
    "联盟中一对成员失配时,其他成员的协作能否照常?",
)
CARRIES_ON = Text(
    "Pairs fare on their own: the index is {value:.2f} (1 = only pairs count, 0 = the weakest pair "
    "decides for all).",
    "各对成员各自成败:指数为 {value:.2f}(1 表示仅双边关系起作用,0 表示由最弱一对决定全体)。",
)
FAILS_TOGETHER = Text(
    "One failing pair takes others with it: the index is {value:.2f} (1 = only pairs count, 0 = the "
    "weakest pair decides for all).",
    "一对失配会牵连其他成员:指数为 {value:.2f}(1 表示仅双边关系起作用,0 表示由最弱一对决定全体)。",
)
NO_PAIRS = Text(
    "How the pairs inside alliances fared was not recorded.", "未记录联盟内各对成员的协作情况。"
)
NEEDS = ("interfaces.state", "interfaces.date", "alliances.outcome")
reading = partial(
    Reading, element=ELEMENT, aspect=ASPECT, title=TITLE, question=QUESTION, needs=NEEDS
)


def network(record: Record, measurement: Measurement) -> tuple[Reading, ...]:
    """Read decomposability: of pairs over time where it can be had, else of whole alliances."""
    if "decomposability" not in measurement:
        return ()
    sizes = record["memberships"].group_by("alliance_id").len()["len"]
    largest = int(sizes.max() or 0)  # type: ignore[arg-type]
    both = [found(measurement, "decomposability", statistic=kind) for kind in ("D_tie", "D_all")]
    groups = largest > 2  # noqa: PLR2004 - three make a group
    chosen = next((e for e in both if e is not None and e.measured), None) if groups else None
    if chosen is None:
        return (_open(both),)
    divides = above(chosen, HALF)
    wording = CARRIES_ON if (chosen.value or 0.0) > HALF else FAILS_TOGETHER
    size = found(measurement, "participation_multilaterality", statistic="size seen")
    return (
        reading(
            finding=wording.fill(value=chosen.value),
            support=two_states("decomposable", "irreducible", divides),
            estimates=(chosen, *((size,) if size is not None and size.measured else ())),
        ),
    )


def _open(both: list[Estimate | None]) -> Reading:
    """Say why it cannot be weighed."""
    reasons = [e.reason for e in both if e is not None and e.reason is not None]
    return reading(
        status="not_measured",
        reason=reasons[-1] if reasons else NO_PAIRS,
        estimates=tuple(e for e in both if e is not None)[:1],
    )
