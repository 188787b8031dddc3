"""Mirror 平台镜像映现: does the virtual layer follow places, or do places follow the virtual layer?

Paper: B6, K2c (the digital mirrors the physical), B9, K2g (the physical mirrors the virtual), Q7 (before a
mirror is built it is not yet observable)
"""

from functools import partial

from jiqun.diagnosis.reading import LEAST_DOUBT, Reading, above, found
from jiqun.measures import Measurement
from jiqun.measures.estimate import Estimate
from jiqun.measures.readings.mirror_verdicts import VERDICTS
from jiqun.vocabulary.text import Text

ELEMENT, ASPECT = "mirror", "order"
TITLE = Text("Order of the mirror", "镜像次序")
QUESTION = Text(
    "Which came first between firms: being neighbours or being connected?",
    "企业之间孰先孰后:先地理邻近,还是先建立联系?",
)
NOT_YET = "not yet observable"
NEITHER = 0.8
"""Support for "neither" where no direction shows."""
FOUND = Text("{verdict} (log ratio {value:.2f}).", "{verdict}(对数比 {value:.2f})。")
FINDINGS = {
    "physical first": Text(
        "Neighbours become connected more than connected firms become neighbours",
        "邻近企业建立联系的倾向强于有联系企业变为邻近的倾向",
    ),
    "virtual first": Text(
        "Connected firms become neighbours more than neighbours become connected",
        "有联系企业变为邻近的倾向强于邻近企业建立联系的倾向",
    ),
    "mutual": Text(
        "Neighbours become connected, and connected firms become neighbours",
        "邻近企业会建立联系,有联系的企业也会变为邻近",
    ),
    "no mirror": Text(
        "Neither do neighbours become connected, nor connected firms neighbours",
        "邻近未促成联系,联系也未促成邻近",
    ),
}
NEEDS = ("sites.opened", "sites.longitude", "sites.latitude", "ties.start", "ties.channel")
reading = partial(
    Reading, element=ELEMENT, aspect=ASPECT, title=TITLE, question=QUESTION, needs=NEEDS
)


def mirror(measurement: Measurement) -> tuple[Reading, ...]:
    """Read the order of the mirror from the measure's own verdict and asymmetry."""
    estimate = found(measurement, "mirror_order", statistic="verdict")
    if estimate is None:
        return ()
    verdict = _code(estimate)
    if verdict is None or verdict == "undetermined" or not estimate.measured:
        return (_open(estimate),)
    support = _support(estimate, verdict)
    return (
        reading(
            finding=FOUND.fill(verdict=FINDINGS[verdict], value=estimate.value),
            support=support,
            estimates=(estimate,),
        ),
    )


def _code(estimate: Estimate) -> str | None:
    return next((code for code, text in VERDICTS.items() if text == estimate.verdict), None)


def _open(estimate: Estimate) -> Reading:
    """Say why the order cannot be weighed."""
    not_yet = estimate.verdict is not None and estimate.verdict.en == NOT_YET
    reason = estimate.reason
    if reason is None:
        reason = estimate.warnings[0] if estimate.warnings else VERDICTS["undetermined"]
    return reading(
        status="not_yet_observable" if not_yet else "not_measured",
        estimates=(estimate,),
        reason=reason,
    )


def _support(estimate: Estimate, verdict: str) -> dict[str, float]:
    """Return the support of either order and of neither."""
    place = min(max(above(estimate, 0.0), LEAST_DOUBT), 1.0 - LEAST_DOUBT)
    neither = NEITHER if verdict == "no mirror" else LEAST_DOUBT
    rest = 1.0 - neither
    return {
        "place_first": rest * place,
        "ties_first": rest * (1.0 - place),
        "neither": neither,
    }
