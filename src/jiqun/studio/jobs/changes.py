"""Compare a record with an earlier one of the same cluster, in the background."""

from jiqun.diagnosis.diagnose import diagnose
from jiqun.record.problem import InputError, Rule
from jiqun.record.storage import read
from jiqun.report.since import since
from jiqun.studio.changes_view import changes_view
from jiqun.studio.jobs.job import JobKind, Task
from jiqun.vocabulary.text import Text

READING = Text("reading both records", "读取两份记录")
COMPARING = Text("measuring both, and what of each was known when", "测度两份记录及各自当时所知")
DIAGNOSING = Text("weighing the evidence", "权衡证据")
DATED = Rule(
    id="studio.earlier_dated",
    title=Text("The earlier record names days.", "较早的记录须含日期。"),
    remedy=Text("Choose a record with dates.", "请选择含日期的记录。"),
)
UNDATED = Text(
    "{name} names no day up to which it could be compared.", "{name} 没有可供比较的日期。"
)


def run(task: Task) -> None:
    """Compare both records and write down what of each difference is real.

    Raises
    ------
    InputError
        Where the earlier record names no day.
    """
    task.say(0.02, READING)
    assert task.earlier is not None  # noqa: S101 - the order names it
    record, earlier = read(task.record), read(task.earlier)
    task.say(0.1, COMPARING)
    found = since(record, earlier, name=task.earlier_name, seed=task.seed)
    if found is None:
        message = UNDATED.fill(name=task.earlier_name)
        raise InputError((DATED.problem(table=task.earlier_name, message=message),))
    task.say(0.8, DIAGNOSING)
    now = diagnose(record, seed=task.seed, name=task.name)
    task.finish(changes_view(found, now).model_dump())


CHANGES = JobKind(name="changes", title=Text("What changed since", "与较早记录比较"), run=run)
