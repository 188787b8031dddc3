"""What a reader calls a firm: its name with its id, or the id alone."""

from jiqun.record.record import Record
from jiqun.vocabulary.text import Text, same

NAMED = Text("{name} ({firm})", "{name}({firm})")


def firm_title(record: Record, firm_id: str) -> Text:
    """Return ``name (id)``, or the id where no other name is recorded."""
    firms = record["firms"]
    names = firms.filter(firms["firm_id"] == firm_id)["name"].drop_nulls()
    if names.is_empty() or names[0] == firm_id:
        return same(firm_id)
    return NAMED.fill(name=names[0], firm=firm_id)
