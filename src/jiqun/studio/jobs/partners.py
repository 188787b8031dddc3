"""Say who is missing from an alliance or a set of firms, in the background."""

from typing import cast

from jiqun.measures.partners import find_partners
from jiqun.record.storage import read
from jiqun.studio.jobs.job import JobKind, Task
from jiqun.studio.partners_view import partners_view
from jiqun.vocabulary.text import Text

READING = Text("reading the record", "读取记录")
LOOKING = Text("looking for partners", "寻找伙伴")


def run(task: Task) -> None:
    """Find partners and write down how far that can be relied on."""
    task.say(0.05, READING)
    record = read(task.record)
    task.say(0.3, LOOKING)
    found = find_partners(
        record,
        alliance=cast("str | None", task.parameters.get("alliance")),
        firms=cast("list[str] | None", task.parameters.get("firms")),
        seed=task.seed,
    )
    task.finish(partners_view(found).model_dump())


PARTNERS = JobKind(name="partners", title=Text("Find missing partners", "寻找缺失的伙伴"), run=run)
