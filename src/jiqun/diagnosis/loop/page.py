"""The page of the loop: how diagnoses of simulated clusters fared, with the sizes they rest on.

Paper: T1, S1-S18, Q17
"""

from collections.abc import Callable, Sequence

from jiqun.diagnosis.card import Card
from jiqun.diagnosis.loop.conclusions import Conclusion
from jiqun.diagnosis.loop.hiding import HIDINGS, NULLS
from jiqun.diagnosis.loop.scoring import Score, distance_from_prior, reliability, score
from jiqun.vocabulary.typology import CLUSTER_TYPE, TYPE_VERDICT

TITLES = {
    "full": "Full records",
    "half": "Half of the tables removed",
    "ties_only": "Firms and ties only",
    "firms_permuted": "Firms permuted in every table",
    "dates_shuffled": "Dates shuffled",
}
LEAST_SHOWN = 20
ABOUT = """Clusters are simulated whose type and stage are known, tables are taken away, and what is left is
diagnosed (`jiqun verify`). What a cluster *is* is read from the state of the model's mechanisms by rules
that are written down in `diagnosis/loop/truth.py` and use no record, no measure and no reference card:

- *digital at all*: 16 % of the firms on platforms, or a mean digital capability of 0.2 and more;
- *type*: digital industrialization where the dominant logic of the five firms with most sales is above one
  half, or half of their sales are digital; industrial digitalization where neither is near; between, the
  truth is a hybrid;
- *stages of industrial digitalization*: tools in use; a platform has taken root (16 % of firms); a quarter
  of the firms on it, with alliances beyond pairs and beyond the region;
- *stages of digital industrialization*: the platform is being built; it has taken root and its pool serves
  what firms use; it carries 40 % of the firms, in groups that others than the owners begin.

Records of the model are easier in one respect than real ones: how a firm began (`digital_native`) stands in
them without error. They are harder in another: few sites move, so that the order of the mirror is seldom
decided. Small numbers of clusters make every share below uncertain: of n clusters, a share p has a standard
error of √(p (1 − p) / n). No cluster scored here was used for weights or temper.

A model is no region. These figures say that the diagnosis finds what is there when clusters are made as the
model makes them; they do not say that real clusters are made so.
"""


def page(found: Sequence[Conclusion], card: Card, *, built_on: int) -> str:
    """Write the page.

    Parameters
    ----------
    found
        Conclusions of all worlds and hidings.
    card
        The card that was concluded with.
    built_on
        Worlds that weights and temper were estimated on; none of them is scored.
    """
    by_hiding = {name: [c for c in found if c.hiding == name] for name in (*HIDINGS, *NULLS)}
    scores = {name: score(by_hiding[name]) for name in HIDINGS if by_hiding[name]}
    worlds = len({c.number for c in found})
    parts = [
        f"# How diagnoses of simulated clusters fared\n\n{ABOUT}\n",
        f"{worlds} simulated clusters, reference card {card.version}. Weights and temper were estimated "
        f"on {built_on} other clusters.\n",
        _goals(scores, worlds),
        _targets(scores),
        _confusion(scores["full"]),
        _reliability(by_hiding["full"]),
        _by_table(by_hiding.get("half", [])),
        _nulls(by_hiding, card),
    ]
    return "\n".join(parts)


def _goals(scores: dict[str, Score], worlds: int) -> str:
    """Set what was hoped for against what was found."""
    full, half, ties = (scores.get(name) for name in ("full", "half", "ties_only"))
    rows = [("clusters scored", "500 or more", f"{worlds}")]
    if full is not None:
        rows += [
            ("full records: right, of those called", "90 % or more", _p(full.right)),
            ("full records: abstained", "10 % or fewer", _p(full.abstained)),
            ("stage within one window", "80 % or more", _p(full.stage_right)),
            ("80 % sets cover the type", "75 to 85 %", _p(full.coverage)),
            ("expected calibration error", "0.05 or less", _n(full.calibration_error)),
        ]
    if half is not None:
        rows.append(("half of the tables: right, of those called", "85 % or more", _p(half.right)))
    if ties is not None:
        rows.append(("firms and ties only: abstained", "90 % or more", _p(ties.abstained)))
    body = "".join(f"| {what} | {goal} | {found} |\n" for what, goal, found in rows)
    return f"## Hoped for and found\n\n| | hoped for | found |\n|---|---|---|\n{body}"


