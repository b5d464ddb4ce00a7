"""A page in Chromium: what axe-core finds against it, and how it prints. One start of the browser for a module."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """An empty page; skips where there is no browser."""
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: what a browser does with a page is not tested")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser.new_page(viewport={"width": 1280, "height": 1000})
        browser.close()


def find_violations(
    page: Page, path: Path, scheme: Literal["light", "dark"] = "light", width: int = 1280
) -> list[tuple[str, str]]:
    """What axe-core (WCAG 2.2 A and AA, and its best practices) finds: the rule, and the first element it means."""
    page.set_viewport_size({"width": width, "height": 1000})
    page.emulate_media(color_scheme=scheme)
    page.goto(path.as_uri())
    found = Axe().run(page).response["violations"]
    return [(each["id"], each["nodes"][0]["html"]) for each in found]


def print_page(page: Page, path: Path, pdf: Path) -> Path:
    """Prints as the page's own style says: paper, margins and what stands in them."""
    page.goto(path.as_uri())
    page.pdf(path=pdf, prefer_css_page_size=True)
    return pdf
