"""A person's own spreadsheet, or our template filled in."""

import os

# openpyxl writes by lxml wherever some other package has brought it, and lxml has errors of its own for
# a full disk. One writer everywhere gives the same bytes and the same answers.
os.environ["OPENPYXL_LXML"] = "False"

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
