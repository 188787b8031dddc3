r"""Order of the mirror 镜像次序: which came first, place or tie?

Two onsets are followed for each pair of firms: they become co-located (P), they become tied (V).

.. math::
    \theta_{P \to V} = \frac{\sum_s a_s n_{0s} / n_s}{\sum_s c_s n_{1s} / n_s}

is the Mantel-Haenszel rate ratio of the onset of ties for co-located pairs against others;
:math:`\theta_{V \to P}` that of the onset of co-location for tied pairs against others. Strata are a step
of time and a pair of groups (industry, time of entry). Under the null, firms of a block exchange their
whole histories of ties.

Place to tie alone is a virtual layer that mirrors a physical one (industrial digitalisation); tie to
place alone a physical layer that mirrors a virtual one (digital industrialisation). Where dates,
moves or numbers cannot bear a verdict there is none.

Paper: K2b, K2c (virtual mirrors physical), K2g, K2h (physical mirrors virtual), Q7 (not yet observable)

References
----------
Mantel, N. & Haenszel, W. (1959). Statistical aspects of the analysis of data from retrospective
studies of disease. Journal of the National Cancer Institute 22(4), 719-748. doi:10.1093/jnci/22.4.719
Krackhardt, D. (1988). Predicting with networks: nonparametric multiple regression analysis of dyadic
data. Social Networks 10(4), 359-381. doi:10.1016/0378-8733(88)90004-4
"""

import math

from jiqun.measures.estimate import Estimate, not_measured, p_words
from jiqun.measures.readings.dated_layers import (
    PHYSICAL_ONLY,
    UNIT_NAMES,
    UNITS,
    DatedLayers,
    dated_layers,
)
from jiqun.measures.readings.mirror_verdicts import REASONS, VERDICTS
from jiqun.measures.readings.tie_layers import LAYERS
from jiqun.numerics.mirror import Direction, MirrorOrder
from jiqun.numerics.mirror import mirror_order as test_both_directions
from jiqun.record.record import Record
from jiqun.vocabulary.text import Text, joined, same

NAME = "mirror_order"
LEVEL = 0.95
PERMUTATIONS = 999
RADIUS_KM = 5.0
RECORDING_LAG_DAYS = 90
DAYS_A_MONTH = 30.4375
REFERENCES = ("doi:10.1093/jnci/22.4.719", "doi:10.1016/0378-8733(88)90004-4")
NEEDS = ("sites.longitude", "sites.latitude", "sites.opened", "ties.start", "ties.channel")
TITLE = Text("Order of the mirror", "镜像次序")
VERDICT = (("statistic", "verdict"),)
LABEL = Text("{title}: {v}", "{title}:{v}")
NOT_YET = Text("not yet observable", "尚不可观测")
PAIRS = Text("onsets", "发生")
MOVES = Text("moves", "迁址")

SAMPLING = Text(
    "Normal interval from the influence of each firm (pairs that share a firm are not independent).",
    "由各企业的影响值得到的正态区间(共享同一企业的企业对并不独立)。",
)
EXCESS = Text(
    "Normal interval: variance of the count under relabelled ties plus that of the excess as a count.",
    "正态区间:方差为互换关系下计数的方差加超出部分作为计数的方差。",
)
BY_MOVE = Text(
    "Normal interval, moves of one firm taken together.", "正态区间,同一企业的迁址合并计算。"
)
NO_INTERVAL = Text("A count's share; no interval.", "计数所得份额,不给出区间。")


def mirror_order(
    record: Record,
    *,
    seed: int = 0,
    radius_km: float = RADIUS_KM,
    recording_lag_days: int = RECORDING_LAG_DAYS,
    permutations: int = PERMUTATIONS,
) -> tuple[Estimate, ...]:
    """Test whether ties follow places, places follow ties, both or neither.

    Parameters
    ----------
    record
        Reads ``sites`` (coordinates, dates), ``ties`` (dates, channel), ``alliances`` (platform, kind,
        dates), ``memberships`` and ``firms`` (industry, dates).
    seed
        Addresses the relabellings.
    radius_km
        Distance up to which two sites are co-located, km; to be fixed before looking.
    recording_lag_days
        By how much dates of ties may be wrong against dates of sites; a verdict that a shift within it
        changes is withheld. At least one step is tried.
    permutations
        Relabellings.

    Returns
    -------
    tuple of Estimate
        The verdict with the asymmetry; both rate ratios; the shares of ties and of moves that are due
        to the other layer; moves against random location; the share of simultaneous onsets. One that
        says why there is nothing to test, where so.
    """
    layers = dated_layers(record)
    if isinstance(layers, Text):
        return (_unmeasured(layers, NOT_YET if layers is PHYSICAL_ONLY else None),)
    step_days = UNITS[layers.unit] * DAYS_A_MONTH
    lag = max(1, math.ceil(recording_lag_days / step_days))
    found = test_both_directions(
        firm=layers.firm,
        points=layers.points,
        opened=layers.opened,
        closed=layers.closed,
        source=layers.source,
        target=layers.target,
        onset=layers.onset,
        group=layers.group,
        block=layers.block,
        steps=layers.steps,
        radius=radius_km * 1000.0,
        coordinates="longitude_latitude",
        lag=lag,
        permutations=permutations,
        level=LEVEL,
        seed=seed,
    )
    method = _method(layers, found, radius_km, lag)
    return (
        _verdict(layers, found, method),
        *_ratios(layers, found, method),
        *_shares(layers, found, method),
        *_by_move(layers, found, method),
        _simultaneous(layers, found, method),
    )


