"""A real browser for the tests: the Chromium of the machine, driven without its network."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


def chromium() -> str:
    """The path of Chromium; without one the tests are skipped, and in CI they fail."""
    for name in (os.environ.get("CHROMIUM", ""), *_NAMES):
        if name and (path := shutil.which(name)):
            return path
    reason = "no Chromium on this machine: sudo sh scripts/system.sh installs it"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def started() -> Iterator[Browser]:
    """A browser; as root it has no sandbox of its own, and it opens nothing but our files."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        try:
            yield browser
        finally:
            browser.close()


class Visit:
    """A page that was opened, and all that went wrong on it."""

    def __init__(self, page: Page, file: Path) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self._refuse(dialog.message, dialog.dismiss))
        page.on("request", lambda request: self._requested(request.url))
        self.failed: list[str] = []  # requests, with the reason why they were stopped
        page.on("requestfailed", lambda request: self.failed.append(f"{request.url}: {request.failure}"))
        self._allowed = file.as_uri()
        page.goto(self._allowed)

    def _refuse(self, message: str, dismiss: object) -> None:
        self.complaints.append(f"dialog: {message}")
        dismiss()  # type: ignore[operator]

    def _requested(self, url: str) -> None:
        if url.partition("#")[0] != self._allowed and not url.startswith("data:"):
            self.complaints.append(f"request: {url}")

    def shows(self, *titles: str) -> None:
        """Wait until the filter shows just these lessons."""
        expect(self.page.locator("details.lesson:not([hidden]) h3")).to_have_text(list(titles))
