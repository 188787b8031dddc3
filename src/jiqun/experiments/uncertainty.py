"""Uncertainty 参数不确定性: which parameters are not known, within which ranges, and draws of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import yaml
from numpy.typing import NDArray
from scipy.stats.qmc import LatinHypercube

from jiqun.experiments.dotted import paths
from jiqun.experiments.problems import PATH, RANGE, SETTINGS, refusal
from jiqun.model.scenario_schema import Scenario
from jiqun.numerics.random import stream
from jiqun.record.problem import InputError, Problem
from jiqun.vocabulary.text import Text

BUNDLED = ("broad",)


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A parameter and its range; between positive ends it is drawn evenly in the logarithm."""

    path: str
    low: float
    high: float

    def scaled(self, unit: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return numbers between 0 and 1 as values within the range."""
        if self.low > 0.0:
            return np.asarray(self.low * (self.high / self.low) ** unit)
        return np.asarray(self.low + (self.high - self.low) * unit)

    def unscaled(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return values as numbers between 0 and 1."""
        if self.low > 0.0:
            return np.asarray(np.log(values / self.low) / np.log(self.high / self.low))
        return np.asarray((values - self.low) / (self.high - self.low))


def load_uncertainty(
    source: str | Path | Mapping[str, Any], scenario: Scenario
) -> tuple[Uncertain, ...]:
    """Return the uncertain parameters of a file, of the bundled set ``broad``, or of a mapping.

    .. code-block:: yaml

       rules.adopt.imitation: {times: [0.5, 2.0]}   # of the scenario's own value
       rules.market.wage: [0.5, 0.7]

    Raises
    ------
    InputError
        With every path that the scenario does not have and every range that is none.
    OSError
        Where the file cannot be read.
    """
    if isinstance(source, Mapping):
        name, raw = "parameters", dict(source)
    elif str(source) in BUNDLED:
        name = f"{source}.yaml"
        text = files("jiqun.experiments").joinpath("uncertainties", name).read_text("utf-8")
        raw = yaml.safe_load(text)
    else:
        name, raw = Path(source).name, _parsed(Path(source))
    known, problems, found = set(paths(scenario)), list[Problem](), list[Uncertain]()
    for path, given in raw.items():
        if path not in known:
            message = Text(f"The scenario has no number at {path}.", f"情景中没有数值项 {path}。")
            problems.append(PATH.problem(table=name, column=str(path), message=message))
            continue
        ends = _ends(given, _value(scenario, path))
        if ends is None:
            message = Text(f"{given} is no range.", f"{given} 不是区间。")
            problems.append(RANGE.problem(table=name, column=str(path), message=message))
        else:
            found.append(Uncertain(path, *ends))
    if problems:
        raise InputError(tuple(problems))
    return tuple(found)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(path.read_text("utf-8"))
    except yaml.YAMLError as error:
        message = Text(f"It is not YAML: {error}.", f"不是有效的 YAML:{error}。")
        raise refusal(SETTINGS, message, table=path.name) from error
    if not isinstance(raw, dict) or not raw:
        message = Text("It names no parameters.", "未列出任何参数。")
        raise refusal(SETTINGS, message, table=path.name)
    return raw


def _value(scenario: Scenario, path: str) -> float:
    """Return the scenario's own value at a path that it has."""
    place: Any = scenario
    for name in path.split("."):
        if isinstance(place, tuple) and not hasattr(place, "_asdict"):
            known = {getattr(m, "name", None) or getattr(m, "code", None): m for m in place}
            place = known[name]
        else:
            place = getattr(place, name)
    return float(place)


def _ends(given: object, value: float) -> tuple[float, float] | None:
    """Return the ends of a range, or None where it is none."""
    times = given.get("times") if isinstance(given, dict) else None
    ends = given if times is None else times
    if not isinstance(ends, list) or len(ends) != 2:  # noqa: PLR2004 - a range has two ends
        return None
    if not all(isinstance(e, int | float) and not isinstance(e, bool) for e in ends):
        return None
    low, high = (float(e) * (1.0 if times is None else value) for e in ends)
    return (low, high) if np.isfinite([low, high]).all() and low < high else None


def latin_hypercube(
    uncertain: Sequence[Uncertain], count: int, *, seed: int
) -> tuple[dict[str, float], ...]:
    """Return draws that cover each range evenly.

    McKay, Beckman & Conover (1979), https://doi.org/10.2307/1268522.
    """
    if not uncertain:
        return ({},)
    sampler = LatinHypercube(d=len(uncertain), rng=stream(seed, "experiments", "draws"))
    return as_draws(uncertain, sampler.random(count))


def as_draws(
    uncertain: Sequence[Uncertain], unit: NDArray[np.float64]
) -> tuple[dict[str, float], ...]:
    """Return rows of numbers between 0 and 1, shape (draws, parameters), as parameters of draws."""
    columns = {u.path: u.scaled(unit[:, n]).tolist() for n, u in enumerate(uncertain)}
    return tuple(
        dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)
    )


def load_draws(path: Path, scenario: Scenario, count: int | None) -> tuple[dict[str, float], ...]:
    """Return draws from a CSV or Parquet file: a column a dotted path, a row a draw.

    Other columns are left aside. With ``count``, that many rows, evenly spaced.
    """
    frame = pl.read_parquet(path) if path.suffix == ".parquet" else pl.read_csv(path)
    known = [name for name in frame.columns if name in set(paths(scenario))]
    if not known or not frame.height:
        message = Text(
            f"No column of {path.name} is a path of the scenario.",
            f"{path.name} 中没有任何列是情景的路径。",
        )
        raise refusal(PATH, message, table=path.name)
    if count is not None and count < frame.height:
        frame = frame[np.linspace(0, frame.height - 1, count).round().astype(int).tolist()]
    return tuple(frame.select(known).to_dicts())
