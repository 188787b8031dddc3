"""Measure and diagnose a record, measure by measure, and write its reports."""

from importlib.util import find_spec

from jiqun.diagnosis.diagnose import diagnose
from jiqun.diagnosis.diagnosis import Diagnosis
from jiqun.measures import MEASURES, Measurement, measure
from jiqun.measures.estimate import Estimate
from jiqun.record.problem import InputError
from jiqun.record.record import Record
from jiqun.record.requirements import check
from jiqun.record.storage import read
from jiqun.report.code_names import with_names
from jiqun.report.sharing import masked, shared
from jiqun.report.study import Study, study
from jiqun.report.writing import write_report
from jiqun.studio.jobs.estimates_file import load, save
from jiqun.studio.jobs.job import JobKind, Task
from jiqun.studio.verdicts import diagnosis_view
from jiqun.studio.wire import EstimateView, ProblemView, Wording
from jiqun.vocabulary.text import Text

READING = Text("reading and checking the record", "读取与检查记录")
DIAGNOSING = Text("weighing the evidence", "权衡证据")
REPORTING = Text("writing the report", "撰写报告")
EXTRAS = {"pdf": "typst", "docx": "docx"}
"""Form of the report → package that it needs besides the core."""


def run(task: Task) -> None:
    """Study the record; measures that an earlier attempt finished are not made again."""
    task.say(0.0, READING)
    studied = _studied(task, read(task.record), masks=False)
    _report(task, studied)
    task.finish(
        {
            "seed": task.seed,
            "problems": [ProblemView.of(p).model_dump() for p in studied.problems[:500]],
            "diagnosis": diagnosis_view(_diagnosed(studied)).model_dump(),
            "measures": [
                {
                    "name": name,
                    "title": Wording.of(entry.title).model_dump(),
                    "question": Wording.of(entry.question).model_dump(),
                    "needs": list(entry.needs),
                    "estimates": [
                        view.model_dump() for view in EstimateView.all_of(studied.measurement[name])
                    ],
                }
                for name, entry in MEASURES.items()
            ],
        }
    )


def run_shared(task: Task) -> None:
    """Study the record with all names masked, and write a report that may leave the house."""
    task.say(0.0, READING)
    _report(task, shared(_studied(task, read(task.record), masks=True)))
    task.finish({"seed": task.seed})


def _studied(task: Task, whole: Record, *, masks: bool) -> Study:
    """Measure and diagnose a record, masked or as it is."""
    problems = check(whole)
    record = masked(whole, seed=task.seed) if masks else whole
    found = _measured(task, record)
    task.say(0.82, DIAGNOSING)
    measured = with_names(Measurement(found), record)
    diagnosis = diagnose(record, seed=task.seed, measurement=measured, name=task.name)
    task.say(0.92, REPORTING)
    return study(
        record,
        name=task.name,
        seed=task.seed,
        problems=problems,
        measurement=measured,
        diagnosis=diagnosis,
    )


def _diagnosed(studied: Study) -> Diagnosis:
    """Return the diagnosis, which a study of a job always has."""
    assert studied.diagnosis is not None  # noqa: S101 - for the type checker
    return studied.diagnosis


def _measured(task: Task, record: Record) -> dict[str, tuple[Estimate, ...]]:
    """Run every measure, and keep each as soon as it is made."""
    found = {}
    for place, (name, entry) in enumerate(MEASURES.items()):
        task.say(0.05 + 0.75 * place / len(MEASURES), entry.title)
        file = task.folder / f"measure-{name}.json"
        if not file.exists():
            save(file, measure(record, only=[name], seed=task.seed)[name])
        found[name] = load(file)
    return found


def _report(task: Task, studied: Study) -> None:
    """Write the report in every form that this installation can make."""
    task.put(estimates__csv=studied.measurement.to_frame().write_csv().encode())
    forms = ["html", "xlsx", *(form for form, package in EXTRAS.items() if find_spec(package))]
    for form in forms:
        try:
            write_report(studied, task.folder, to=[form])
        except InputError:
            # A name in the record may hold a character that no bundled font has; a page shows it.
            if form == "html":
                raise


STUDY = JobKind(name="study", title=Text("Measure and diagnose", "测度与诊断"), run=run)
SHARED = JobKind(
    name="shared", title=Text("Write the report for others", "撰写对外报告"), run=run_shared
)
