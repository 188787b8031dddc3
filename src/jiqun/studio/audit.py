"""The audit log 审计日志: who changed what, when. Rows are added and never changed."""

import json
from collections.abc import Sequence

from sqlalchemy import Row, insert, select
from sqlalchemy.engine import Engine

from jiqun.studio.database import AUDIT, now


def note(engine: Engine, user: str, action: str, subject: str, **detail: object) -> None:
    """Add one line; ``detail`` holds no contents of a record."""
    with engine.begin() as connection:
        connection.execute(
            insert(AUDIT).values(
                at=now(),
                user=user,
                action=action,
                subject=subject[:300],
                detail=json.dumps(detail, ensure_ascii=False, sort_keys=True),
            )
        )


def latest(engine: Engine, count: int) -> Sequence[Row[tuple[object, ...]]]:
    """Return the last lines, newest first."""
    with engine.connect() as connection:
        chosen = select(AUDIT).order_by(AUDIT.c.number.desc()).limit(count)
        return connection.execute(chosen).all()
