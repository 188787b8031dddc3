"""Put a folder or a file in the place of another so that a kill leaves either the old or the new.

What is written goes beside its destination under a hidden name, is flushed to the disk, and takes
the destination's place in one step. A folder cannot replace a folder by a plain rename: Linux and
macOS exchange the two in one step; elsewhere, and on file systems that cannot, the old folder is
first renamed to a known name, where readers find it should the second rename never come.
"""

import ctypes
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

AT_FDCWD = -100 if sys.platform == "linux" else -2
EXCHANGE = 2
"""``RENAME_EXCHANGE`` of Linux and ``RENAME_SWAP`` of macOS have the same value."""


def draft_prefix(path: Path) -> str:
    """Return how the hidden names of unfinished writes to ``path`` begin."""
    return f".{path.name}.writing-"


def kept(path: Path) -> Path:
    """Return where the old folder is kept while two renames put the new one in its place."""
    return path.with_name(f".{path.name}.kept")


def settled(path: Path) -> Path:
    """Return where the record is: ``path``, or the kept folder of a write that was killed."""
    return kept(path) if not path.exists() and kept(path).is_dir() else path


@contextmanager
def draft_folder(path: Path) -> Iterator[Path]:
    """Open a new folder beside ``path``; it is removed again unless it took the place of ``path``."""
    with locked(path.parent):
        clear_leftovers(path)
        draft = path.with_name(draft_prefix(path) + secrets.token_hex(4))
        draft.mkdir()
        in_use = lock(draft)
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        if in_use is not None:
            os.close(in_use)


def put_folder(draft: Path, path: Path) -> None:
    """Put a finished draft in the place of ``path``, which may be absent.

    Afterwards ``draft`` holds what was there before, if the system could exchange the two.
    """
    flush_folder(draft)
    with locked(path.parent):
        if path.exists():
            shutil.copymode(path, draft)
            if not exchange(draft, path):
                put_in_two_steps(draft, path)
        else:
            draft.rename(path)
        flush_folder(path.parent)
    shutil.rmtree(kept(path), ignore_errors=True)


def put_in_two_steps(draft: Path, path: Path) -> None:
    """Replace a folder where the system cannot exchange two."""
    path.rename(kept(path))
    try:
        draft.rename(path)
    except OSError:
        kept(path).rename(path)
        raise


def put_file(content: list[bytes | memoryview], path: Path) -> None:
    """Write a file beside ``path``, then put it in its place."""
    with locked(path.parent):
        clear_leftovers(path)
        draft = path.with_name(draft_prefix(path) + secrets.token_hex(4))
        draft.touch(exist_ok=False)
        in_use = lock(draft)
    try:
        write_flushed(draft, content)
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)
        flush_folder(path.parent)
    finally:
        draft.unlink(missing_ok=True)
        if in_use is not None:
            os.close(in_use)


def write_flushed(path: Path, content: list[bytes | memoryview]) -> None:
    """Write a file and wait until the disk has it."""
    with path.open("wb") as file:
        file.writelines(content)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder; Windows does so by itself."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return whether the system could."""
    rename = {"linux": "renameat2", "darwin": "renameatx_np"}.get(sys.platform)
    if rename is None:
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), rename, None)
    if call is None:
        return False
    call.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    status = call(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), EXCHANGE)
    return bool(status == 0)


def clear_leftovers(path: Path) -> None:
    """Remove drafts of writes that were killed and restore what such a write had moved away."""
    if kept(path).is_dir():
        if path.exists():
            shutil.rmtree(kept(path), ignore_errors=True)
        else:
            kept(path).rename(path)
    for leftover in path.parent.iterdir():
        if leftover.name.startswith(draft_prefix(path)) and not being_written(leftover):
            if leftover.is_dir():
                shutil.rmtree(leftover, ignore_errors=True)
            else:
                leftover.unlink(missing_ok=True)


def being_written(draft: Path) -> bool:
    """Say whether another process is still writing a draft: it holds a lock while it lives.

    Windows has no such lock, but neither does it remove a file that is open.
    """
    if sys.platform == "win32":
        return False
    handle = lock(draft)
    if handle is None:
        return True
    os.close(handle)
    return False


def lock(path: Path) -> int | None:
    """Lock a draft until the handle returned is closed; None where that cannot be done."""
    if sys.platform == "win32":
        return None
    with suppress(OSError), ExitStack() as on_failure:
        handle = os.open(path, os.O_RDONLY)
        on_failure.callback(os.close, handle)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        on_failure.pop_all()
        return handle
    return None


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other writers to the same folder waiting; file systems without locks do not."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
