"""Fixtures: a test has a server, a camera and browsers of its own, and leaves nothing running."""

import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from harness.camera import Camera
from harness.figures import measured
from harness.hub import ROOT, Hub
from harness.livepage import LivePage
from harness.visitor import Visitor

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--disable-dev-shm-usage",
    # Peers on loopback, which Chromium leaves out otherwise.
    "--allow-loopback-in-peer-connection",
]


def pytest_addoption(parser):
    parser.addoption(
        "--program", type=Path, default=ROOT / ".build" / "debug" / "hemicycle", help="the hemicycle program to test")
    parser.addoption("--duration", default="1m", help="how long the soak lasts: 90s, 20m, 8h")
    parser.addoption("--seed", default="1", help="what the soak's faults follow from")


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["measured"] = measured


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    measured.extend(getattr(node, "workeroutput", {}).get("measured", []))


def pytest_terminal_summary(terminalreporter):
    if measured:
        terminalreporter.section("measured")
        for line in measured:
            terminalreporter.line(line)


@pytest.fixture
def short_folder():
    """A folder with a short path: the server's local socket lies in its data folder, and such paths hold 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="hemicycle-") as folder:
        yield Path(folder)


@pytest.fixture
def make_hub(request, short_folder):
    """Makes a server that is not started yet; settings as `Hub.configure` takes them."""
    hubs = []

    def make(**settings):
        hub = Hub(request.config.getoption("--program").resolve(), short_folder / f"hub-{len(hubs)}", **settings)
        hubs.append(hub)
        return hub

    yield make
    for hub in hubs:
        hub.end()


@pytest.fixture
def hub_settings():
    """What a test has otherwise in the configuration of `hub`; see `Hub.configure`."""
    return {}


@pytest.fixture
def hub(make_hub, hub_settings):
    """A running server with the demonstration conference."""
    return make_hub(**hub_settings).start()


@pytest.fixture
def make_camera(tmp_path):
    cameras = []

    def make(destination, **more):
        camera = Camera(destination, tmp_path, **more)
        cameras.append(camera)
        return camera

    yield make
    for camera in cameras:
        camera.end()


@pytest.fixture
def camera(hub, make_camera):
    """The demonstration camera, pushing to `hub`."""
    return make_camera(hub.desk_address).start()


@pytest.fixture
def make_visitor(hub):
    """A person without a browser, signed in by the link for `role`."""
    visitors = []

    def make(role="participant"):
        visitor = Visitor(hub)
        visitors.append(visitor)
        answer = visitor.sign_in(hub.told["signIn"][role])
        assert answer.status_code in (302, 303), answer.text
        return visitor

    yield make
    for visitor in visitors:
        visitor.close()


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def make_live_page(chromium, hub):
    """The live page in a browser profile of its own, signed in by the link for `role`; `plays` is chosen there already."""
    contexts = []

    def make(role="participant", plays="automatic", **more):
        context = chromium.new_context(**{"viewport": {"width": 1440, "height": 900}, "locale": "en-GB"} | more)
        contexts.append(context)
        if plays != "automatic":
            context.add_init_script(f"localStorage.setItem('hemicycle.way', '{plays}')")
        return LivePage(context.new_page(), hub).sign_in(hub.told["signIn"][role])

    yield make
    for context in contexts:
        context.close()
