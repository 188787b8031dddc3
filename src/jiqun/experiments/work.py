"""What is handed to a worker and what comes back."""

from dataclasses import dataclass

from jiqun.experiments.census import Floats
from jiqun.experiments.model_version import model_version
from jiqun.experiments.run import Run, perform


@dataclass(frozen=True, slots=True)
class Batch:
    """Runs done by one worker in one go: pairs of key and run."""

    runs: tuple[tuple[str, Run], ...]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a batch.

    Attributes
    ----------
    model
        Version of the model that the worker has.
    results
        Key → census of every year, shape (years, outcomes).
    """

    model: str
    results: dict[str, Floats]

    def done(self) -> "Done":
        """Return itself."""
        return self


@dataclass(frozen=True, slots=True)
class Defect:
    """The words of an error that a worker met."""

    words: str

    def done(self) -> Done:
        """Raise the error where the work was asked for."""
        raise RuntimeError(self.words)


def do(batch: Batch) -> Done:
    """Do the runs of a batch."""
    return Done(model_version(), {key: perform(run) for key, run in batch.runs})
