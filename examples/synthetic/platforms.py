"""Platforms, who joins them, the industries they serve, the data they pool."""

from datetime import date

import numpy as np

from synthetic.town import END, Row, Town, rounded


def participations_of(
    town: Town, rng: np.random.Generator, k: int, platform: str, opened: date
) -> list[Row]:
    """Draw the owner and those who join, at a rate that rises and then falls."""
    rows: list[Row] = [
        {
            "platform_id": platform,
            "firm_id": town.firm_ids[k],
            "role": "owner",
            "joined": opened,
        }
    ]
    roles = ["component", "complementor", "data_provider", "data_user"]
    for i in rng.permutation(town.shape.firms):
        months = int(np.clip(rng.normal(48, 20), 1, 150))
        joined = date(opened.year + months // 12, months % 12 + 1, 1)
        comes = i != k and rng.random() < town.shape.joining
        if comes and opened < joined < END and i in town.alive(joined):
            rows.append({
                "platform_id": platform,
                "firm_id": town.firm_ids[i],
                "role": str(rng.choice(roles)),
                "joined": joined,
                "left": town.until(rng, joined, 14.0, int(i)),
            })  # fmt: skip
    return rows


def assets_of(
    town: Town, rng: np.random.Generator, k: int, platform: str, opened: date
) -> list[Row]:
    """Write the stocks of data that a platform pools."""
    kinds = ["supply_chain", "production"] if town.shape.flows_follow else ["user", "transaction"]
    return [
        {
            "asset_id": f"{platform}-a{n + 1}",
            "owner": town.firm_ids[k if n == 0 else int(rng.integers(town.shape.core))],
            "platform_id": platform,
            "kind": kinds[n % 2],
            "volume": rounded(rng.lognormal(6, 1)),
            "unit": "GB",
            "start": date(opened.year + n, 1, 1) if n else opened,
        }
        for n in range(4)
    ]


def platforms(town: Town) -> dict[str, list[Row]]:
    """Draw platforms, who joins them, the industries they come to serve, and the data they pool."""
    tables: dict[str, list[Row]] = {
        name: [] for name in ("platforms", "participations", "functions", "data_assets")
    }
    for k, year in enumerate(town.shape.platform_years):
        platform, opened = f"{town.shape.key}-p{k + 1}", date(year, 7, 1)
        rng = town.stream(f"plat{k}")
        tables["platforms"].append({
            "platform_id": platform,
            "operator": town.firm_ids[k],
            "opened": opened,
            "openness": round(0.3 + 0.1 * k + 0.3 * (not town.shape.flows_follow), 1),
            "admission_threshold": 0.2,
            "fee": 0.05,
        })  # fmt: skip
        tables["participations"] += participations_of(town, rng, k, platform, opened)
        for n, trade in enumerate(town.shape.trades[: 3 + k]):
            tables["functions"].append({
                "platform_id": platform,
                "industry_scheme": "GBT4754-2017",
                "industry_code": trade.code,
                "opened": min(opened.replace(year=year + n), date(2023, 7, 1)),
            })  # fmt: skip
        tables["data_assets"] += assets_of(town, rng, k, platform, opened)
    return {name: rows for name, rows in tables.items() if rows}
