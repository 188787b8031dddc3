"""How long does an import take beside calamine's own read of the same workbook?

Prints, for a workbook of 100,000 firms and for 10,000 firms with likely duplicates, the seconds of
calamine alone, of the import, and their ratio, measured alternately in one run.

    python benchmarks/import_table.py [--firms 100000] [--rounds 3]
"""

import argparse
import datetime as dt
import tempfile
import time
from pathlib import Path

import numpy as np
import polars as pl
import xlsxwriter
from python_calamine import CalamineWorkbook

from jiqun.importers.merges import propose_merges
from jiqun.importers.table import IMPORTER
from jiqun.importers.table.build import build
from jiqun.importers.table.files import read_files
from jiqun.importers.table.importer import lay_out_all
from jiqun.importers.table.options import read_options

CITIES = ("杭州", "宁波", "苏州", "深圳", "广州", "成都", "武汉", "青岛", "合肥", "西安")
WORDS = (
    "智联",
    "云启",
    "恒达",
    "数源",
    "博远",
    "鼎新",
    "华创",
    "天工",
    "万象",
    "星桥",
    "卓越",
    "明德",
)
TRADES = ("科技", "电子", "机械", "软件", "材料", "信息", "自动化", "光电")
HEADINGS = (
    "企业名称", "企业编号", "机构类别", "成立日期", "行业分类标准", "行业代码", "国家", "员工人数",
    "营业收入(万元)", "年份", "经度(WGS84)", "纬度",
)  # fmt: skip


def names(count: int, rng: np.random.Generator) -> list[str]:
    """Make up names of firms as a register has them."""
    parts = [rng.choice(words, count) for words in (CITIES, WORDS, WORDS, TRADES)]
    letters = rng.integers(0x4E00, 0x9FA5, (count, 2))
    return [
        f"{city}{a}{chr(x)}{chr(y)}{b}{trade}有限公司"
        for city, a, b, trade, (x, y) in zip(*parts, letters, strict=True)
    ]


def write(path: Path, count: int, seed: int = 1) -> None:
    """Write a workbook of firms."""
    rng = np.random.default_rng(seed)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet("企业")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for i, heading in enumerate(HEADINGS):
        sheet.write_string(0, i, heading)
    days = rng.integers(0, 12_000, count)
    for row, name in enumerate(names(count, rng), start=1):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, f"F{row:06d}")
        sheet.write_string(row, 2, "企业")
        sheet.write_datetime(row, 3, dt.date(1990, 1, 1) + dt.timedelta(int(days[row - 1])), day)
        sheet.write_string(row, 4, "GB/T 4754-2017")
        sheet.write_string(row, 5, "3990")
        sheet.write_string(row, 6, "中国")
        sheet.write_number(row, 7, int(days[row - 1] % 500))
        sheet.write_number(row, 8, float(days[row - 1]) / 7)
        sheet.write_number(row, 9, 2023)
        sheet.write_number(row, 10, 118 + float(days[row - 1]) / 12_000)
        sheet.write_number(row, 11, 30 + row / 100_000)
    book.close()


def seconds(task: object) -> float:
    """Time one call."""
    start = time.perf_counter()
    task()  # type: ignore[operator]
    return time.perf_counter() - start


def read_with_calamine(path: Path) -> None:
    """Read every cell, as the importer must before it can do anything."""
    with CalamineWorkbook.from_path(path) as workbook:
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


def parse_alone(path: Path) -> None:
    """Read and parse, without the checks of the record and the search for duplicates."""
    options = read_options({})
    sheets, _ = read_files(path, options)
    build(lay_out_all(sheets, options)[0], options)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--firms", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "firms.xlsx"
        write(path, arguments.firms)
        reads, parses, imports = [], [], []
        for _ in range(arguments.rounds):
            reads.append(seconds(lambda: read_with_calamine(path)))
            parses.append(seconds(lambda: parse_alone(path)))
            imports.append(seconds(lambda: IMPORTER.read(path, options={})))
        read, parse, whole = (float(np.median(times)) for times in (reads, parses, imports))
        print(f"{arguments.firms} firms, {path.stat().st_size / 2**20:.1f} MiB, medians")
        print(f"calamine read       {read:6.2f} s")
        print(f"read and parsed     {parse:6.2f} s  {parse / read:4.2f} × calamine")
        print(f"imported, checked   {whole:6.2f} s  {whole / read:4.2f} × calamine")
    rng = np.random.default_rng(2)
    ten = names(10_000, rng)
    for i in rng.integers(0, 10_000, 300):
        ten[i] = ten[i - 1].replace("有限公司", "股份有限公司")
    firms = pl.DataFrame({"firm_id": [f"F{i}" for i in range(10_000)], "name": ten})
    firms = firms.with_columns(pl.lit(None, pl.String).alias("region_code"))
    taken = seconds(lambda: propose_merges(firms))
    print(f"10,000 firms: {len(propose_merges(firms))} proposed merges in {taken:.2f} s")


if __name__ == "__main__":
    main()
