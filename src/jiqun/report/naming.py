"""Names of tables, columns and measures as people read them."""

from collections.abc import Sequence

from jiqun.measures import MEASURES
from jiqun.record.schema import TABLES
from jiqun.vocabulary.text import Text, joined, same

ON_DISK = Text("{word} ({field})", "{word}({field})")
OF_TABLE = Text("{table}: {columns}", "{table}:{columns}")


def table_label(name: str) -> Text:
    """Return the heading of a table, or the name itself where the record has no such table."""
    return TABLES[name].label if name in TABLES else same(name)


def column_label(table: str, column: str) -> Text:
    """Return the heading of a column, or the name itself where the table has no such column."""
    known = table in TABLES and column in TABLES[table].names
    return TABLES[table].column(column).label if known else same(column)


def fields_label(fields: Sequence[str], *, on_disk: bool = False) -> Text:
    """Name what a measure needs, ``table.column`` or whole tables; ``on_disk`` as programs call it too."""
    columns: dict[str, list[Text]] = {}
    for field in fields:
        table, _, column = field.partition(".")
        word = column_label(table, column) if column else table_label(table)
        told = ON_DISK.fill(word=word, field=field) if on_disk else word
        columns.setdefault(table if column else field, []).append(told)
    return listed(tuple(_of_table(table, words, fields) for table, words in columns.items()))


def _of_table(table: str, words: Sequence[Text], fields: Sequence[str]) -> Text:
    told = joined(words, ", ", "、")
    return told if table in fields else OF_TABLE.fill(table=table_label(table), columns=told)


def measure_title(name: str) -> Text:
    """Return the title of a measure, or the name itself where it is not registered."""
    return MEASURES[name].title if name in MEASURES else same(name)


def measure_question(name: str) -> tuple[Text, ...]:
    """Return the question that a measure answers; nothing where it is not registered."""
    return (MEASURES[name].question,) if name in MEASURES else ()


def listed(texts: tuple[Text, ...]) -> Text:
    """Join texts as each language lists things."""
    return joined(texts, "; ", ";")