def _unmeasured(reason: Text, verdict: Text | None, warnings: tuple[Text, ...] = ()) -> Estimate:
    """Return the verdict where there is no number to it."""
    return Estimate(
        measure=NAME,
        of=VERDICT,
        label=TITLE if verdict is None else LABEL.fill(title=TITLE, v=verdict),
        reason=reason,
        needs=NEEDS,
        warnings=warnings,
        verdict=verdict,
    )


def _method(layers: DatedLayers, found: MirrorOrder, radius_km: float, lag: int) -> Text:
    return Text(
        "{l} of {n} firms with a place, in {t} steps of one {u} from {d}; co-located up to {r:g} km; "
        "strata: step and pair of groups by {g}; {p} relabellings of whole histories of ties among firms "
        "of a group that move about as often; dates of ties tried up to {k} steps earlier and later.",
        "{n} 家有地点企业的{l},自 {d} 起共 {t} 期,每期一{u};{r:g} 公里以内为邻近;按期与组对分层,"
        "分组依据:{g};在同组且迁址频次相近的企业间互换全部关系历史 {p} 次;关系日期前后各试 {k} 期。",
    ).fill(
        l=LAYERS[layers.layer],
        n=found.firms,
        t=found.steps,
        u=UNIT_NAMES[layers.unit],
        d=layers.start.isoformat(),
        r=radius_km,
        g=layers.groups,
        p=found.permutations,
        k=lag,
    )


def _verdict(layers: DatedLayers, found: MirrorOrder, method: Text) -> Estimate:
    """Write up the verdict with the number behind it, or why there is neither."""
    verdict = VERDICTS[found.verdict]
    if not (found.place_to_tie.events and found.tie_to_place.events):
        whole = joined((REASONS[r] for r in found.reasons), "; ", ";")
        return _unmeasured(whole, verdict, layers.warnings)
    return Estimate(
        measure=NAME,
        of=VERDICT,
        label=Text("{l} (log of the ratio of the two rate ratios)", "{l}(两个率比之比的对数)").fill(
            l=LABEL.fill(title=TITLE, v=verdict)
        ),
        value=found.asymmetry,
        low=found.asymmetry_low,
        high=found.asymmetry_high,
        level=found.level,
        interval=SAMPLING,
        n=found.ties,
        n_of=Text("tied pairs", "有关系的企业对"),
        method=method,
        references=REFERENCES,
        warnings=(*_grounds(found), *layers.warnings),
        verdict=verdict,
    )


def _grounds(found: MirrorOrder) -> tuple[Text, ...]:
    """Say what speaks against a verdict, how sure the asymmetry is, and what shifted dates give."""
    against = tuple(
        Text("No verdict: {why}.", "不作判定:{why}。").fill(why=REASONS[r]) for r in found.reasons
    )
    order = Text(
        "Above 0 place leads, below 0 ties do; {p} against relabelled ties.",
        "大于 0 表示地点在先,小于 0 表示关系在先;相对于互换关系,{p}。",
    ).fill(p=p_words(found.asymmetry_p))
    shifts = Text(
        ", ".join(f"{shift:+d}: {name}" for shift, name in found.by_shift),
        "；".join(f"{shift:+d} 期：{VERDICTS[name].zh}" for shift, name in found.by_shift),
    )
    tried = Text(
        "Verdict with ties dated so many steps later: {s}.", "将关系日期后移若干期时的判定:{s}。"
    ).fill(s=shifts)
    return (*against, order, tried)


