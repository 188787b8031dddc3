"""Files appear whole or not at all: all are written beside their places, then moved there."""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from jiqun.record.storage.faults import not_written


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write files that belong together; a folder that is not there is made.

    Parameters
    ----------
    files
        Path → content. A file that is there is replaced once all new ones are complete.

    Raises
    ------
    InputError
        Where the disk is full or may not be written to. What was there is then unchanged.
    """
    token = secrets.token_hex(4)
    drafts = {path: path.with_name(f".{path.name}.{token}.part") for path in files}
    made: list[Path] = []
    path = Path()
    try:
        for path, content in files.items():
            made += [p for p in (path.parent, *path.parent.parents) if not p.exists()]
            path.parent.mkdir(parents=True, exist_ok=True)
            drafts[path].write_bytes(content)
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        for draft in drafts.values():
            with suppress(OSError):
                draft.unlink(missing_ok=True)
        for folder in sorted(set(made), reverse=True):
            with suppress(OSError):  # it is in use, as it should be where all went well
                folder.rmdir()
