"""Jobs that are done, as a worker would have done them, without its process."""

import json
from pathlib import Path

from jiqun.studio.database import JOBS
from jiqun.studio.jobs import KINDS
from jiqun.studio.jobs.job import Task
from jiqun.studio.jobs.store import DONE
from jiqun.studio.orders import MADE_BY
from jiqun.studio.studio import Studio


def finish(studio: Studio, kind: str, record: str | None, **parameters: object) -> str:
    """Do a job here and now, and return its id."""
    asked = parameters | {"made_by": MADE_BY} | ({} if record is None else {"seed": 0})
    job = studio.jobs.add(kind=kind, record=record, parameters=asked, user="local")
    with studio.accounts.engine.begin() as connection:  # before the runner takes it
        connection.execute(JOBS.update().where(JOBS.c.id == job).values(state="running"))
    home = studio.runner.home(job)
    home.mkdir()
    earlier = parameters.get("earlier")
    KINDS[kind].run(
        Task(
            record=Path() if record is None else path_of(studio, record),
            name="few",
            seed=0,
            parameters=json.loads(json.dumps(asked)),
            folder=home,
            say=lambda _, __: None,
            earlier=None if earlier is None else path_of(studio, str(earlier)),
            earlier_name="" if earlier is None else str(studio.library.row(str(earlier)).name),
        )
    )
    studio.jobs.end(job, DONE)
    return job


def path_of(studio: Studio, record: str) -> Path:
    """Return where a record lies."""
    return Path(str(studio.library.row(record).path))
