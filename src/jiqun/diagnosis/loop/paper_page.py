"""The page that puts the paper's stages on trial, on simulated clusters and on records.

Paper: Q17 ("three stages" is a hypothesis), Q4 (stages are of a type)
"""

from collections.abc import Mapping, Sequence

from jiqun.diagnosis.card import Card
from jiqun.diagnosis.findings import Trial
from jiqun.diagnosis.lines_file import Line
from jiqun.diagnosis.loop.conclusions import gathered_of
from jiqun.diagnosis.stage.emissions import log_emissions, total
from jiqun.diagnosis.stage.trial import MOST, pooled, trial
from jiqun.vocabulary.text import Text
from jiqun.vocabulary.typology import CLUSTER_TYPE

ABOUT = """# The paper's stages on trial

The paper says that a digital cluster passes three stages, one after the other. Each record is asked twice.

- **Ordered or free?** How much more probable are the markers where stages come one after the other than
  where a cluster changes as often and goes to any stage? Both use the reference card. Natural logarithm
  of the Bayes factor: above 1.1 (odds of 3) for order, below −1.1 against it.
- **How many?** Without the card: into how many stretches, in each of which the markers keep their make,
  does the record fall? Logarithm of the Bayes factor of two to five stretches against one. Traditional
  beginnings count as a stretch of their own, so that three stages after one would be four stretches.

A record that begins late or ends early holds fewer stretches than its cluster passed. *Pooled* adds up the
evidence of all clusters of a row. Where a window holds thousands of firms, a steady drift counts as many
stretches, since small differences are then certain; *for order* is the share of clusters above 1.1.
"""
CLEAR = 1.1


def paper_page(lines: Sequence[Line], records: Mapping[str, Trial | None], card: Card) -> str:
    """Write the page.

    Parameters
    ----------
    lines
        Simulated worlds with full records.
    records
        Name of a record → its trial; None where it is too short.
    card
        The reference card.
    """
    by_type = {code: _trials(lines, code, card) for code in CLUSTER_TYPE.codes[1:]}
    rows = [(CLUSTER_TYPE.terms[code].en, found) for code, found in by_type.items()]
    stretches = " | ".join(str(k) for k in range(2, MOST + 1))
    head = (
        "| simulated clusters, by true type | clusters | for order | against | pooled | "
        f"likeliest stretches (clusters) | {stretches} |\n|---|---|---|---|---|---|"
        + "---|" * (MOST - 1)
        + "\n"
    )
    body = "".join(_row(name, found) for name, found in rows if found)
    return f"{ABOUT}\n## Simulated clusters\n\n{head}{body}\n{_records(records)}"


def _trials(lines: Sequence[Line], code: str, card: Card) -> list[Trial]:
    """Try every world of one true type."""
    found = []
    for line in lines:
        gathered = gathered_of(line["gathered"]["full"])
        seen = gathered.observations
        if line["truth"]["type"] != code or isinstance(seen, Text):
            continue
        emission = total(log_emissions(seen, card.stages))
        tried = trial(seen, emission, code, card.stages)
        if tried is not None:
            found.append(tried)
    return found


def _row(name: str, found: Sequence[Trial]) -> str:
    """Write one row of simulated clusters."""
    together = pooled(found)
    if together is None:
        return ""
    n = len(found)
    order = sum(t.ordered > CLEAR for t in found) / n
    against = sum(t.ordered < -CLEAR for t in found) / n
    counts = [sum(t.likeliest == k for t in found) for k in range(1, MOST + 1)]
    likeliest = ", ".join(f"{k}: {c}" for k, c in enumerate(counts, 1) if c)
    factors = " | ".join(f"{together.stretches[k]:.0f}" for k in range(2, MOST + 1))
    shares = f"{order:.0%} | {against:.0%}".replace("%", " %")
    return f"| {name} | {n} | {shares} | {together.ordered:.0f} | {likeliest} | {factors} |\n"


def _records(records: Mapping[str, Trial | None]) -> str:
    """Write one row a record."""
    stretches = " | ".join(str(k) for k in range(2, MOST + 1))
    head = f"| record | windows | ordered against free | {stretches} |\n|---|---|---|"
    head += "---|" * (MOST - 1) + "\n"
    body = ""
    for name, tried in records.items():
        if tried is None:
            body += f"| {name} | too few, or no type with stages | – |" + " – |" * (MOST - 1) + "\n"
            continue
        factors = " | ".join(f"{tried.stretches[k]:.1f}" for k in range(2, MOST + 1))
        body += f"| {name} | {tried.windows} | {tried.ordered:.1f} | {factors} |\n"
    return f"## Records\n\n{head}{body}"
