"""Ties: supply by size and distance, and data along it or apart from it."""

from datetime import date

import numpy as np

from synthetic.town import END, Row, Town, day_in, rounded


def flow_of(
    town: Town, rng: np.random.Generator, pairs: list[tuple[int, int, date]]
) -> tuple[int, int, date] | None:
    """Draw from whom to whom data flow, and since when; None where the two do not both exist then."""
    opened = town.shape.platform_years[0]
    if town.shape.flows_follow:
        source, target, begun = pairs[rng.integers(len(pairs))]
        if begun.year + 1 >= END.year:
            return None
        start = day_in(rng, int(rng.integers(max(opened, begun.year + 1), END.year)))
        both = {source, target} <= set(town.alive(start))
        return (source, target, start) if both and start > begun else None
    start = day_in(rng, int(rng.integers(opened, 2024)))
    firms = town.alive(start)
    weight = town.size[firms] ** 0.8
    source, target = (int(i) for i in rng.choice(firms, 2, replace=False, p=weight / weight.sum()))
    return source, target, start


def tie_of(
    town: Town,
    rng: np.random.Generator,
    number: int,
    *,
    source: int,
    target: int,
    kind: str,
    start: date,
) -> Row:
    """Write one tie: supply is offline and has a price, data run online and have none."""
    paid = kind == "supply"
    value = rounded(town.size[source] * rng.lognormal(9, 0.5)) if paid else None
    return {
        "tie_id": f"{town.shape.key}-t{number + 1:04d}",
        "source": town.firm_ids[source],
        "target": town.firm_ids[target],
        "kind": kind,
        "channel": "physical" if paid else "virtual",
        "start": start,
        "end": town.until(rng, start, 5.0, source, target),
        "value": value,
        "currency": "CNY" if paid else None,
    }


def ties(town: Town) -> list[Row]:
    """Draw supply ties by size and distance, and data flows along them or apart from them."""
    rng, shape = town.stream("ties"), town.shape
    rows: list[Row] = []
    pairs: list[tuple[int, int, date]] = []
    for _ in range(round(shape.supply * shape.firms)):
        start = day_in(rng, int(rng.integers(max(shape.founded[0] + 4, 1998), END.year)))
        firms = town.alive(start)
        source = int(rng.choice(firms))
        distance = np.hypot(*(town.at[firms] - town.at[source]).T)
        pull = (
            town.size[firms] ** 0.7 * np.exp(-distance / shape.reach) * (np.array(firms) != source)
        )
        target = int(rng.choice(firms, p=pull / pull.sum()))
        pairs.append((source, target, start))
        rows.append(
            tie_of(town, rng, len(rows), source=source, target=target, kind="supply", start=start)
        )
    for _ in range(round(shape.flows * shape.firms)):
        found = flow_of(town, rng, pairs)
        if found:
            source, target, start = found
            kind = str(rng.choice(["data_flow", "api"]))
            rows.append(
                tie_of(town, rng, len(rows), source=source, target=target, kind=kind, start=start)
            )
    return rows
