"""What the system refused, told as a problem with its remedy."""

import errno
from pathlib import Path

from jiqun.record.problem import InputError, Problem, Rule
from jiqun.record.storage.rules import FOUND, ROOM, WRITABLE
from jiqun.vocabulary.text import Text, same

NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
REASONS = {
    errno.ENOSPC: Text("the disk is full", "磁盘已满"),
    errno.EDQUOT: Text("the quota is used up", "配额已用完"),
    errno.EFBIG: Text("the file would be larger than allowed", "文件超过允许的大小"),
    errno.EROFS: Text("the disk can only be read", "磁盘为只读"),
    errno.EACCES: Text("you lack the permission", "没有权限"),
    errno.EPERM: Text("you lack the permission", "没有权限"),
    errno.ENOENT: Text("there is no such file or folder", "文件或文件夹不存在"),
    errno.EISDIR: Text("it is a folder, not a file", "这是文件夹,不是文件"),
    errno.ENOTDIR: Text(
        "part of the path is a file, not a folder", "路径中有一部分是文件而非文件夹"
    ),
    errno.EEXIST: Text("there is something of that name already", "已有同名文件或文件夹"),
}
"""What the system means, in words; others are told in the words of the system."""


def reason(error: OSError) -> Text:
    """Say why the system refused."""
    told = error.strerror or str(error)
    return REASONS.get(error.errno or 0, same(told))


def not_written(path: Path, error: OSError) -> InputError:
    """Say why a file or record could not be written; what was at ``path`` is unchanged."""
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
    return refusal(rule, path, text.fill(path=path, reason=reason(error)))


def not_read(path: Path, error: OSError) -> InputError:
    """Say why a record could not be read."""
    text = Text("{path} cannot be read: {reason}.", "无法读取 {path}:{reason}。")
    return refusal(FOUND, path, text.fill(path=path, reason=reason(error)))


def refusal(rule: Rule, path: Path, message: Text) -> InputError:
    """Make the error that one broken rule of the whole record raises."""
    return InputError((fault(rule, path, message),))


def fault(rule: Rule, path: Path, message: Text, table: str | None = None) -> Problem:
    """Report a broken rule of a record on disk, or of one of its tables."""
    return rule.problem(table=table or path.name, message=message, source=path.name)
