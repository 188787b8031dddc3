"""Accounts, innovations and policies."""

from datetime import date

from synthetic.town import INSTITUTIONS, Row, Town, day_in, rounded

OUTPUTS = {
    "efficiency": ("process", "product"),
    "convergence": ("product", "service"),
    "digital_value": ("service", "business_model"),
}
UPGRADES = {
    "efficiency": ("process", "product"),
    "convergence": ("product", "function"),
    "digital_value": ("function", "chain"),
}


def accounts(town: Town) -> list[Row]:
    """Draw yearly accounts of half the firms: value added is CES in data and in the other factors."""
    rng, shape = town.stream("accounts"), town.shape
    rho = 1 - 1 / shape.substitution if shape.substitution else 0.0
    rows: list[Row] = []
    for i in range(0, shape.firms - len(INSTITUTIONS), 2):
        first = max(2018, town.founded[i].year + 1)
        skill = rng.lognormal(0, 0.25)
        for year in range(first, 2024):
            gone = town.closed[i]
            if gone is not None and gone <= date(year + 1, 1, 1):
                break
            employees = max(3.0, round(town.size[i] * rng.lognormal(0, 0.08)))
            capital = rounded(employees * rng.lognormal(11.5, 0.4))
            other = capital**0.4 * (employees * 1e5) ** 0.6
            data = rounded(other * rng.lognormal(-1.5, 0.8)) if shape.substitution else None
            made = (0.75 * other**rho + 0.25 * data**rho) ** (1 / rho) if data else other
            value_added = rounded(made * skill * rng.lognormal(0, 0.1))
            revenue = rounded(value_added * rng.uniform(2.2, 4.0))
            digital = shape.native_core if i < shape.core else shape.native
            rows.append({
                "firm_id": town.firm_ids[i],
                "start": date(year, 1, 1),
                "end": date(year + 1, 1, 1),
                "currency": "CNY",
                "price_basis": "current",
                "value_added": value_added,
                "revenue": revenue,
                "employees": employees,
                "capital": capital,
                "data_capital": data,
                "data_spending": rounded(data * 0.2) if data else None,
                "digital_revenue": rounded(revenue * digital * 0.9) if data else None,
            })  # fmt: skip
    return rows


def innovations(town: Town, memberships: list[Row]) -> dict[str, list[Row]]:
    """Draw innovations of single firms and of alliances, some of them building on earlier ones."""
    rng, shape = town.stream("innovations"), town.shape
    teams: dict[object, list[Row]] = {}
    for row in memberships:
        teams.setdefault(row["alliance_id"], []).append(row)
    starts = sorted(day_in(rng, int(y)) for y in rng.integers(2006, 2024, shape.innovations))
    tables: dict[str, list[Row]] = {"innovations": [], "innovators": []}
    for n, day in enumerate(starts):
        mode = str(rng.choice(["efficiency", "convergence", "digital_value"], p=shape.modes))
        able = [
            a
            for a, rows in teams.items()
            if all(r["joined"] <= day and (r["left"] is None or r["left"] > day) for r in rows)
        ]
        together = bool(able) and mode != "efficiency"
        alliance = able[rng.integers(len(able))] if together else None
        earlier = [r for r in tables["innovations"] if r["date"] < day]
        follows = len(earlier) > 0 and rng.random() < 0.15 + 0.4 * (mode == "digital_value")
        name = f"{shape.key}-i{n + 1:03d}"
        tables["innovations"].append({
            "innovation_id": name,
            "date": day,
            "mode": mode,
            "output": OUTPUTS[mode][rng.integers(2)],
            "upgrade": UPGRADES[mode][rng.integers(2)],
            "alliance_id": alliance,
            "builds_on": earlier[rng.integers(len(earlier))]["innovation_id"] if follows else None,
            "radicalness": round(float(rng.beta(2, 6 if mode == "efficiency" else 3)), 1),
        })  # fmt: skip
        firms = town.alive(day)
        weight = town.size[firms] / town.size[firms].sum()
        alone = [{"firm_id": town.firm_ids[int(rng.choice(firms, p=weight))]}]
        makers = teams[alliance] if alliance else alone
        tables["innovators"] += [{"innovation_id": name, "firm_id": m["firm_id"]} for m in makers]
    return tables


def policies(town: Town) -> list[Row]:
    """One lever of each cluster, so that the table is there to see."""
    return [
        {
            "policy_id": f"{town.shape.key}-y1",
            "lever": "platform_subsidy" if town.shape.platform_years else "park_infrastructure",
            "target": "所有企业(虚构) all firms (fictional)",
            "start": date(2019, 1, 1),
            "end": date(2022, 1, 1),
            "intensity": 1.0,
            "cost": 2e7,
            "currency": "CNY",
        }
    ]
