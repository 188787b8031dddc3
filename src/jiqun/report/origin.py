"""How a number was made, in lines that numbers made alike share."""

from collections.abc import Sequence

from jiqun.measures.estimate import Estimate
from jiqun.report.formatting import number
from jiqun.vocabulary.text import Text

METHOD = Text("Method: {method}", "方法:{method}")
INTERVAL = Text("Interval ({level}%): {meaning}", "区间({level}%):{meaning}")
NO_INTERVAL = Text("Interval: none was computed.", "区间:未计算。")
WHY_NO_INTERVAL = Text("Interval: {meaning}", "区间:{meaning}")
REFERENCES = Text("References: {references}", "参考文献:{references}")
CAUTION = Text("Caution: {warning}", "注意:{warning}")
RANGE = Text(
    "{count} values; the lowest: {lowest}; the highest: {highest}.",
    "共 {count} 个数值;最低:{lowest};最高:{highest}。",
)


def interval_meaning(estimate: Estimate) -> Text:
    """Say what the interval means, or why there is none."""
    if estimate.low is not None:
        return INTERVAL.fill(level=f"{estimate.level * 100:.4g}", meaning=estimate.interval)
    if not estimate.interval.en:
        return NO_INTERVAL
    return WHY_NO_INTERVAL.fill(meaning=estimate.interval)


def origin(estimate: Estimate) -> tuple[Text, ...]:
    """Say method, interval, references and each caution, those that there are."""
    references = REFERENCES.fill(references="; ".join(estimate.references))
    return (
        *((METHOD.fill(method=estimate.method),) if estimate.method.en else ()),
        interval_meaning(estimate),
        *((references,) if estimate.references else ()),
        *(CAUTION.fill(warning=warning) for warning in estimate.warnings),
    )


def in_words(estimate: Estimate) -> Text:
    """Say label, value and interval in one line."""
    ends = [x for x in (estimate.value, estimate.low, estimate.high) if x is not None]
    said = [Text(number(x, "en"), number(x, "zh")) for x in ends]
    words = (
        Text("{label} {value} ({low} to {high})", "{label} {value}({low} 至 {high})")
        if len(said) > 1
        else Text("{label} {value}", "{label} {value}")
    )
    return words.fill(
        label=estimate.label, **dict(zip(("value", "low", "high"), said, strict=False))
    )


def described(estimates: Sequence[Estimate]) -> Text:
    """Say how many values a figure shows and between which they lie; all must be measured."""
    ordered = sorted(estimates, key=lambda e: e.value or 0.0)
    ends = {"lowest": in_words(ordered[0]), "highest": in_words(ordered[-1])}
    return RANGE.fill(count=len(estimates), **ends)
