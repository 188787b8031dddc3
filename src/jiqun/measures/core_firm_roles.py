r"""Roles of core firms 核心企业的角色: who initiates, innovates, commands, owns, and is followed?

Five shares, each from the table that shows the role, and none inferred from another: of alliances begun
(leadership), of innovations made (innovation core), of supply ties bought by one firm (chain master), of
participations on its platforms (platform owner), of innovations built upon by others (demonstrator).
They may all be one firm, or five. Leadership is dated too: whose alliances begin in each window of years.

Paper: K1a, K1b (initiator and innovation), Q20 (initiation apart from rules), Q24 (four roles)

References
----------
Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of
the American Statistical Association 22(158), 209-212. doi:10.1080/01621459.1927.10502953
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import polars as pl

from jiqun.measures.estimate import Estimate, not_measured
from jiqun.measures.readings.firm_titles import firm_title
from jiqun.measures.readings.windows import Window, days, windows
from jiqun.numerics.clustered import Incidence, clustered_error, share_interval
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text

NAME = "core_firm_roles"
SHOWN = 3
LEVEL = 0.95
REFERENCES = ("doi:10.1080/01621459.1927.10502953",)
INTERVAL = Text(
    "Range of the firm's share among events like these: Wilson's interval, events with the same "
    "counterpart counting as dependent. It is for a firm named beforehand; the largest of many shares "
    "is larger than its own true one.",
    "同类事件中该企业份额所处范围:Wilson 区间,同一对方企业的事件视为相依。"
    "该区间适用于事先指定的企业;多个份额中的最大者会高于其真实份额。",
)
ONE_FIRM = Text(
    "One firm has every event: either it is alone in the role or the data are its own list.",
    "全部事件属于同一企业:或其独占该角色,或数据即其自身名单。",
)


Of = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """One role and the events that show it.

    Attributes
    ----------
    name, title
        Identifier and words.
    share
        What the share is of.
    events
        Record → frame with ``event``, ``firm`` (who plays the role) and ``counterpart`` (with whom;
        events that share one are dependent).
    needs
        What it is read from.
    """

    name: str
    title: Text
    share: Text
    events: Callable[[Record], pl.DataFrame]
    needs: tuple[str, ...]


def _initiators(record: Record) -> pl.DataFrame:
    first = record["memberships"].filter(pl.col("role").is_in(["initiator", "lead"]))
    by_role = first.filter(
        (pl.col("role") == "initiator") | ~(pl.col("role") == "initiator").any().over("alliance_id")
    )
    return by_role.select(event="alliance_id", firm="firm_id", counterpart="alliance_id")


def _innovators(record: Record) -> pl.DataFrame:
    return record["innovators"].select(
        event="innovation_id", firm="firm_id", counterpart="innovation_id"
    )


def _buyers(record: Record) -> pl.DataFrame:
    return (
        record["ties"]
        .filter(pl.col("kind") == "supply", pl.col("source") != pl.col("target"))
        .select(event="tie_id", firm="target", counterpart="source")
    )


def _owners(record: Record) -> pl.DataFrame:
    operated = record["platforms"].drop_nulls("operator").select("platform_id", "operator")
    return (
        record["participations"]
        .join(operated, on="platform_id")
        .filter(pl.col("firm_id") != pl.col("operator"))
        .unique(["platform_id", "firm_id"])
        .select(
            event=pl.concat_str("platform_id", "firm_id", separator="\x1f"),
            firm="operator",
            counterpart="firm_id",
        )
    )


def _followed(record: Record) -> pl.DataFrame:
    """Links from an innovation to an earlier one of a firm that did not make the later one."""
    makers = record["innovators"].select("innovation_id", "firm_id")
    links = record["innovations"].drop_nulls("builds_on").select("innovation_id", "builds_on")
    by_maker = links.join(makers, left_on="builds_on", right_on="innovation_id")
    own = by_maker.join(makers, on=["innovation_id", "firm_id"], how="semi")
    return by_maker.join(own, on=["innovation_id", "builds_on"], how="anti").select(
        event="innovation_id", firm="firm_id", counterpart="innovation_id"
    )


ROLES = (
    Role(
        name="leadership",
        title=Text("Leadership", "发起与牵头"),
        share=Text("alliances initiated or led", "发起或牵头的联盟"),
        events=_initiators,
        needs=("memberships.role",),
    ),
    Role(
        name="innovation core",
        title=Text("Innovation core", "创新核心"),
        share=Text("innovations that it made or took part in", "独立或参与完成的创新"),
        events=_innovators,
        needs=("innovators.firm_id",),
    ),
    Role(
        name="chain master",
        title=Text("Chain master", "链主企业"),
        share=Text("supply ties in which it is the buyer", "作为采购方的供应关系"),
        events=_buyers,
        needs=("ties.kind", "ties.target"),
    ),
    Role(
        name="platform owner",
        title=Text("Platform owner", "平台企业"),
        share=Text("participations of others on its platforms", "其他企业在其平台上的参与"),
        events=_owners,
        needs=("platforms.operator", "participations.firm_id"),
    ),
    Role(
        name="demonstrator",
        title=Text("Demonstrator", "领头羊(示范企业)"),
        share=Text("innovations by others that build on its own", "他人承接其成果的创新"),
        events=_followed,
        needs=("innovations.builds_on", "innovators.firm_id"),
    ),
)


LEADERSHIP = ROLES[0]
NONE_BEGUN = Text(
    "no alliance with a known initiator or lead began in it", "期内没有已知发起方的联盟开始"
)


def core_firm_roles(
    record: Record,
    *,
    seed: int = 0,  # noqa: ARG001 - nothing is drawn
    years: int | None = None,
) -> tuple[Estimate, ...]:
    """Measure the shares of the leading firms in each of five roles.

    Parameters
    ----------
    record
        Reads ``memberships``, ``innovators``, ``innovations``, ``ties``, ``platforms`` and
        ``participations``.
    seed
        Not used: nothing is drawn.
    years
        Calendar years of each window in which leadership is told too; None for the whole record only.

    Returns
    -------
    tuple of Estimate
        For each role the firms with the three largest shares (more where shares are equal), or the
        reason why the role was not measured; then who led the alliances begun in each window.
    """
    whole, *later = windows(record, years)
    named = years is not None
    found = [e for role in ROLES for e in _role(role, record, whole, named=named)]
    led = [e for window in later for e in _role(LEADERSHIP, record, window, named=named)]
    return (*found, *led)


def _role(role: Role, record: Record, window: Window, *, named: bool) -> list[Estimate]:
    events = role.events(record).drop_nulls().unique(["event", "firm"])
    of: Of = (("role", role.name), *((("window", window.name),) if named else ()))
    if not window.whole:
        events = events.join(_begun(record, window), on="event", how="semi")
    if events.is_empty():
        none = Text("no {what} are recorded", "未记录{what}").fill(what=role.share)
        reason = none if window.whole else NONE_BEGUN
        return [not_measured(NAME, role.title, reason, needs=role.needs, of=of)]
    ranked = events.group_by("firm").len("count").sort(["count", "firm"], descending=[True, False])
    least = ranked["count"][min(SHOWN, ranked.height) - 1]
    leading = ranked.filter(pl.col("count") >= least).head(2 * SHOWN)
    return [
        _estimate(role, events, str(firm), firm_title(record, str(firm)), of)
        for firm in leading["firm"]
    ]


def _begun(record: Record, window: Window) -> pl.DataFrame:
    """Return the alliances that began in a window; one without a date began in none."""
    alliances = record["alliances"].unique("alliance_id").sort("alliance_id")
    chosen = pl.Series(window.begun(days(alliances["start"])))
    return alliances.filter(chosen).select(event="alliance_id")


def _estimate(role: Role, events: pl.DataFrame, firm: str, title: Text, of: Of) -> Estimate:
    """Estimate the share of one firm."""
    by_event = events.group_by("event").agg(
        has_it=(pl.col("firm") == firm).any(), counterpart=pl.col("counterpart").min()
    )
    by_event = by_event.sort("event")
    has_it = by_event["has_it"].to_numpy().astype(float)
    counterpart = by_event["counterpart"].rank("dense").cast(pl.Int64).to_numpy() - 1
    incidence = Incidence(
        np.arange(has_it.size), counterpart, has_it.size, int(counterpart.max()) + 1
    )
    share = float(has_it.mean())
    error = clustered_error((has_it - share) / has_it.size, incidence)
    low, high = share_interval(share, incidence, error, LEVEL)
    label = Text("{title}: {firm}, share of {what}", "{title}:{firm},占{what}的份额").fill(
        title=role.title, firm=title, what=role.share
    )
    return Estimate(
        measure=NAME,
        label=label,
        of=(*of, ("firm", firm)),
        value=share,
        low=low,
        high=high,
        level=LEVEL,
        interval=INTERVAL,
        n=has_it.size,
        n_of=role.share,
        method=Text(
            "Share of {what}, of all for which a firm in this role is recorded.",
            "占全部已记录该角色企业的{what}的份额。",
        ).fill(what=role.share),
        references=REFERENCES,
        warnings=(ONE_FIRM,) if share == 1.0 else (),
    )
