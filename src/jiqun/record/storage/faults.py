"""What the system refused, told as a problem with its remedy."""

import errno
from pathlib import Path

from jiqun.record.problem import InputError, Problem, Rule
from jiqun.record.storage.rules import FOUND, ROOM, WRITABLE
from jiqun.vocabulary.text import Text

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def not_written(path: Path, error: OSError) -> InputError:
    """Say why a record could not be written; what was at ``path`` is unchanged."""
    reason = error.strerror or str(error)
    if error.errno in NO_ROOM:
        rule, text = (
            ROOM,
            Text("No room to write {path}: {reason}.", "空间不足,无法写入 {path}:{reason}。"),
        )
    else:
        rule, text = (
            WRITABLE,
            Text("{path} cannot be written: {reason}.", "无法写入 {path}:{reason}。"),
        )
    return refusal(rule, path, text.fill(path=path, reason=reason))


def not_read(path: Path, error: OSError) -> InputError:
    """Say why a record could not be read."""
    text = Text("{path} cannot be read: {reason}.", "无法读取 {path}:{reason}。")
    return refusal(FOUND, path, text.fill(path=path, reason=error.strerror or str(error)))


def refusal(rule: Rule, path: Path, message: Text) -> InputError:
    """Make the error that one broken rule of the whole record raises."""
    return InputError((fault(rule, path, message),))


def fault(rule: Rule, path: Path, message: Text, table: str | None = None) -> Problem:
    """Report a broken rule of a record on disk, or of one of its tables."""
    return rule.problem(table=table or path.name, message=message, source=path.name)
