"""A studio that is really served, and a browser to look at it with."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Dialog, Error, Page, sync_playwright

from jiqun.studio.application import create_application
from jiqun.studio.serving import link
from jiqun.studio.settings import Settings
from jiqun.studio.studio import Studio
from tests.studio.postgres import free_port

AXE = Path(__file__).parents[2] / "studio_page" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def served(workspace: Path, *, samples: tuple[Path, ...] = ()) -> Iterator[Studio]:
    """Serve a studio from a thread."""
    app = create_application(Settings(workspace=workspace, port=free_port(), samples=samples))
    studio: Studio = app.state.studio
    server = uvicorn.Server(
        uvicorn.Config(app, port=studio.settings.port, log_level="error", ws="none")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    try:
        yield studio
    finally:
        server.should_exit = True
        thread.join(timeout=30)
        studio.accounts.engine.dispose()


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Start Chromium; skip where there is none."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        except Error as error:
            pytest.skip(f"Chromium does not start here: {error}")
        yield browser
        browser.close()


@dataclass(frozen=True)
class Seen:
    """What a page did that nobody should see."""

    page: Page
    base: str
    said: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def go(self, path: str, language: str = "en", **query: str) -> Page:
        """Open a view and wait until it stands."""
        pairs = "&".join(f"{key}={value}" for key, value in {"lang": language, **query}.items())
        self.page.goto(f"{self.base}{path}?{pairs}")
        self.page.locator("main h1").first.wait_for()
        return self.page

    def barriers(self) -> dict[str, list[str]]:
        """Return what axe finds on this view: rule → the first places."""
        self.page.wait_for_load_state("networkidle")
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("() => axe.run()")["violations"]
        return {each["id"]: [node["html"][:120] for node in each["nodes"][:3]] for each in found}


def visit(browser: Browser, studio: Studio) -> Seen:
    """Come in by the link, and note errors and requests to anything else."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(60_000)
    page = context.new_page()
    entry = link(studio)
    seen = Seen(page, entry.split("/enter")[0])

    def say(text: str) -> None:
        if "GPU stall" not in text:  # drawing without a graphics card is slow, and it says so
            seen.said.append(text)

    def refuse(dialog: Dialog) -> None:
        say(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("console", lambda m: say(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: say(str(error)))
    page.on("dialog", refuse)
    page.on(
        "request",
        lambda r: None if r.url.startswith((seen.base, "data:")) else seen.elsewhere.append(r.url),
    )
    page.goto(entry)
    page.locator("main h1").first.wait_for()
    return seen
