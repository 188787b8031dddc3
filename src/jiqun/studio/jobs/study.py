"""Measure a record, measure by measure, and write its report: what the evidence ledger shows."""

from jiqun.measures import MEASURES, Measurement, measure
from jiqun.record.requirements import check
from jiqun.record.storage import read
from jiqun.report.forms.html import render
from jiqun.report.report import Report
from jiqun.report.study import Study
from jiqun.report.summary import summarise
from jiqun.report.synthetic import is_synthetic
from jiqun.studio.jobs.estimates_file import load, save
from jiqun.studio.jobs.job import JobKind, Task
from jiqun.studio.wire import EstimateView, ProblemView, Wording
from jiqun.vocabulary.text import LANGUAGES, Text

READING = Text("reading and checking the record", "读取与检查记录")
REPORTING = Text("writing the report", "撰写报告")


def run(task: Task) -> None:
    """Study the record; measures that an earlier attempt finished are not made again."""
    task.say(0.0, READING)
    record = read(task.record)
    problems = check(record)
    found = {}
    for place, (name, entry) in enumerate(MEASURES.items()):
        task.say(0.05 + 0.85 * place / len(MEASURES), entry.title)
        file = task.folder / f"measure-{name}.json"
        if not file.exists():
            save(file, measure(record, only=[name], seed=task.seed)[name])
        found[name] = load(file)
    task.say(0.92, REPORTING)
    studied = Study(
        name=task.name,
        record=record,
        seed=task.seed,
        summary=summarise(record),
        problems=problems,
        measurement=Measurement(found),
        synthetic=is_synthetic(record),
    )
    files = {f"report-{each}__html": render(Report.of(studied), each) for each in LANGUAGES}
    files["estimates__csv"] = studied.measurement.to_frame().write_csv()
    task.put(**{name: text.encode() for name, text in files.items()})
    task.finish(
        {
            "seed": task.seed,
            "problems": [ProblemView.of(p).model_dump() for p in problems[:500]],
            "measures": [
                {
                    "name": name,
                    "title": Wording.of(entry.title).model_dump(),
                    "question": Wording.of(entry.question).model_dump(),
                    "needs": list(entry.needs),
                    "estimates": [EstimateView.of_estimate(e).model_dump() for e in found[name]],
                }
                for name, entry in MEASURES.items()
            ],
        }
    )


STUDY = JobKind(name="study", title=Text("Measure and report", "测度与报告"), run=run)
