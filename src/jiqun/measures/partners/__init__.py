"""Partners 合作伙伴: who is missing from an alliance or a cluster, and can the past tell?

``find_partners`` looks at one group: which roles of the data process nobody fills, what the others would
lose without each member, and which firms outside would fit, with reasons. ``partners`` says how often
rankings of that kind named the firm that came, in a year that they were not learned from.

Paper: K3h (generate, store, integrate, apply), K3i (every member essential), N1b (components and
complements)

References
----------
Liben-Nowell, D. & Kleinberg, J. (2007). The link-prediction problem for social networks. Journal of the
American Society for Information Science and Technology 58(7), 1019-1031. doi:10.1002/asi.20591
"""

from jiqun.measures.estimate import Estimate, not_measured
from jiqun.measures.partners.finding import Candidate, Member, Partners, find_partners
from jiqun.measures.partners.held_out import HeldOut, held_out
from jiqun.measures.partners.wording import (
    BETTER,
    GAIN,
    HITS,
    INTERVAL,
    METHOD,
    NAME,
    NEEDS,
    NO_BETTER,
    REFERENCES,
    SEATS,
    UNSEEN,
)
from jiqun.measures.readings.partner_history import history
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text, joined

__all__ = ["Candidate", "Member", "Partners", "find_partners", "partners"]


def partners(record: Record, *, seed: int = 0) -> tuple[Estimate, ...]:
    """Measure how often past relations name the firm that is missing from an alliance.

    Parameters
    ----------
    record
        Reads ``memberships``, ``alliances``, ``ties``, ``firms`` and ``data_assets``.
    seed
        Seed of the run.

    Returns
    -------
    tuple of Estimate
        Hits among the first ten by the ranking, by activity and by industry (where any is recorded), and
        the gain over the better of these two.
    """
    found = held_out(history(record), seed)
    if isinstance(found, Text):
        of = (("statistic", "hits at 10"), ("ranking", "model"))
        return (not_measured(NAME, HITS["model"], found, needs=NEEDS, of=of),)
    industries = record["firms"]["industry_code"].is_not_null().any()
    return tuple(_written(found, industries=industries))


def _written(found: HeldOut, *, industries: bool) -> list[Estimate]:
    """Write up hits and gain; a ranking by industry without any would be that by activity again."""
    skill, common = found.skill, _common(found)
    estimates = [
        Estimate(
            label=label,
            of=(("statistic", "hits at 10"), ("ranking", name)),
            value=skill.hits[place],
            low=skill.low[place],
            high=skill.high[place],
            **common,  # type: ignore[arg-type]
        )
        for place, (name, label) in enumerate(HITS.items())
        if industries or name != "same industry"
    ]
    verdict = BETTER if skill.gain_low > 0 else NO_BETTER
    gain = Estimate(
        label=joined((GAIN, verdict), ": ", ":"),
        of=(("statistic", "gain"),),
        value=skill.gain,
        low=skill.gain_low,
        high=skill.gain_high,
        verdict=verdict,
        **common,  # type: ignore[arg-type]
    )
    return [*estimates, gain]


def _common(found: HeldOut) -> dict[str, object]:
    """Return what all estimates of one record share."""
    return {
        "measure": NAME,
        "interval": INTERVAL,
        "n": found.skill.groups,
        "n_of": SEATS,
        "method": METHOD.fill(
            y=found.year, s=found.skill.seats, a=found.learned[0], b=found.learned[-1]
        ),
        "references": REFERENCES,
        "warnings": (UNSEEN.fill(u=found.skill.unseen),),
    }
