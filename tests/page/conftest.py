import shutil

import pytest
from playwright.sync_api import sync_playwright
from visitor import HERE, Visitor

from bot.playground.page_server import PageServer
from bot.playground.room import Playground

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Chromium asks its makers for news at every start, which a closed network refuses.
QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")


@pytest.fixture(scope="package")
def browser():
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("Chromium is not installed (apt-get install chromium)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", *QUIET])
        yield started
        started.close()


@pytest.fixture(scope="module")
def room(settings, bot, patience):
    playground = Playground(settings, lambda *_: bot, patience)
    playground.api.serve()
    playground.build()
    yield playground
    playground.close()


@pytest.fixture(scope="module")
def address(room):
    server = PageServer(room, "127.0.0.1", 0)
    server.serve()
    yield f"http://127.0.0.1:{server.port}/"
    server.close()


@pytest.fixture
def visit(browser, address):
    """Opens pages; on leaving, none may have complained or asked elsewhere."""
    visitors = []

    def open_page(at=address, **how):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 860}, "locale": "en-GB", **how})
        context.set_default_timeout(30_000)
        visitors.append(Visitor(context.new_page(), at))
        return visitors[-1]

    yield open_page
    for visitor in visitors:
        visitor.page.context.close()
    assert [line for visitor in visitors for line in visitor.complaints] == []


@pytest.fixture
def visitor(visit):
    opened = visit()
    opened.messages.or_(opened.page.get_by_role("heading", name="Something awkward at work?")).first.wait_for()
    return opened


@pytest.fixture(scope="session")
def axe():
    found = HERE / "page/node_modules/axe-core/axe.min.js"
    if not found.exists():
        pytest.skip("axe-core is not installed (make page, with Node)")
    return found.read_text()
