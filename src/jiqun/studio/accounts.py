"""Who is there and what they may do 账户: passwords, sessions, the one-time link."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, insert, select, update
from sqlalchemy.engine import Engine

from jiqun.studio import audit
from jiqun.studio.database import SESSIONS, USERS, now
from jiqun.studio.settings import Role

SESSION_LIFE = timedelta(days=7)
NOBODY = PasswordHasher().hash(secrets.token_hex(16))
"""Checked where there is no such user, so that the time taken does not tell."""


@dataclass(frozen=True, slots=True)
class User:
    """Whoever asks."""

    name: str
    role: Role

    @property
    def may_edit(self) -> bool:
        """Whether changes are allowed."""
        return self.role == "edit"


LOCAL = User("local", "edit")


def as_role(role: str) -> Role:
    """Return the role of that name; whatever is not ``edit`` may read."""
    return "edit" if role == "edit" else "read"


def digest(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(slots=True)
class Link:
    """The address that lets its first visitor in, once."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(24), repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def use(self, token: str) -> bool:
        """Say whether the token is the one, and replace it if so."""
        with self._lock:
            if not secrets.compare_digest(token.encode(), self.token.encode()):
                return False
            self.token = secrets.token_urlsafe(24)
            return True


@dataclass(frozen=True, slots=True)
class Accounts:
    """Users and their sessions."""

    engine: Engine
    hasher: PasswordHasher = field(default_factory=PasswordHasher)

    def set_user(self, name: str, password: str, role: Role, *, by: str) -> None:
        """Add a user, or give one a new password and role; sessions of before end."""
        values = {"password_hash": self.hasher.hash(password), "role": role}
        with self.engine.begin() as connection:
            known = connection.execute(select(USERS.c.name).where(USERS.c.name == name)).first()
            if known:
                connection.execute(update(USERS).where(USERS.c.name == name).values(**values))
            else:
                connection.execute(insert(USERS).values(name=name, **values))
            connection.execute(delete(SESSIONS).where(SESSIONS.c.user == name))
        audit.note(self.engine, by, "user.set", name, role=role)

    def check(self, name: str, password: str) -> User | None:
        """Return the user if the password is right."""
        with self.engine.connect() as connection:
            row = connection.execute(select(USERS).where(USERS.c.name == name)).first()
        try:
            self.hasher.verify(row.password_hash if row else NOBODY, password)
        except (VerifyMismatchError, InvalidHashError):
            return None
        return User(row.name, as_role(row.role)) if row else None

    def begin(self, user: User) -> str:
        """Begin a session and return its token, which is stored as a digest only."""
        token = secrets.token_urlsafe(32)
        with self.engine.begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.expires < now()))
            connection.execute(
                insert(SESSIONS).values(
                    token_sha256=digest(token),
                    user=user.name,
                    role=user.role,
                    expires=now() + SESSION_LIFE,
                )
            )
        return token

    def whose(self, token: str) -> User | None:
        """Return the user of a session that has not run out."""
        chosen = select(SESSIONS).where(
            SESSIONS.c.token_sha256 == digest(token), SESSIONS.c.expires > now()
        )
        with self.engine.connect() as connection:
            row = connection.execute(chosen).first()
        return User(row.user, as_role(row.role)) if row else None

    def end(self, token: str) -> None:
        """End a session."""
        with self.engine.begin() as connection:
            connection.execute(delete(SESSIONS).where(SESSIONS.c.token_sha256 == digest(token)))
