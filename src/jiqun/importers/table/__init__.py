"""A person's own spreadsheet, or our template filled in."""

from jiqun.importers.imported import Importer
from jiqun.importers.table.importer import read_table
from jiqun.importers.table.options import OPTIONS
from jiqun.vocabulary.text import Text

IMPORTER = Importer(
    name="table",
    title=Text("Spreadsheet or CSV files", "电子表格或 CSV 文件"),
    meaning=Text(
        "An .xlsx workbook, a CSV file or a folder of CSV files with headings in English or Chinese.",
        ".xlsx 工作簿、CSV 文件或 CSV 文件夹,表头可为中文或英文。",
    ),
    read=read_table,
    options=OPTIONS,
)
