"""Compare policies in many drawn worlds, in the background; runs that were finished are kept."""

import os
from dataclasses import dataclass

from jiqun.experiments.compare import compare
from jiqun.experiments.comparison import Comparison
from jiqun.experiments.ensemble import Progress
from jiqun.experiments.executors import open_executor
from jiqun.experiments.model_version import model_version
from jiqun.experiments.store import RunStore
from jiqun.studio.comparison_order import ComparisonOrder, question_of, runs_of
from jiqun.studio.comparison_view import comparison_view
from jiqun.studio.jobs.job import JobKind, Task
from jiqun.vocabulary.text import Text

PREPARING = Text("drawing worlds", "抽取情形")
RUNNING = Text(
    "{done} of {all} runs; about {left} s left in this part",
    "已完成 {all} 次运行中的 {done} 次;本部分约剩 {left} 秒",
)
FIRST = "first.json"
"""What the first worlds say, until all have been run."""


@dataclass(slots=True)
class Tally:
    """Adds up the progress of a comparison, which is made in several parts."""

    task: Task
    kept: int
    whole: int
    past: int = 0
    last: Progress | None = None

    def tell(self, now: Progress) -> None:
        """Say how far the whole is."""
        if self.last is not None and now.done <= self.last.done:
            self.past += self.last.wanted
        self.last = now
        done = min(self.kept + self.past + now.done, self.whole)
        words = {"done": done, "all": self.whole, "left": f"{now.seconds_left:.0f}"}
        self.task.say(0.02 + 0.97 * done / self.whole, RUNNING.fill(**words))


def run(task: Task) -> None:
    """Compare; a part that an earlier attempt ran is not run again."""
    task.say(0.01, PREPARING)
    question = question_of(ComparisonOrder.model_validate(task.parameters["order"]))
    # Another version of the model begins a store of its own: its runs are not to be mixed with these.
    store = RunStore(task.folder / f"runs-{model_version()[:16]}")
    tally = Tally(task, kept=len(store.keys()), whole=runs_of(question))
    workers = max(1, (os.cpu_count() or 2) - 1)

    def first(found: Comparison) -> None:
        text = comparison_view(found).model_dump_json()
        task.put(first__json=text.encode())

    with open_executor(workers=workers) as executor:
        found = compare(
            question,
            store,
            executor,
            workers=workers,
            progress=tally.tell,
            first_answer=first,
        )
    task.finish(comparison_view(found).model_dump())


COMPARE = JobKind(name="compare", title=Text("Compare policies", "比较政策"), run=run)