def _targets(scores: dict[str, Score]) -> str:
    rows: list[tuple[str, Callable[[Score], str]]] = [
        ("clusters of a single true type", lambda s: f"{s.worlds}"),
        ("type called", lambda s: _p(1.0 - s.abstained)),
        ("right, of those called", lambda s: _p(s.right)),
        ("80 % sets of types cover, at exactly that level", lambda s: _p(s.coverage)),
        ("80 % sets as shown (at least that level)", lambda s: _p(s.plain_coverage)),
        ("expected calibration error, type", lambda s: _n(s.calibration_error)),
        ("stage called, where the type is right", lambda s: _p(s.stage_called)),
        ("likeliest stage within one window of the truth", lambda s: _p(s.stage_right)),
        ("the same over all windows", lambda s: _p(s.history_right)),
        ("80 % sets of stages cover, at exactly that level", lambda s: _p(s.stage_coverage)),
        ("expected calibration error, stage", lambda s: _n(s.stage_calibration_error)),
    ]
    head = "| | " + " | ".join(TITLES[name] for name in scores) + " |\n"
    line = "|---|" + "---|" * len(scores) + "\n"
    body = "".join(
        f"| {label} | " + " | ".join(show(s) for s in scores.values()) + " |\n"
        for label, show in rows
    )
    return f"## Scores\n\n{head}{line}{body}"


def _p(value: float) -> str:
    return "–" if value != value else f"{value:.1%}".replace("%", " %")  # noqa: PLR0124 - not a number


def _n(value: float) -> str:
    return "–" if value != value else f"{value:.3f}"  # noqa: PLR0124 - not a number


def _confusion(full: Score) -> str:
    truths = [t for t in (*CLUSTER_TYPE.codes, "hybrid") if any(k[0] == t for k in full.confusion)]
    head = "| truth | " + " | ".join(TYPE_VERDICT.terms[v].en for v in TYPE_VERDICT.codes) + " |\n"
    line = "|---|" + "---|" * len(TYPE_VERDICT.codes) + "\n"
    body = "".join(
        f"| {TYPE_VERDICT.terms[t].en} | "
        + " | ".join(str(full.confusion.get((t, v), 0)) for v in TYPE_VERDICT.codes)
        + " |\n"
        for t in truths
    )
    return f"## Truth and verdict, full records\n\n{head}{line}{body}"


def _reliability(found: Sequence[Conclusion]) -> str:
    head = "| mean probability | share right | clusters |\n|---|---|---|\n"
    body = "".join(f"| {p:.2f} | {r:.2f} | {n} |\n" for p, r, n in reliability(found))
    return f"## Is the probability of the likeliest type kept? Full records\n\n{head}{body}"


def _by_table(found: Sequence[Conclusion]) -> str:
    """Write accuracy and abstention by the table that was removed."""
    tables = sorted({table for c in found for table in c.gone})
    head = "| removed, among others | clusters | called | right, of those called |\n|---|---|---|---|\n"
    body = ""
    for table in tables:
        some = [c for c in found if table in c.gone]
        if len(some) >= LEAST_SHOWN:
            s = score(some)
            body += f"| {table} | {s.worlds} | {_p(1.0 - s.abstained)} | {_p(s.right)} |\n"
    return f"## By what was removed\n\n{head}{body}"


def _nulls(by_hiding: dict[str, list[Conclusion]], card: Card) -> str:
    head = (
        "| | clusters | called | distance of the posterior from the prior | the same, full records |\n"
        "|---|---|---|---|---|\n"
    )
    body = ""
    for name in NULLS:
        found = by_hiding[name]
        if not found:
            continue
        numbers = {c.number for c in found}
        whole = [c for c in by_hiding["full"] if c.number in numbers]
        called = sum(c.type.verdict in card.prior for c in found) / len(found)
        own, other = (distance_from_prior(each, card.prior) for each in (found, whole))
        body += f"| {TITLES[name]} | {len(found)} | {_p(called)} | {own:.2f} | {other:.2f} |\n"
    return f"## Records without meaning\n\n{head}{body}"
