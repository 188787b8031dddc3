"""Headings as they stand in public company lists, statistics files and import templates.

Collected before the list of spellings was written and kept apart from it: what is recognised here
says how the importer fares with a sheet that it was not written for.
"""

import pytest

from jiqun.importers.parsing.headings import recognise, spellings_of, table_of_sheet
from jiqun.importers.parsing.spellings import SPELLINGS, split
from jiqun.importers.parsing.units import read_units
from jiqun.record.exchange.forms import FormLanguage, heading, sheet_name
from jiqun.record.schema import TABLES

HELD_OUT: tuple[tuple[str, str, str], ...] = (
    # table of the sheet, heading as found, column that a reader would choose
    ("firms", "企业名称", "firms.name"),
    ("firms", "公司名称", "firms.name"),
    ("firms", "公司全称", "firms.name"),
    ("firms", "中文名称", "firms.name"),
    ("firms", "单位详细名称", "firms.name"),
    ("firms", "CompanyName", "firms.name"),
    ("firms", "company_name", "firms.name"),
    ("firms", "entname", "firms.name"),
    ("firms", "legalName", "firms.name"),
    ("firms", "统一社会信用代码", "firms.registration"),
    ("firms", "统一社会信用代码、税号", "firms.registration"),
    ("firms", "unifiedSocialCreditCode", "firms.registration"),
    ("firms", "creditCode", "firms.registration"),
    ("firms", "CompanyNumber", "firms.registration"),
    ("firms", "工商登记号", "firms.registration"),
    ("firms", "注册号", "firms.registration"),
    ("firms", "成立日期", "firms.founded"),
    ("firms", "注册日期", "firms.founded"),
    ("firms", "注册时间", "firms.founded"),
    ("firms", "开业时间", "firms.founded"),
    ("firms", "establishmentDate", "firms.founded"),
    ("firms", "registrationDay", "firms.founded"),
    ("firms", "IncorporationDate", "firms.founded"),
    ("firms", "Founded Year", "firms.founded"),
    ("firms", "Year founded", "firms.founded"),
    ("firms", "date_start", "firms.founded"),
    ("firms", "DissolutionDate", "firms.closed"),
    ("firms", "注销时间", "firms.closed"),
    ("firms", "date_end", "firms.closed"),
    ("firms", "IndustryCode", "firms.industry_code"),
    ("firms", "行政区划代码", "firms.region_code"),
    ("firms", "location_code", "firms.region_code"),
    ("firms", "Headquarters Country", "firms.country"),
    ("firms", "CountryofOrigin", "firms.country"),
    ("firms", "经度", "sites.longitude"),
    ("firms", "lng", "sites.longitude"),
    ("firms", "纬度", "sites.latitude"),
    ("firms", "lat", "sites.latitude"),
    ("firms", "员工人数", "accounts.employees"),
    ("firms", "职工人数", "accounts.employees"),
    ("firms", "Employee Count", "accounts.employees"),
    ("firms", "Number of Employees", "accounts.employees"),
    ("firms", "从业人员平均人数", "accounts.employees"),
    ("firms", "营收", "accounts.revenue"),
    ("firms", "营业收入(百万元)", "accounts.revenue"),
    ("firms", "Annual Revenue", "accounts.revenue"),
    ("accounts", "研发投入(万元)", "accounts.rd_spending"),
    ("accounts", "工业增加值", "accounts.value_added"),
    ("accounts", "固定资产合计", "accounts.capital"),
    ("accounts", "貨幣", "accounts.currency"),
    ("ties", "供应商名称", "ties.source"),
    ("ties", "supplier_name", "ties.source"),
    ("ties", "采购商", "ties.target"),
    ("ties", "合同金额", "ties.value"),
    ("ties", "签订时间", "ties.start"),
    ("alliances", "start_date", "alliances.start"),
    ("alliances", "project_id", "alliances.alliance_id"),
    ("memberships", "institution_name", "memberships.firm_id"),
    ("memberships", "role", "memberships.role"),
    ("firms", "企业名称(全称)", "firms.name"),
    ("firms", "公司中文名称", "firms.name"),
    ("firms", "参保人数", "accounts.employees"),
    ("firms", "年末从业人员数(人)", "accounts.employees"),
    ("firms", "统一社会信用代码/组织机构代码", "firms.registration"),
    ("ties", "供货企业", "ties.source"),
    ("ties", "上游企业名称", "ties.source"),
    ("ties", "下游企业名称", "ties.target"),
    ("ties", "合同金额(万元)", "ties.value"),
    ("alliances", "项目起始时间", "alliances.start"),
    ("alliances", "项目结束时间", "alliances.end"),
    ("alliances", "总经费(万元)", "alliances.value"),
    ("memberships", "joinDate", "memberships.joined"),
)

