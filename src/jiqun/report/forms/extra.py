"""What only some users install: a form that lacks it says so in one sentence."""

from importlib.util import find_spec

from jiqun.record.problem import InputError, Rule
from jiqun.vocabulary.text import Text

EXTRA = Rule(
    id="report.extra",
    title=Text("The optional part that a form needs is installed.", "已安装该格式所需的可选组件。"),
    remedy=Text('Install it: pip install "jiqun[{extra}]"', '请安装:pip install "jiqun[{extra}]"'),
)
LACKING = Text(
    "This form needs the optional part “{extra}” (package {package}).",
    "该格式需要可选组件“{extra}”(软件包 {package})。",
)


def demand_extra(extra: str, package: str) -> None:
    """Refuse to go on without an optional package.

    Raises
    ------
    InputError
        Names the extra and how to install it.
    """
    if find_spec(package) is None:
        message = LACKING.fill(extra=extra, package=package)
        problem = EXTRA.problem(table="", message=message, remedy=EXTRA.remedy.fill(extra=extra))
        raise InputError((problem,))
