"""How a number was made, told once for all numbers that were made alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from jiqun.measures.estimate import Estimate
from jiqun.report.formatting import number
from jiqun.report.naming import listed
from jiqun.vocabulary.text import Text

METHOD = Text("Method: {method}", "方法:{method}")
INTERVAL = Text("Interval ({level}%): {meaning}", "区间({level}%):{meaning}")
NO_INTERVAL = Text("No interval was computed.", "未计算区间。")
WHY_NO_INTERVAL = Text("No interval: {meaning}", "无区间:{meaning}")
REFERENCES = Text("References: {references}", "参考文献:{references}")
CAUTION = Text("Caution: {warnings}", "注意:{warnings}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What estimates share that were made in the same way; fields as in ``Estimate``."""

    method: Text
    interval: Text
    level: float
    has_interval: bool
    references: tuple[str, ...]
    warnings: tuple[Text, ...]

    @classmethod
    def of(cls, estimate: Estimate) -> "Origin":
        """Return how an estimate was made."""
        return cls(
            method=estimate.method,
            interval=estimate.interval,
            level=estimate.level,
            has_interval=estimate.low is not None,
            references=estimate.references,
            warnings=estimate.warnings,
        )

    @property
    def meaning(self) -> Text:
        """What the interval means, or why there is none."""
        if self.has_interval:
            return INTERVAL.fill(level=f"{self.level * 100:.4g}", meaning=self.interval)
        return WHY_NO_INTERVAL.fill(meaning=self.interval) if self.interval.en else NO_INTERVAL

    @property
    def lines(self) -> tuple[Text, ...]:
        """Method, interval, references and cautions, those that there are."""
        references = REFERENCES.fill(references="; ".join(self.references))
        return (
            *((METHOD.fill(method=self.method),) if self.method.en else ()),
            self.meaning,
            *((references,) if self.references else ()),
            *((CAUTION.fill(warnings=listed(self.warnings)),) if self.warnings else ()),
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
    return words.fill(label=estimate.label, **dict(zip(("value", "low", "high"), said, strict=False)))


def described(title: Text, estimates: Sequence[Estimate]) -> Text:
    """Say all values of a figure, for a reader who can't see it."""
    parts = listed(tuple(in_words(e) for e in estimates))
    return Text("{title}: {parts}", "{title}:{parts}").fill(title=title, parts=parts)
