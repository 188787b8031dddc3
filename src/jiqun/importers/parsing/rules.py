"""What can be wrong with the cells, headings and files of a table, declared once."""

from dataclasses import dataclass

import polars as pl

from jiqun.record.problem import Rule
from jiqun.vocabulary.text import Text

DATE_UNREADABLE = Rule(
    id="cell.date",
    title=Text("A date can be read", "日期可以识别"),
    remedy=Text(
        "Write it as 2023-05-01, 2023/5/1, 2023年5月1日, or a year alone.",
        "请写成 2023-05-01、2023/5/1、2023年5月1日,或只写年份。",
    ),
)
DATE_AMBIGUOUS = Rule(
    id="cell.date_order",
    title=Text("Day and month can be told apart", "日与月可以区分"),
    remedy=Text(
        "Write it as 2023-05-01, or say --set dates=dmy or --set dates=mdy.",
        "请写成 2023-05-01,或用 --set dates=dmy、--set dates=mdy 指明日月顺序。",
    ),
)
NUMBER_UNREADABLE = Rule(
    id="cell.number",
    title=Text("A number can be read", "数值可以识别"),
    remedy=Text("Write digits alone, such as 1234.5.", "请只写数字,例如 1234.5。"),
)
NUMBER_AMBIGUOUS = Rule(
    id="cell.number_separator",
    title=Text("Decimal and thousands separators can be told apart", "小数点与千位分隔符可以区分"),
    remedy=Text(
        "Write the decimal point as '.' and no thousands separator, such as 1234.5.",
        "请用“.”作小数点,不用千位分隔符,例如 1234.5。",
    ),
)
UNIT_TWICE = Rule(
    id="cell.unit_twice",
    title=Text("The unit is given once", "单位只写一次"),
    remedy=Text(
        "Keep the unit in the heading or in the cell, not in both.",
        "单位请只写在表头或单元格之一。",
    ),
)
CODE_UNKNOWN = Rule(
    id="cell.code",
    title=Text("A coded value is in its list", "代码值在列表之内"),
    remedy=Text("Choose a value of the list.", "请从列表中选择。"),
)
COORDINATE_UNREADABLE = Rule(
    id="cell.coordinate",
    title=Text("A coordinate can be read", "坐标可以识别"),
    remedy=Text(
        "Write decimal degrees such as 120.1551, or 120°9′18″.",
        "请写成十进制度,例如 120.1551,或 120°9′18″。",
    ),
)
FORMULA = Rule(
    id="cell.formula",
    title=Text("A formula has a stored, valid value", "公式有已保存的有效结果"),
    remedy=Text(
        "Mend the formula, or paste its value, and save the workbook in Excel.",
        "请修正公式或粘贴为数值,并在 Excel 中重新保存。",
    ),
)
DIGITS_LOST = Rule(
    id="cell.digits_lost",
    title=Text("A long number is kept as text", "长编号以文本保存"),
    remedy=Text(
        "Format the column as text and enter the number again: Excel keeps 15 digits only.",
        "请把该列设为文本格式后重新输入:Excel 只保留 15 位数字。",
    ),
)
TOO_LONG = Rule(
    id="cell.too_long",
    title=Text("A cell holds at most 32,767 characters", "单元格不超过 32,767 个字符"),
    remedy=Text("Shorten the text.", "请缩短文本。"),
)
MISSING_WORDS = Rule(
    id="cell.missing",
    title=Text("Cells such as '-' or 'N/A' count as empty", "“-”“无”等视为空值"),
    remedy=Text("Nothing, if that is what they mean.", "如确为空值,无需处理。"),
    severity="warning",
)
DATE_COARSE = Rule(
    id="cell.date_coarse",
    title=Text("A year or month alone counts from its first day", "仅有年份或月份时取首日"),
    remedy=Text("Give the day where you know it.", "如已知具体日期,请补充。"),
    severity="warning",
)


@dataclass(frozen=True, slots=True)
class Failure:
    """One value that could not be read.

    Attributes
    ----------
    rule
        What it breaks.
    message
        What is wrong with it.
    """

    rule: Rule
    message: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A column after reading.

    Attributes
    ----------
    values
        One value a cell, missing where the cell is empty or unreadable.
    failures
        Position → why that cell could not be read.
    missing
        How many cells held a word for "no value".
    coarse
        How many dates had a year or a month only.
    currencies
        Position → ISO 4217 code of the currency sign in the cell.
    """

    values: pl.Series
    failures: dict[int, Failure]
    missing: int = 0
    coarse: int = 0
    currencies: dict[int, str] | None = None