def _ratios(layers: DatedLayers, found: MirrorOrder, method: Text) -> tuple[Estimate, ...]:
    sides = (
        (
            "place to tie",
            found.place_to_tie,
            Text(
                "Rate of new ties between neighbours, over that between others",
                "邻近企业间新建关系的速率与其他企业间之比",
            ),
        ),
        (
            "tie to place",
            found.tie_to_place,
            Text(
                "Rate of becoming neighbours among tied firms, over that among others",
                "有关系企业间成为邻近的速率与其他企业间之比",
            ),
        ),
    )
    return tuple(
        Estimate(
            measure=NAME,
            of=(("statistic", name),),
            label=label,
            value=side.ratio,
            low=side.low,
            high=side.high,
            level=found.level,
            interval=SAMPLING,
            n=side.events,
            n_of=PAIRS,
            method=method,
            references=REFERENCES,
            warnings=(_against_chance(side), *layers.warnings),
        )
        for name, side, label in sides
        if side.events
    )


def _against_chance(side: Direction) -> Text:
    return Text(
        "{p}: {a} of {n} onsets were of exposed pairs, {c:.1f} under relabelled ties; ratio "
        "before division by that of relabelled ties {r:.3g}.",
        "{p}:{n} 次发生中有 {a} 次属暴露企业对,互换关系下为 {c:.1f} 次;除以互换关系下之比以前的率比为 {r:.3g}。",
    ).fill(p=p_words(side.p_value), a=side.exposed, n=side.events, c=side.by_chance, r=side.crude)


def _shares(layers: DatedLayers, found: MirrorOrder, method: Text) -> tuple[Estimate, ...]:
    sides = (
        (
            "ties due to place",
            found.place_to_tie,
            found.place_to_tie.events,
            PAIRS,
            Text("Share of new ties that is due to co-location", "新建关系中可归因于邻近的份额"),
        ),
        (
            "moves due to ties",
            found.tie_to_place,
            found.landings.moves,
            MOVES,
            Text("Share of moves that is due to ties", "迁址中可归因于关系的份额"),
        ),
    )
    return tuple(
        Estimate(
            measure=NAME,
            of=(("statistic", name),),
            label=label,
            value=side.attributable,
            low=side.attributable_low,
            high=side.attributable_high,
            level=found.level,
            interval=EXCESS,
            n=count,
            n_of=unit,
            method=method,
            references=REFERENCES,
            warnings=layers.warnings,
        )
        for name, side, count, unit, label in sides
        if count
    )


def _by_move(layers: DatedLayers, found: MirrorOrder, method: Text) -> tuple[Estimate, ...]:
    seen = found.landings
    if seen.moves == 0:
        reason = Text(
            "no firm with a place opened another while the record lasts",
            "记录期内没有已有场所的企业新设场所",
        )
        label = Text("Moves towards partners", "向合作伙伴的迁址")
        of = (("statistic", "moves to partners"),)
        return (not_measured(NAME, label, reason, needs=("sites.opened",), of=of),)
    chance = Text(
        "{p}: {a} of {n} moves landed at a partner's, {c:.1f} expected at places drawn at random "
        "from the sites in use in the group.",
        "{p}:{n} 次迁址中有 {a} 次落在合作伙伴处;若从同组在用场所中随机选址,预期 {c:.1f} 次。",
    ).fill(p=p_words(seen.p_value), a=seen.landed, n=seen.moves, c=seen.by_chance)
    return (
        Estimate(
            measure=NAME,
            of=(("statistic", "moves to partners"),),
            label=Text(
                "Share of moves that lead to a partner beyond random location",
                "超出随机选址而迁往合作伙伴处的份额",
            ),
            value=seen.share,
            low=seen.low,
            high=seen.high,
            level=found.level,
            interval=BY_MOVE,
            n=seen.moves,
            n_of=MOVES,
            method=method,
            references=REFERENCES,
            warnings=(chance, *layers.warnings),
        ),
    )


def _simultaneous(layers: DatedLayers, found: MirrorOrder, method: Text) -> Estimate:
    return Estimate(
        measure=NAME,
        of=(("statistic", "simultaneous"),),
        label=Text(
            "Share of coupled onsets that fall into one step, whose order is not known",
            "相关联的发生中落在同一期、先后不明者的份额",
        ),
        value=found.simultaneous_share,
        interval=NO_INTERVAL,
        n=found.simultaneous,
        n_of=Text("simultaneous onsets", "同期发生"),
        method=method,
        references=REFERENCES,
        warnings=(same(p_words(found.simultaneous_p)), *layers.warnings),
    )
