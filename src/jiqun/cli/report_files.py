"""Files that a report rests on besides its record: comparison, forecasts, last year's record, lines, fonts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from jiqun.cli.language import LANGUAGE
from jiqun.cli.options import say
from jiqun.cli.study import record_name
from jiqun.vocabulary.text import Text

if TYPE_CHECKING:
    from jiqun.experiments.comparison import Comparison
    from jiqun.experiments.forecasting import Backtest, Forecast
    from jiqun.record.record import Record
    from jiqun.report.boundaries import Boundaries
    from jiqun.report.study import Input, Study

NO_DAYS = Text("{name} names no day to compare with.", "{name} 没有可供比较的日期。")
NO_SOURCE = Text(
    "--boundaries needs --attribution: whom the boundaries are from.",
    "--boundaries 须以 --attribution 注明界线来源。",
)
NO_LAST = Text(
    "--last-forecast needs --since: the record that it was made from.",
    "--last-forecast 须与 --since(作出该预测所据的记录)同用。",
)
OTHER_RECORD = Text(
    "{file} was made from another record, or from {name} in another state: its past is not that of {name}.",
    "{file} 由另一记录(或 {name} 的另一状态)得出:其历史序列与 {name} 不符。",
)
SAME_NAME = Text(
    "Two different files are called {name}; the report could not be made again from their names. Rename one.",
    "两个不同的文件同名:{name};仅凭名称无法复现报告。请重命名其一。",
)


def _file(option: str, en: str, zh: str) -> typer.models.OptionInfo:
    found: typer.models.OptionInfo = typer.Option(option, metavar="FILE", help=say(en, zh))
    return found


Since = Annotated[
    Path | None,
    typer.Option(
        "--since", help=say("Last year's record, to compare with.", "用于比较的去年记录。")
    ),
]
Compared = Annotated[
    Path | None,
    _file(
        "--comparison",
        "Policies compared, from jiqun compare --out or --json.",
        "政策比较结果(jiqun compare --out 或 --json)。",
    ),
]
Ahead = Annotated[
    Path | None,
    _file(
        "--forecast",
        "The model's forecast, from jiqun forecast --json.",
        "模型预测(jiqun forecast --json)。",
    ),
]
Scored = Annotated[
    Path | None,
    _file(
        "--backtest",
        "How such forecasts did, from jiqun backtest --json.",
        "此类预测的历史表现(jiqun backtest --json)。",
    ),
]
LastForecast = Annotated[
    Path | None,
    _file(
        "--last-forecast",
        "With --since: the forecast made from last year's record.",
        "与 --since 同用:由去年记录作出的预测。",
    ),
]
Lines = Annotated[
    Path | None,
    typer.Option(
        "--boundaries",
        help=say("GeoJSON of boundaries to draw on maps.", "在地图上绘制的界线(GeoJSON)。"),
    ),
]
Fonts = Annotated[
    list[Path] | None,
    typer.Option(
        "--font",
        help=say(
            "Font file for characters that the bundled font lacks; may be repeated.",
            "补充自带字体所缺字符的字体文件,可重复。",
        ),
    ),
]


Found = TypeVar("Found")


def read_if_given(path: Path | None, read: Callable[[Path], Found]) -> Found | None:
    """Read a file that may not have been given."""
    return None if path is None else read(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFiles:
    """The files, as they were named."""

    since: Path | None = None
    comparison: Path | None = None
    forecast: Path | None = None
    backtest: Path | None = None
    last_forecast: Path | None = None
    boundaries: Path | None = None
    attribution: str = ""
    approval: str = ""
    fonts: tuple[Path, ...] = ()

    def read(self) -> "Given":
        """Read them all, last year's record aside, before anything is measured for them.

        Raises
        ------
        InputError
            Where a file is not what it is given for.
        typer.BadParameter
            Where options do not go together.
        """
        from jiqun.experiments import documents

        if self.last_forecast is not None and self.since is None:
            raise typer.BadParameter(NO_LAST.to(LANGUAGE))
        return Given(
            boundaries=self._lines(),
            comparison=read_if_given(self.comparison, documents.load_comparison),
            forecast=read_if_given(self.forecast, documents.load_forecast),
            backtest=read_if_given(self.backtest, documents.load_backtest),
            last_forecast=read_if_given(self.last_forecast, documents.load_forecast),
            since=self.since,
            inputs=tuple(self._named()),
        )

    def _lines(self) -> "Boundaries | None":
        """Read the boundaries; they need a source."""
        from jiqun.report.boundaries import read_boundaries

        if self.boundaries is None:
            return None
        if not self.attribution.strip():
            raise typer.BadParameter(NO_SOURCE.to(LANGUAGE))
        return read_boundaries(
            self.boundaries, attribution=self.attribution, approval=self.approval
        )

    def _named(self) -> "Iterator[Input]":
        """Yield each file with its checksum."""
        from jiqun.record.provenance import sha256_of
        from jiqun.report.study import Input

        given = (
            ("--last-forecast", self.last_forecast),
            ("--comparison", self.comparison),
            ("--forecast", self.forecast),
            ("--backtest", self.backtest),
            ("--boundaries", self.boundaries),
            *(("--font", path) for path in self.fonts),
        )
        for option, path in given:
            if path is not None:
                yield Input(option, path.name, sha256_of(path))


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the files hold."""

    boundaries: "Boundaries | None"
    comparison: "Comparison | None"
    forecast: "Forecast | None"
    backtest: "Backtest | None"
    last_forecast: "Forecast | None"
    since: Path | None
    inputs: "tuple[Input, ...]"

    def add_to(self, study: "Study", *, quiet: bool) -> "Study":
        """Return the study with what was given, and with what is needed to make it again."""
        found, inputs = study, self.inputs
        self._demand_own(self.forecast, study.record, "--forecast", study.name)
        if self.since is not None:
            found, last = self._since(found, self.since, quiet=quiet)
            inputs = (last, *inputs)
        _demand_names(inputs)
        return replace(
            found,
            boundaries=self.boundaries,
            comparison=self.comparison,
            forecast=self.forecast,
            backtest=self.backtest,
            inputs=inputs,
        )

    def _since(self, study: "Study", path: Path, *, quiet: bool) -> "tuple[Study, Input]":
        """Add what changed since last year's record."""
        from jiqun.cli.output import note
        from jiqun.record.storage import fingerprint, read
        from jiqun.report.since import since
        from jiqun.report.study import Input

        name, last = record_name(path), read(path)
        self._demand_own(self.last_forecast, last, "--last-forecast", name)
        note(Text(f"comparing with {name} …", f"与 {name} 比较……"), quiet=quiet)
        changed = since(study.record, last, name=name, seed=study.seed, forecast=self.last_forecast)
        if changed is None:
            raise typer.BadParameter(NO_DAYS.fill(name=name).to(LANGUAGE))
        return replace(study, since=changed), Input("--since", f"{name}.jiqun", fingerprint(last))

    def _demand_own(
        self, forecast: "Forecast | None", record: "Record", option: str, name: str
    ) -> None:
        """Refuse a forecast of another record: its past and what would stand beside it are two stories."""
        from jiqun.experiments.observed import observe
        from jiqun.experiments.outlook import is_of
        from jiqun.experiments.problems import OWN_RECORD
        from jiqun.record.problem import InputError

        if forecast is None or is_of(forecast, observe(record)):
            return
        file = next(each.name for each in self.inputs if each.option == option)
        message = OTHER_RECORD.fill(file=file, name=name)
        raise InputError((OWN_RECORD.problem(table=file, message=message),))


def _demand_names(named: "tuple[Input, ...]") -> None:
    """Refuse two files that one name would stand for."""
    known: dict[str, str] = {}
    for each in named:
        if known.setdefault(each.name, each.sha256) != each.sha256:
            raise typer.BadParameter(SAME_NAME.fill(name=each.name).to(LANGUAGE))
