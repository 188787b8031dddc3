"""Encodings: told strictly, and no byte replaced."""

import pytest

from jiqun.importers.parsing.encodings import decode

TEXT = "企业名称,成立日期\n杭州数源科技有限公司,2008-05-01\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gbk", "gb18030"), ("gb18030", "gb18030"),
        ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
    ],
)  # fmt: skip
def test_each_encoding_is_told(encoding: str, found: str) -> None:
    text = TEXT if not encoding.startswith("utf-16-") else "name,founded\nAcme,2008\n"
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, found)


def test_an_undecodable_byte_is_reported_with_its_line() -> None:
    data = TEXT.encode() + b"\xff\xfe bad\n" + TEXT.encode()
    decoded = decode(data)
    assert decoded.text == ""
    assert [line for line, _ in decoded.bad_lines] == [3]


def test_every_bad_line_is_reported() -> None:
    data = b"a\n\xff\nb\n\xff\xff\n"
    assert [line for line, _ in decode(data, "utf-8").bad_lines] == [2, 4]


def test_western_bytes_are_not_taken_for_chinese() -> None:
    data = "name\nMüller GmbH\nCafé Zürich\nGöteborg AB\n".encode("cp1252")
    assert decode(data).text == ""
    assert [line for line, _ in decode(data).bad_lines] == [2, 3, 4]
    assert decode(data, "cp1252").text.startswith("name\nMüller")


def test_an_empty_file_is_text() -> None:
    assert decode(b"").text == ""
