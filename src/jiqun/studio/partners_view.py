"""Partners as they go over the wire: roles and kinds of data by their names, reasons in words."""

from collections.abc import Iterable, Mapping

from jiqun.measures.partners import Candidate, Member, Partners
from jiqun.measures.partners.held_out import HeldOut
from jiqun.measures.partners.wording import BETTER, NO_BETTER
from jiqun.studio.wire import Wire, Wording, bounded
from jiqun.vocabulary.codes import DATA_KIND, MEMBER_ROLE
from jiqun.vocabulary.text import Text, same


class PartnerMember(Wire):
    """A member, and what the others would lose without it."""

    firm_id: str
    title: Wording
    essential: bool
    roles: list[Wording]
    alone_fills: list[Wording]
    alone_holds: list[Wording]
    relations_lost: float
    parts: int
    substitutes: int | None


class PartnerCandidate(Wire):
    """A firm outside that would fit, and why."""

    firm_id: str
    title: Wording
    score: float
    reasons: list[Wording]


class PartnerSkill(Wire):
    """How often such a ranking was right in a year that it was not made from."""

    year: int
    alliances: int
    seats: int
    ranking: float
    activity: float
    industry: float
    gain: float
    gain_low: float
    gain_high: float
    better: bool
    verdict: Wording


class PartnersView(Wire):
    """Who is missing from a group; ``skill`` is null where it could not be scored."""

    filled: list[Wording]
    vacant: list[Wording]
    members: list[PartnerMember]
    candidates: list[PartnerCandidate]
    skill: PartnerSkill | None
    warnings: list[Wording]


def partners_view(found: Partners) -> PartnersView:
    """Write what was found about one group."""
    return PartnersView(
        filled=_named(found.filled, MEMBER_ROLE.terms),
        vacant=_named(found.vacant, MEMBER_ROLE.terms),
        members=[_member(each) for each in found.members],
        candidates=[_candidate(each) for each in found.candidates],
        skill=None if found.skill is None else _skill(found.skill),
        warnings=[bounded(warning) for warning in found.warnings],
    )


def _named(codes: Iterable[str], terms: Mapping[str, Text]) -> list[Wording]:
    return [Wording.of(terms.get(code, same(code))) for code in codes]


def _member(member: Member) -> PartnerMember:
    return PartnerMember(
        firm_id=member.firm_id,
        title=bounded(member.title),
        essential=member.essential,
        roles=_named(member.roles, MEMBER_ROLE.terms),
        alone_fills=_named(member.alone_fills, MEMBER_ROLE.terms),
        alone_holds=_named(member.alone_holds, DATA_KIND.terms),
        relations_lost=member.relations_lost,
        parts=member.parts,
        substitutes=member.substitutes,
    )


def _candidate(candidate: Candidate) -> PartnerCandidate:
    return PartnerCandidate(
        firm_id=candidate.firm_id,
        title=bounded(candidate.title),
        score=candidate.score,
        reasons=[bounded(reason) for reason in candidate.reasons],
    )


def _skill(found: HeldOut) -> PartnerSkill:
    ranking, activity, industry = found.skill.hits
    better = found.skill.gain_low > 0
    return PartnerSkill(
        year=found.year,
        alliances=found.skill.groups,
        seats=found.skill.seats,
        ranking=ranking,
        activity=activity,
        industry=industry,
        gain=found.skill.gain,
        gain_low=found.skill.gain_low,
        gain_high=found.skill.gain_high,
        better=better,
        verdict=Wording.of(BETTER if better else NO_BETTER),
    )
