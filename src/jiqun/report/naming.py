"""Names of tables, columns and measures as people read them."""

from jiqun.measures import MEASURES
from jiqun.record.schema import TABLES
from jiqun.vocabulary.text import Text, same


def table_label(name: str) -> Text:
    """Return the heading of a table, or the name itself where the record has no such table."""
    return TABLES[name].label if name in TABLES else same(name)


def column_label(table: str, column: str) -> Text:
    """Return the heading of a column, or the name itself where the table has no such column."""
    known = table in TABLES and column in TABLES[table].names
    return TABLES[table].column(column).label if known else same(column)


def field_label(field: str) -> Text:
    """Name a ``table.column`` that a measure needs, in words and as it is written on disk."""
    table, _, column = field.partition(".")
    if not column:
        return Text("{label} ({field})", "{label}({field})").fill(
            label=table_label(table), field=field
        )
    return Text("{table}: {column} ({field})", "{table}:{column}({field})").fill(
        table=table_label(table), column=column_label(table, column), field=field
    )


def measure_title(name: str) -> Text:
    """Return the title of a measure, or the name itself where it is not registered."""
    return MEASURES[name].title if name in MEASURES else same(name)


def measure_question(name: str) -> tuple[Text, ...]:
    """Return the question that a measure answers; nothing where it is not registered."""
    return (MEASURES[name].question,) if name in MEASURES else ()


def listed(texts: tuple[Text, ...]) -> Text:
    """Join texts as each language lists things."""
    return Text("; ".join(t.en for t in texts), ";".join(t.zh for t in texts))
