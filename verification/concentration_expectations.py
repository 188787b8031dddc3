"""Regenerate tests/numerics/expected/concentration.json with other people's software.

Location quotients: EconGeo 1.3 (Balland, R, GPL). Ellison-Glaeser: REAT 3.0.3 (Wieland, R, GPL).
Both are oracles only; nothing of them is in the package. Data: County Business Patterns 2018 by
metropolitan area (US Census Bureau, public domain), three-digit industries against the row "00".

The plants are not in the data: each cell's employment is shared out equally among its
establishments, on both sides alike, so this checks the arithmetic and not the US economy.

Usage: python verification/concentration_expectations.py CBP.csv.gz [R source files...]
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))
from tests.numerics.business_patterns import (
    PLANT_INDUSTRIES,
    BusinessPatterns,
    read_business_patterns,
)

ROOT = Path(__file__).parents[1]
EXPECTED = ROOT / "tests" / "numerics" / "expected" / "concentration.json"


def run_oracle(data: BusinessPatterns, sources: list[str]) -> dict[str, object]:
    """Hand the data to R and collect what the tests compare with."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rest = data.total - data.employment.sum(axis=1)
        whole = np.column_stack([data.employment, rest])
        np.savetxt(folder / "employment.csv", whole, delimiter=",", fmt="%.17g")
        np.savetxt(folder / "total.csv", data.total, fmt="%.17g")
        lines = ["industry,size,region"]
        for column in PLANT_INDUSTRIES:
            size, region = data.plants(column)
            lines += [f"{column},{s:.17g},{r + 1}" for s, r in zip(size, region, strict=True)]
        (folder / "plants.csv").write_text("\n".join(lines), encoding="utf-8")
        oracle = ROOT / "verification" / "concentration_oracle.R"
        subprocess.run(["Rscript", str(oracle), str(folder), *sources], check=True)
        quotient = np.loadtxt(folder / "quotient.csv", delimiter=",")[:, :-1]
        gamma = np.loadtxt(folder / "gamma.csv", delimiter=",", skiprows=1)
    return {
        "quotient_first_ten_regions": quotient[:10].tolist(),
        "quotient_region_sums": quotient.sum(axis=1).tolist(),
        "ellison_glaeser": [
            dict(zip(("industry", "gamma", "g", "z", "herfindahl"), row, strict=True))
            for row in gamma.tolist()
        ],
    }


if __name__ == "__main__":
    expected = run_oracle(read_business_patterns(Path(sys.argv[1])), sys.argv[2:])
    EXPECTED.parent.mkdir(exist_ok=True)
    EXPECTED.write_text(json.dumps(expected) + "\n", encoding="utf-8")
