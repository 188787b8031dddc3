"""The two processes that take most time, against plain C with gcc -O3 on one thread, paired.

    python -m benchmarks.model_c [FIRMS ...]

Both run on copies of one state; the bits that they leave are compared before the times are printed.
``ally`` in C follows the equations as written; the kernel computes once what the technologies share.
"""

import ctypes
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.model import scaled
from jiqun.model.founding import found
from jiqun.model.period import ALLY as ALLY_STAGE
from jiqun.model.period import ALONE, advance, run_blocks, together
from jiqun.model.period import PERCEIVE as PERCEIVE_STAGE
from jiqun.model.processes.ally import ally
from jiqun.model.processes.perceive import perceive
from jiqun.model.state import ALL_SERVICE, BLOCK, LIVING
from jiqun.model.world import World

SOURCE = Path(__file__).with_name("model_kernels.c")
TYPES = {"f8": "double", "i8": "int64_t", "i4": "int32_t", "i2": "int16_t", "i1": "int8_t"}
TABLES = (
    "firms",
    "relations",
    "alliances",
    "platforms",
    "regions",
    "industries",
    "lists",
    "levers",
)
ROUNDS = 7
WARMED_UP = 8
"""Periods before the state that is timed."""


class CWorld(ctypes.Structure):
    """The world as C sees it."""

    _fields_ = [
        *((name, ctypes.c_void_p) for name in (*TABLES, "rules", "switches")),
        ("seed", ctypes.c_uint64),
        ("all_service", ctypes.c_double),
    ]


def layout(w: World) -> str:
    """Return a header with an accessor for every column, rule and switch."""
    lines = []
    for table in TABLES:
        dtype = getattr(w, table).dtype
        for name in dtype.names:
            kind, offset = dtype.fields[name][:2]
            base, c = kind.base, TYPES[kind.base.str[1:]]
            place, extra = (", n", f" + (n) * {base.itemsize}") if kind.shape else ("", "")
            at = f"w->{table} + (int64_t)(i) * {dtype.itemsize} + {offset}{extra}"
            lines.append(f"#define {table}_{name}(i{place}) (*({c} *)({at}))")
    lines += _numbers("RULE", "rules", w.rules.dtype, 0)
    lines += _numbers("SWITCH", "switches", w.switches.dtype, 0)
    return "\n".join(lines) + "\n"


def _numbers(prefix: str, table: str, dtype: np.dtype, start: int) -> list[str]:
    """Return accessors of the numbers of a nested record."""
    lines: list[str] = []
    for name in dtype.names or ():
        kind, offset = dtype.fields[name][:2]
        if kind.names:
            lines += _numbers(f"{prefix}_{name}", table, kind, start + offset)
        else:
            c = TYPES[kind.base.str[1:]]
            lines.append(f"#define {prefix}_{name} (*({c} *)(w->{table} + {start + offset}))")
    return lines


def compiled_c(w: World, folder: Path) -> ctypes.CDLL:
    """Compile the C version for the layout of this world."""
    (folder / "layout.h").write_text(layout(w))
    library = folder / "kernels.so"
    flags = ["-O3", "-ffp-contract=off", "-shared", "-fPIC", f"-I{folder}"]
    subprocess.run(["gcc", *flags, str(SOURCE), "-o", str(library), "-lm"], check=True)
    return ctypes.CDLL(str(library))


def as_c(w: World) -> CWorld:
    """Return pointers to the tables of a world."""
    tables = {name: getattr(w, name).ctypes.data for name in TABLES}
    rules, switches = (np.asarray(x).__array_interface__["data"][0] for x in (w.rules, w.switches))
    total = float(w.total[ALL_SERVICE])
    return CWorld(**tables, rules=rules, switches=switches, seed=w.seed, all_service=total)


def copied(w: World) -> World:
    """Return a copy of the tables that the two processes write."""
    return w._replace(
        firms=w.firms.copy(), relations=w.relations.copy(), alliances=w.alliances.copy()
    )


def up_to(w: World, stage: int) -> None:
    """Run the stages of the next period before one."""
    for earlier in range(stage):
        if earlier in ALONE:
            together(w, WARMED_UP, earlier)
        else:
            run_blocks(w, WARMED_UP, earlier, earlier, 0, -(-int(w.tally[LIVING]) // BLOCK))


def compare(firms: int) -> None:
    """Print the times of both processes, and their ratio."""
    for name, stage, kernel in (
        ("perceive", PERCEIVE_STAGE, perceive),
        ("ally", ALLY_STAGE, ally),
    ):
        w = found(scaled(firms), seed=1)
        advance(w, 0, WARMED_UP)
        up_to(w, stage)
        living = int(w.tally[LIVING])
        kernel(copied(w), WARMED_UP, 0, living)
        with tempfile.TemporaryDirectory() as folder:
            run_c = getattr(compiled_c(w, Path(folder)), f"bench_{name}")
            times = []
            for _ in range(ROUNDS):
                ours, theirs = copied(w), copied(w)
                start = time.process_time()
                kernel(ours, WARMED_UP, 0, living)
                middle = time.process_time()
                run_c(
                    ctypes.byref(as_c(theirs)), *(ctypes.c_int64(n) for n in (WARMED_UP, 0, living))
                )
                times.append((middle - start, time.process_time() - middle))
        different = [
            f"{table}.{column}"
            for table in ("firms", "relations", "alliances")
            for column in getattr(ours, table).dtype.names
            if not np.array_equal(getattr(ours, table)[column], getattr(theirs, table)[column])
        ]
        if different:
            print(f"  after {name} these differ: {', '.join(different)}")
        a, b = (median(t[n] for t in times) / living * 1e9 for n in (0, 1))
        ratio = median(c / k for k, c in times)
        print(f"{firms:9d} {name:10} {a:10.1f} {b:10.1f} {ratio:8.2f}")


def main() -> None:
    """Print the table."""
    print(f"{'firms':>9} {'process':10} {'kernel ns':>10} {'C ns':>10} {'speed':>8}  of C = 1")
    for size in [int(size) for size in sys.argv[1:]] or [1_000, 10_000, 100_000]:
        compare(size)


if __name__ == "__main__":
    main()
