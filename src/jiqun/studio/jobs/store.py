"""Jobs as they stand in the database: every change of state is one statement."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.engine import Engine

from jiqun.studio.database import JOBS, now

JobRow = Row[tuple[object, ...]]
WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
LIVE = (WAITING, RUNNING)


@dataclass(frozen=True, slots=True)
class JobStore:
    """The jobs of a studio."""

    engine: Engine

    def add(
        self, *, kind: str, record: str | None, parameters: dict[str, object], user: str
    ) -> str:
        """Put a job at the end of its user's queue."""
        job = secrets.token_hex(8)
        with self.engine.begin() as connection:
            connection.execute(
                insert(JOBS).values(
                    id=job,
                    kind=kind,
                    record=record,
                    parameters=json.dumps(parameters, sort_keys=True),
                    user=user,
                    state=WAITING,
                    created=now(),
                )
            )
        return job

    def get(self, job: str) -> JobRow | None:
        """Return a job."""
        with self.engine.connect() as connection:
            return connection.execute(select(JOBS).where(JOBS.c.id == job)).first()

    def latest(
        self, count: int | None, *, record: str | None = None, kind: str | None = None
    ) -> Sequence[JobRow]:
        """Return jobs, newest first: of all, of a record, or of a kind; ``count`` None is no limit."""
        chosen = select(JOBS).order_by(JOBS.c.created.desc()).limit(count)
        if record is not None:
            chosen = chosen.where(JOBS.c.record == record)
        if kind is not None:
            chosen = chosen.where(JOBS.c.kind == kind)
        with self.engine.connect() as connection:
            return connection.execute(chosen).all()

    def live(self, user: str) -> int:
        """Count what a user has waiting or running."""
        chosen = select(func.count()).where(JOBS.c.user == user, JOBS.c.state.in_(LIVE))
        with self.engine.connect() as connection:
            return connection.execute(chosen).scalar_one()

    def same(self, kind: str, record: str | None, parameters: dict[str, object]) -> JobRow | None:
        """Return the newest job that was asked for in the same words and did not fail."""
        chosen = (
            select(JOBS)
            .where(
                JOBS.c.kind == kind,
                JOBS.c.record == record,
                JOBS.c.parameters == json.dumps(parameters, sort_keys=True),
                JOBS.c.state.in_((*LIVE, DONE)),
            )
            .order_by(JOBS.c.created.desc())
        )
        with self.engine.connect() as connection:
            return connection.execute(chosen).first()

    def finished(self, kind: str, record: str) -> JobRow | None:
        """Return the newest job of a kind that was done for a record."""
        chosen = (
            select(JOBS)
            .where(JOBS.c.kind == kind, JOBS.c.record == record, JOBS.c.state == DONE)
            .order_by(JOBS.c.created.desc())
        )
        with self.engine.connect() as connection:
            return connection.execute(chosen).first()

    def take(self) -> JobRow | None:
        """Take the next job: of the user who has fewest running, the one waiting longest."""
        running = (
            select(JOBS.c.user, func.count().label("busy"))
            .where(JOBS.c.state == RUNNING)
            .group_by(JOBS.c.user)
            .subquery()
        )
        chosen = (
            select(JOBS)
            .outerjoin(running, running.c.user == JOBS.c.user)
            .where(JOBS.c.state == WAITING)
            .order_by(func.coalesce(running.c.busy, 0), JOBS.c.created)
            .limit(1)
        )
        with self.engine.begin() as connection:
            job = connection.execute(chosen).first()
            if job is None:
                return None
            taken = connection.execute(
                update(JOBS)
                .where(JOBS.c.id == job.id, JOBS.c.state == WAITING)
                .values(state=RUNNING, attempts=JOBS.c.attempts + 1)
            )
            return job if taken.rowcount else None

    def tell(self, job: str, progress: float, en: str, zh: str) -> None:
        """Note how far a job is."""
        values = {"progress": progress, "message_en": en, "message_zh": zh}
        with self.engine.begin() as connection:
            connection.execute(update(JOBS).where(JOBS.c.id == job).values(**values))

    def end(self, job: str, state: str, problems: Sequence[object] = ()) -> bool:
        """End a job that is waiting or running; say whether it was."""
        values = {"state": state, "ended": now(), "problems": json.dumps(list(problems))}
        if state == DONE:
            values["progress"] = 1.0
        with self.engine.begin() as connection:
            ended = connection.execute(
                update(JOBS).where(JOBS.c.id == job, JOBS.c.state.in_(LIVE)).values(**values)
            )
        return bool(ended.rowcount)

    def take_up_again(self, *, begun_in_vain: bool = True) -> int:
        """After a restart, let what was running wait again; return how many.

        ``begun_in_vain`` counts the attempt, for a job that may be what ended the studio; where the
        studio was stopped by hand, none of its jobs is to blame.
        """
        values = {"state": WAITING, "attempts": JOBS.c.attempts - (0 if begun_in_vain else 1)}
        with self.engine.begin() as connection:
            found = connection.execute(update(JOBS).where(JOBS.c.state == RUNNING).values(**values))
        return found.rowcount
