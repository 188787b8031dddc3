"""Is a report accessible, whole and quiet? Opened in Chromium, as a reader would, and asked by axe-core.

::

    npm pack axe-core@4.14.1 && tar xzf axe-core-4.14.1.tgz
    python verification/report_accessibility.py package/axe.min.js demo/*/report.*.html

Prints for each page its size, the rules of WCAG 2.1 A and AA and of good practice that axe finds broken,
requests to any other place, and messages on the console; leaves with 1 where there is any.
"""

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

LARGEST = 5_000_000
WIDTHS = (1280, 390)


def broken(page: Page, axe: str) -> list[str]:
    """Return the rules that axe finds broken, with the first place of each."""
    page.evaluate(axe)
    found = page.evaluate("() => axe.run(document)")
    return [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found["violations"]]


def too_wide(page: Page) -> list[str]:
    """Say whether the page has to be scrolled sideways."""
    wide = page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
    return [f"{wide} px wider than the window"] if wide > 0 else []


def main() -> None:
    """Open every page at the widths of a desk and of a telephone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("axe", type=Path)
    parser.add_argument("pages", type=Path, nargs="+")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    arguments = parser.parse_args()
    axe = arguments.axe.read_text(encoding="utf-8")
    failed = False
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=arguments.chromium)
        for path in arguments.pages:
            for width in WIDTHS:
                found: list[str] = []
                page = browser.new_page(viewport={"width": width, "height": 900}, bypass_csp=True)
                page.on(
                    "request",
                    lambda r, f=found: (
                        f.append(f"asks {r.url[:80]}") if r.url.startswith("http") else None
                    ),
                )
                page.on("console", lambda m, f=found: f.append(f"console: {m.text[:120]}"))
                page.goto(path.resolve().as_uri())
                found += [*broken(page, axe), *too_wide(page)]
                size = path.stat().st_size
                found += [f"{size} bytes"] if size > LARGEST else []
                print(f"{path} at {width} px, {size / 1e6:.2f} MB: {len(found)} findings")
                print("".join(f"    {line}\n" for line in found), end="")
                failed |= bool(found)
                page.close()
        browser.close()
    sys.exit(failed)


if __name__ == "__main__":
    main()
