"""How fast the studio is: first view, panning, slider to redraw, many readers, memory, size of the page.

``python benchmarks/studio.py [--large]`` prints a table; ``--large`` adds a record of a million firms.
A browser is needed for the views: Chromium, drawing in software where there is no graphics card.
"""

import argparse
import gzip
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import numpy as np
import polars as pl

sys.path.insert(0, str(Path(__file__).parents[1]))

from jiqun.record.record import Record
from jiqun.record.storage import write
from jiqun.studio.accounts import LOCAL
from jiqun.studio.studio import Studio
from tests.studio.browser import Seen, a_browser, served, visit

READERS, ASKED = 50, 6
PAGE = Path(__file__).parents[1] / "src" / "jiqun" / "studio" / "page"
PAN = """async () => {
  const hands = document.querySelector('.hands'), box = hands.getBoundingClientRect();
  const send = (type, x) => hands.dispatchEvent(new PointerEvent(type,
    {clientX: box.x + x, clientY: box.y + 200, pointerId: 1, bubbles: true, buttons: 1}));
  hands.setPointerCapture = () => {};
  send('pointerdown', 300);
  const start = performance.now(); let frames = 0, x = 300;
  while (performance.now() - start < 4000) {
    x = 300 + 250 * Math.sin(frames / 20); send('pointermove', x);
    await new Promise(requestAnimationFrame); frames++;
  }
  send('pointerup', x);
  return frames / ((performance.now() - start) / 1000);
}"""
SLIDE = """async () => {
  const slider = document.querySelectorAll('.lever input')[2], times = [];
  for (let i = 1; i <= 8; i++) {
    performance.clearMarks('desk-first');
    const start = performance.now();
    slider.value = String(i); slider.dispatchEvent(new Event('input', {bubbles: true}));
    while (!performance.getEntriesByName('desk-first').length) await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    times.push(performance.now() - start);
    await new Promise(done => setTimeout(done, 2500));
  }
  return times;
}"""


def a_record(folder: Path, firms: int) -> Path:
    """Write a record of firms in many towns, with dated sites."""
    rng = np.random.default_rng(0)
    towns = rng.uniform((75, 20), (130, 48), (400, 2))
    at = towns[rng.integers(0, len(towns), firms)] + rng.normal(0, 0.15, (firms, 2))
    opened = np.datetime64("1990-01-01") + rng.integers(0, 12_000, firms).astype("timedelta64[D]")
    ids = [f"F{i:07}" for i in range(firms)]
    path = folder / f"firms{firms}.jiqun"
    write(
        Record.of(
            firms=pl.DataFrame({"firm_id": ids, "name": ids, "kind": ["firm"] * firms}),
            sites=pl.DataFrame(
                {
                    "site_id": ids,
                    "firm_id": ids,
                    "longitude": at[:, 0],
                    "latitude": at[:, 1],
                    "opened": opened.astype("datetime64[D]"),
                }
            ),
        ),
        path,
    )
    return path


def first_view(seen: Seen, record: str) -> float:
    """Return seconds from asking for the map until it is drawn."""
    start = time.perf_counter()
    seen.go(f"/r/{record}/map")
    seen.page.wait_for_function("() => performance.getEntriesByName('map-frame').length > 1")
    return time.perf_counter() - start


def readers(base: str, session: str, record: str) -> list[float]:
    """Let many read at once, from a process of their own; return the seconds of each answer."""
    command = [sys.executable, __file__, "--read", base, session, record]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(line) for line in done.stdout.split()]


def read_at_once(base: str, session: str, record: str) -> None:
    """Be the readers: ask, look for a second at what came, ask again; print the seconds of each."""
    paths = [f"/api/records/{record}{p}" for p in ("", "/map", "/findings", "/rows/firms")]
    paths += ["/api/records", f"/api/records/{record}/network"]
    cookies = {"jiqun_session": session}
    clients = [
        httpx.Client(base_url=base, cookies=cookies, timeout=60, verify=False)  # noqa: S501 - http
        for _ in range(READERS)
    ]

    def read(number: int) -> list[float]:
        times = []
        time.sleep(number / READERS)
        for turn in range(ASKED):
            start = time.perf_counter()
            clients[number].get(paths[(number + turn) % len(paths)]).raise_for_status()
            times.append(time.perf_counter() - start)
            time.sleep(1.0)
        return times

    with ThreadPoolExecutor(READERS) as pool:
        for times in pool.map(read, range(READERS)):
            print(*times, sep="\n")


def memory() -> float:
    """Return the resident memory of this process, MB."""
    text = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(text.split("VmRSS:")[1].split()[0]) / 1024


@contextmanager
def peak():  # type: ignore[no-untyped-def]  # noqa: ANN201 - yields a list with one number
    """Follow the memory while something is done."""
    found, done = [memory()], threading.Event()

    def follow() -> None:
        while not done.wait(0.05):
            found[0] = max(found[0], memory())

    thread = threading.Thread(target=follow, daemon=True)
    thread.start()
    yield found
    done.set()
    thread.join()


def show(what: str, figure: str, wanted: str) -> None:
    """Print a line of the table."""
    print(f"{what:<58} {figure:>12}   {wanted}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--read", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read:
        read_at_once(*asked.read)
        return
    large = asked.large
    print(f"load when started: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    packed = sum(len(gzip.compress(p.read_bytes())) for p in PAGE.rglob("*") if p.is_file())
    show("page, all parts, gzipped", f"{packed / 1e6:.3f} MB", "1.5 MB")
    with tempfile.TemporaryDirectory() as name, a_browser() as browser:
        folder = Path(name)
        hundred = a_record(folder, 100_000)
        with served(folder / "w") as studio:
            record = studio.library.add(hundred, name="100k", owner="local", uploaded=False)
            seen = visit(browser, studio)
            show("first view of the map, 100,000 firms", f"{first_view(seen, record):.2f} s", "2 s")
            show("the same, warm", f"{first_view(seen, record):.2f} s", "2 s")
            show("panning, software drawing", f"{seen.page.evaluate(PAN):.0f} /s", "15 frames/s")
            seen.go("/desk", size="8", periods="40", runs="1")
            seen.page.set_default_timeout(600_000)
            seen.page.locator(".history svg").first.wait_for()
            times = seen.page.evaluate(SLIDE)
            show(
                "slider to redraw, 1,000 firms x 40 quarters, median",
                f"{statistics.median(times):.0f} ms",
                "300 ms",
            )
            token = studio.accounts.begin(LOCAL)
            answers = sorted(readers(seen.base, token, record))
            show(
                f"{READERS} readers, p95",
                f"{1000 * answers[int(0.95 * len(answers))]:.0f} ms",
                "300 ms",
            )
            if large:
                a_million(studio, seen, folder)


def a_million(studio: Studio, seen: Seen, folder: Path) -> None:
    """Open a record of a million firms, and print what that takes."""
    path = a_record(folder, 1_000_000)
    record = studio.library.add(path, name="1M", owner="local", uploaded=False)
    before = memory()
    with peak() as most:
        took = first_view(seen, record)
        seen.page.wait_for_load_state("networkidle")
    show("first view of the map, 1,000,000 firms", f"{took:.2f} s", "")
    show("panning, a million", f"{seen.page.evaluate(PAN):.0f} /s", "15 frames/s")
    show("memory before a record of a million", f"{before:.0f} MB", "")
    show("memory at most with it open", f"{most[0]:.0f} MB", "1,500 MB")


if __name__ == "__main__":
    main()