SHARE = 0.9
LANGUAGES: tuple[FormLanguage, ...] = ("en", "zh", "both")


def test_nine_of_ten_headings_of_real_lists_are_recognised() -> None:
    found = [
        f"{heading.table}.{heading.column}" == column
        for table, text, column in HELD_OUT
        if (heading := recognise(text, table))
    ]
    assert len(found) >= 40
    assert sum(found) >= SHARE * len(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_and_sheet_of_our_own_form_is_recognised(language: FormLanguage) -> None:
    for name, table in TABLES.items():
        assert table_of_sheet(sheet_name(table, language)) == name
        for column in table.columns:
            found = recognise(heading(table, column, language), name)
            assert (found.table, found.column) == (name, column.name)


@pytest.mark.parametrize(
    "text",
    [
        "企业名称",
        "企 业 名 称",
        "企业名称（必填）",
        "【企业名称】",
        "Company  Name",
        "COMPANY_NAME",
        "ｎａｍｅ",
        "name*",
    ],
)
def test_width_case_blanks_and_brackets_do_not_matter(text: str) -> None:
    found = recognise(text, "firms")
    assert (found.table, found.column) == ("firms", "name")


def test_common_columns_have_at_least_six_spellings_each() -> None:
    for table, column in (
        ("firms", "name"),
        ("firms", "registration"),
        ("firms", "founded"),
        ("sites", "longitude"),
        ("sites", "latitude"),
        ("accounts", "employees"),
        ("accounts", "revenue"),
        ("ties", "source"),
        ("ties", "target"),
    ):
        assert len(split(SPELLINGS[table][column])) >= 6


def test_spellings_name_columns_that_exist() -> None:
    for table, columns in SPELLINGS.items():
        extra = {"registration", "address", "year"}
        assert set(columns) - extra <= set(TABLES[table].names)


def test_a_name_in_another_table_refers_to_a_firm() -> None:
    assert spellings_of("ties")["供应商"] == ("ties", "source")
    found = recognise("企业名称", "accounts")
    assert (found.table, found.column) == ("accounts", "firm_id")


def test_an_unknown_heading_comes_with_the_closest_columns() -> None:
    found = recognise("企业成立的日期", "firms")
    assert (found.table, found.column) == ("", "")
    assert "firms.founded" in found.candidates


@pytest.mark.parametrize(
    ("text", "name", "factor", "currency", "year"),
    [
        ("营业收入(万元)", "营业收入", 1e4, "CNY", None),
        ("Revenue (million CNY)", "Revenue", 1e6, "CNY", None),
        ("2023年营业收入（亿元）", "营业收入", 1e8, "CNY", 2023),
        ("Revenue 2023 ($m)", "Revenue", 1e6, "USD", 2023),
        ("R&D (US$ '000)", "R&D", 1e3, "USD", None),
        ("从业人数(万人)", "从业人数", 1e4, "", None),
        ("占比(%)", "占比", 0.01, "", None),
        ("省（自治区）", "省(自治区)", 1.0, "", None),
    ],
)
def test_units_are_read_from_headings(
    text: str, name: str, factor: float, currency: str, year: int | None
) -> None:
    units = read_units(text)
    assert (units.name, units.factor, units.currency, units.year) == (name, factor, currency, year)


@pytest.mark.parametrize(
    ("text", "datum"),
    [
        ("经度(GCJ-02)", "GCJ02"),
        ("longitude (°, WGS 84)", "WGS84"),
        ("经度（百度坐标）", "BD09"),
        ("经度", ""),
    ],
)
def test_a_datum_is_read_from_headings(text: str, datum: str) -> None:
    assert read_units(text).datum == datum


def test_dates_and_states_of_a_company_register_are_not_taken_for_others() -> None:
    """核准日期 is the day of the last approved change, not of the founding, and stands beside it."""
    for heading_text in ("核准日期", "经营状态", "经营范围", "登记状态", "法定代表人", "序号"):
        found = recognise(heading_text, "firms")
        assert found.table == ""
        assert "sites.longitude" not in found.candidates
