"""Firms and their sites: fictional names at real places."""

from datetime import date, timedelta

import numpy as np

from synthetic.town import INSTITUTIONS, Row, Town

WORDS = (
    *(("云", "Yun"), ("澜", "Lan"), ("禾", "He"), ("岚", "Shan"), ("澈", "Che"), ("霁", "Ji")),
    *(("棠", "Tang"), ("沐", "Mu"), ("汐", "Xi"), ("屿", "Yu"), ("栩", "Xu"), ("珩", "Heng")),
    *(
        ("湛", "Zhan"),
        ("穹", "Qiong"),
        ("萤", "Ying"),
        ("槿", "Jin"),
        ("璟", "Jing"),
        ("苒", "Ran"),
    ),
    *(("皓", "Hao"), ("芃", "Peng")),
)
"""Two of them make a name; that one may sound like a real firm is why each says 虚构 (fictional)."""


def firms(town: Town) -> list[Row]:
    """Draw the firms: fictional names, industries, seats, and gaps where the shape has them."""
    rng, shape = town.stream("firms"), town.shape
    pairs = [(a, b) for a in WORDS for b in WORDS if a != b]
    names = rng.permutation(len(pairs))[: shape.firms]
    rows: list[Row] = []
    for i, firm_id in enumerate(town.firm_ids):
        (zh_a, en_a), (zh_b, en_b) = pairs[names[i]]
        trade = shape.trades[town.trade[i]]
        mean = shape.native_core if i < shape.core else shape.native
        rows.append({
            "firm_id": firm_id,
            "name": f"{zh_a}{zh_b}{trade.zh}(虚构) {en_a}{en_b.lower()} {trade.en} (fictional)",
            "kind": "firm",
            "industry_scheme": "GBT4754-2017",
            "industry_code": trade.code,
            "founded": None if rng.random() < shape.gaps else town.founded[i],
            "closed": town.closed[i],
            "digital_native": round(float(np.clip(rng.normal(mean, 0.08), 0, 1)), 1),
            "country": "CN",
            "region_scheme": "GBT2260",
            "region_code": shape.places[town.place[i]].region,
        })  # fmt: skip
    for k, (kind, zh, en) in enumerate(INSTITUTIONS):
        rows[-1 - k] |= {"kind": kind, "name": f"{zh}(虚构) {en} (fictional)", "industry_scheme": None,
                         "industry_code": None, "digital_native": None, "closed": None}  # fmt: skip
    return rows


def sites(town: Town) -> list[Row]:
    """Draw a headquarters for each firm, and second sites near the core for the larger ones."""
    rng, shape = town.stream("sites"), town.shape
    rows: list[Row] = []
    for i, firm_id in enumerate(town.firm_ids):
        kinds = ["headquarters"]
        if town.size[i] > np.quantile(town.size, 0.8):
            kinds.append("plant" if shape.flows_follow else "data_facility")
        for kind in kinds:
            away = rng.normal(0, shape.spread, 2) * (kind != "headquarters")
            opened = town.founded[i]
            if kind != "headquarters":
                opened = min(
                    opened + timedelta(days=int(rng.integers(700, 3000))), date(2022, 1, 1)
                )
            share = 0.6 if len(kinds) > 1 else 1.0
            known = rng.random() >= shape.gaps
            rows.append({
                "site_id": f"{firm_id}-{kind[0]}",
                "firm_id": firm_id,
                "longitude": round(float(town.at[i, 0] + away[0]), 4),
                "latitude": round(float(town.at[i, 1] + away[1]), 4),
                "opened": max(opened, town.founded[i]),
                "closed": town.closed[i],
                "kind": kind,
                "employees": float(round(town.size[i] * share)) if known else None,
            })  # fmt: skip
    return [r for r in rows if r["closed"] is None or r["opened"] < r["closed"]]
