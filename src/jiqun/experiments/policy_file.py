"""Reading policies: YAML or plain Python mappings to checked plans."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import ValidationError

from jiqun.experiments.diagnosed import diagnosis_version
from jiqun.experiments.policy import Mix, PolicyPlan
from jiqun.experiments.problems import BUDGET, LEVER, POLICY_VALUE, SETTINGS
from jiqun.experiments.response import OTHERWISE, By, Response
from jiqun.model.scenario_schema import Policy
from jiqun.record.problem import InputError, Problem, Rule
from jiqun.vocabulary.text import Text, same
from jiqun.vocabulary.typology import CLUSTER_TYPE, STAGE

BUNDLED = ("paper",)
LEVERS: tuple[str, ...] = get_args(Policy.model_fields["lever"].annotation)
LAST = 10**6
"""Stop of what has no end; a run ends before."""
KEYS = {"name", "title", "settings", "dated", "reviews", "cases", "by"}
WAYS: dict[str, By] = {"likeliest": "likeliest", "verdict": "verdict"}
TOP = {"budget", "start", "policies", "equal_budget"}
EXACT = 1e-9


def load_policies(source: str | Path | Mapping[str, Any], *, periods: int) -> list[PolicyPlan]:
    """Return the policies of a file, of the bundled set ``paper``, or of a mapping.

    Parameters
    ----------
    source
        Path, bundled name, or the same content as a mapping.
    periods
        Periods of the scenario, over which budgets are added up.

    Raises
    ------
    InputError
        With every problem: unknown levers, values out of bounds, unequal budgets.
    OSError
        Where the file cannot be read.
    """
    if isinstance(source, Mapping):
        return _Reader("policies", dict(source), periods).plans()
    if str(source) in BUNDLED:
        return _Reader(f"{source}.yaml", bundled_policies(str(source)), periods).plans()
    path = Path(source)
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        message = Text("It is not text in UTF-8.", "不是 UTF-8 编码的文本。")
        raise InputError((SETTINGS.problem(table=path.name, message=message),)) from error
    return _Reader(path.name, _parsed(text, path.name), periods).plans()


def bundled_policies(name: str) -> dict[str, Any]:
    """Return what a bundled file of policies says, to be read as it is or with changes."""
    place = files("jiqun.experiments").joinpath("policies", f"{name}.yaml")
    return _parsed(place.read_text("utf-8"), name)


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(text)
    except yaml.YAMLError as error:
        message = Text(f"It is not YAML: {error}.", f"不是有效的 YAML:{error}。")
        raise InputError((SETTINGS.problem(table=name, message=message),)) from error
    if not isinstance(raw, dict):
        message = Text("It has no keys.", "文件中没有键。")
        raise InputError((SETTINGS.problem(table=name, message=message),))
    return raw


@dataclass
class _Reader:
    """Turns what a file says into plans, and gathers what is wrong with it."""

    name: str
    raw: dict[str, Any]
    periods: int
    problems: list[Problem] = field(default_factory=list)

    def plans(self) -> list[PolicyPlan]:
        for key in self.raw.keys() - TOP:
            self._wrong(SETTINGS, key, f"There is no key {key}.", f"没有键 {key}。")
        budget = self.raw.get("budget", 0.0)
        if not _number(budget) or not 0.0 <= budget < math.inf:
            self._wrong(
                BUDGET, "budget", "It is no amount of 0 or more.", "须为不小于 0 的金额。", budget
            )
            self.raw["budget"] = 0.0
        rows = self.raw.get("policies")
        if not isinstance(rows, list) or not rows:
            self._wrong(SETTINGS, "policies", "It lists no policies.", "未列出任何政策。")
            rows = []
        found = [plan for n, row in enumerate(rows) if (plan := self._plan(n, row)) is not None]
        names = [plan.name for plan in found]
        for twice in sorted({n for n in names if names.count(n) > 1}):
            self._wrong(SETTINGS, twice, f"The name {twice} is used twice.", f"名称 {twice} 重复。")
        if not self.problems and self.raw.get("equal_budget", True):
            self._equal(found)
        if self.problems:
            raise InputError(tuple(self.problems))
        return found

    def _wrong(self, rule: Rule, place: str, en: str, zh: str, value: object = None) -> None:
        problem = rule.problem(table=self.name, column=place, value=value, message=Text(en, zh))
        self.problems.append(problem)

    def _plan(self, number: int, row: object) -> PolicyPlan | None:
        place = f"policies.{number}"
        if not isinstance(row, dict) or not isinstance(row.get("name"), str):
            self._wrong(SETTINGS, place, "A policy needs a name.", "政策须有名称。")
            return None
        name, title = row["name"], row.get("title")
        place = f"policies.{name}"
        for key in row.keys() - KEYS:
            self._wrong(SETTINGS, f"{place}.{key}", f"There is no key {key}.", f"没有键 {key}。")
        if not self._shaped(row, place):
            return None
        if isinstance(title, dict) and {"en", "zh"} <= title.keys():
            shown = Text(str(title["en"]), str(title["zh"]))
        else:
            shown = same(str(title or name))
        spells = self._spells(row, place)
        return PolicyPlan(name, shown, spells, self._response(row, place))

    def _shaped(self, row: dict[str, Any], place: str) -> bool:
        """Report parts that are not made of keys and levers, or of dates: they would set nothing."""
        parts = [(key, row[key]) for key in ("settings", "dated", "cases") if key in row]
        mixes = [
            (f"{key}.{name}", mix)
            for key, part in parts
            if key != "settings" and isinstance(part, dict)
            for name, mix in part.items()
        ]
        wrong = [(key, part) for key, part in (*parts, *mixes) if not isinstance(part, dict)]
        for key, part in wrong:
            self._wrong(
                SETTINGS,
                f"{place}.{key}",
                "It has no keys: give what is set as LEVER.share or LEVER.budget with a value.",
                "没有键:请以 LEVER.share 或 LEVER.budget 及其取值给出设定。",
                part,
            )
        return not wrong

    def _spells(self, row: dict[str, Any], place: str) -> Mix:
        """Read what is set whatever happens: from each date up to the next one."""
        if row.get("settings"):
            dated: Any = {self.raw.get("start", 0): row["settings"]}
        else:
            dated = row.get("dated") or {}
        whole = {d: m for d, m in dated.items() if _quarter(d)}
        for date in dated.keys() - whole.keys():
            self._wrong(
                SETTINGS,
                f"{place}.{date}",
                "A date is a quarter, counted from 0.",
                "日期须为季度序号,从 0 起。",
                date,
            )
        dates = sorted(whole)
        levers: list[Policy] = []
        for date, stop in zip(dates, [*dates, LAST][1:], strict=True):
            levers += self._mix(whole[date], f"{place}.{date}", start=date, stop=stop)
        return tuple(levers)

    def _response(self, row: dict[str, Any], place: str) -> Response | None:
        """Read what is decided on the way."""
        cases = row.get("cases")
        if not cases:
            return None
        reviews = row.get("reviews") or [self.raw.get("start", 0)]
        if not isinstance(reviews, list) or not all(map(_quarter, reviews)):
            self._wrong(
                SETTINGS,
                f"{place}.reviews",
                "Reviews are quarters, counted from 0.",
                "评估时点须为季度序号,从 0 起。",
            )
            return None
        self._check_cases(cases, place)
        mixes = tuple(
            (str(case), tuple(self._mix(mix, f"{place}.cases.{case}", start=0, stop=LAST)))
            for case, mix in cases.items()
        )
        way = WAYS.get(str(row.get("by", "likeliest")))
        if way is None:
            known = ", ".join(WAYS)
            self._wrong(
                SETTINGS,
                f"{place}.by",
                f"It is decided by {known}.",
                f"判断方式须为 {known}。",
                row["by"],
            )
            return None
        return Response(mixes, tuple(sorted(reviews)), way, sources=diagnosis_version())

    def _check_cases(self, cases: dict[Any, Any], place: str) -> None:
        """Report cases that name no type or stage."""
        for case in cases:
            kind, _, stage = str(case).partition(".")
            if (kind not in CLUSTER_TYPE.codes and kind != OTHERWISE) or (
                stage and stage not in STAGE.codes
            ):
                known = ", ".join([*CLUSTER_TYPE.codes, OTHERWISE])
                self._wrong(
                    SETTINGS,
                    f"{place}.cases.{case}",
                    f"{case} is no type: {known}.",
                    f"{case} 不是类型:{known}。",
                )

    def _mix(self, settings: object, place: str, *, start: int, stop: int) -> list[Policy]:
        """Read the levers that are set together: ``LEVER.share``, ``LEVER.budget`` and others."""
        by_lever: dict[str, dict[str, Any]] = {}
        for path, value in (settings if isinstance(settings, dict) else {}).items():
            lever, _, what = str(path).partition(".")
            if lever not in LEVERS:
                known = ", ".join(LEVERS)
                self._wrong(
                    LEVER,
                    f"{place}.{path}",
                    f"There is no lever {lever}: {known}.",
                    f"没有政策工具 {lever}:{known}。",
                )
            elif what == "share":
                budget = self.raw.get("budget", 0.0)
                by_lever.setdefault(lever, {})["budget"] = (
                    value * budget if _number(value) else value
                )
            elif what in {"budget", "firms", "rule", "levied"}:
                by_lever.setdefault(lever, {})[what] = value
            else:
                self._wrong(
                    LEVER,
                    f"{place}.{path}",
                    f"{lever} has no {what}.",
                    f"{lever} 没有设置项 {what}。",
                )
        return [
            policy
            for lever, values in by_lever.items()
            if (policy := self._lever(lever, values, place, start, stop)) is not None
        ]

    def _lever(
        self, lever: str, values: dict[str, Any], place: str, start: int, stop: int
    ) -> Policy | None:
        try:
            return Policy.model_validate(
                {"budget": 0.0, **values, "lever": lever, "start": start, "stop": stop}
            )
        except ValidationError as error:
            for e in error.errors():
                what = f"{place}.{lever}." + ".".join(str(part) for part in e["loc"])
                self._wrong(
                    POLICY_VALUE, what, f"{e['msg']}.", "取值无效,或超出允许范围。", e["input"]
                )
            return None

    def _equal(self, plans: list[PolicyPlan]) -> None:
        """Report policies that cost neither nothing nor what the dearest costs."""
        costs = {plan.name: plan.cost(self.periods) for plan in plans}
        most = max((high for _, high in costs.values()), default=0.0)
        for name, (low, high) in costs.items():
            if high > EXACT and (low < most - EXACT * most or high < most - EXACT * most):
                self._wrong(
                    BUDGET,
                    f"policies.{name}",
                    f"It spends {_span(low, high)} over {self.periods} quarters, another {most:g}.",
                    f"其在 {self.periods} 个季度内支出 {_span(low, high)},而另一政策支出 {most:g}。",
                )


def _quarter(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _span(low: float, high: float) -> str:
    """Return a span of costs, or one cost."""
    return f"{high:g}" if low == high else f"{low:g} … {high:g}"
