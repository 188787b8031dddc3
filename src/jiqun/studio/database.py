"""Accounts, sessions, records, jobs and the audit log 数据库: SQLite, or PostgreSQL for a team."""

from datetime import UTC, datetime

from sqlalchemy import (
    Column,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
)
from sqlalchemy.engine import Engine
from sqlalchemy.engine.interfaces import DBAPIConnection

SCHEMA = MetaData()

USERS = Table(
    "users",
    SCHEMA,
    Column("name", String(200), primary_key=True),
    Column("password_hash", String(200), nullable=False),
    Column("role", String(10), nullable=False),
)
SESSIONS = Table(
    "sessions",
    SCHEMA,
    Column("token_sha256", String(64), primary_key=True),
    Column("user", String(200), nullable=False),
    Column("role", String(10), nullable=False),
    Column("expires", DateTime(timezone=True), nullable=False),
)
RECORDS = Table(
    "records",
    SCHEMA,
    Column("id", String(32), primary_key=True),
    Column("name", String(300), nullable=False),
    Column("path", Text, nullable=False),
    Column("owner", String(200), nullable=False),
    Column("uploaded", Integer, nullable=False),
    Column("added", DateTime(timezone=True), nullable=False),
)
JOBS = Table(
    "jobs",
    SCHEMA,
    Column("id", String(32), primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("record", String(32), ForeignKey("records.id", ondelete="CASCADE"), nullable=True),
    Column("parameters", Text, nullable=False),
    Column("user", String(200), nullable=False),
    Column("state", String(12), nullable=False, index=True),
    Column("progress", Float, nullable=False, default=0.0),
    Column("message_en", Text, nullable=False, default=""),
    Column("message_zh", Text, nullable=False, default=""),
    Column("problems", Text, nullable=False, default="[]"),
    Column("attempts", Integer, nullable=False, default=0),
    Column("created", DateTime(timezone=True), nullable=False, index=True),
    Column("ended", DateTime(timezone=True), nullable=True),
)
AUDIT = Table(
    "audit",
    SCHEMA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("user", String(200), nullable=False),
    Column("action", String(60), nullable=False),
    Column("subject", String(300), nullable=False),
    Column("detail", Text, nullable=False),
)


def now() -> datetime:
    """Return the time of day; it goes into the bookkeeping, never into a result."""
    return datetime.now(UTC)


def open_database(url: str) -> Engine:
    """Connect, and make the tables that are not there yet."""
    engine = create_engine(url, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _settle_sqlite)
    SCHEMA.create_all(engine)
    return engine


def _settle_sqlite(connection: DBAPIConnection, _: object) -> None:
    """Let readers and one writer work side by side, and hold foreign keys."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
