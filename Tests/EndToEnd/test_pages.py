"""Every page, at three sizes, light and dark: clean for axe, quiet in the console, no wider than its window; and its picture."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from harness.camera import Camera
from harness.hub import Hub
from harness.livepage import LivePage
from harness.visitor import Visitor
from harness.waiting import eventually

SCREENSHOTS = Path(__file__).parent / "screenshots"
SIZES = {"phone": (360, 740), "tablet": (820, 1180), "desk": (1440, 900)}

# Name, who looks, and the address in terms of what the demonstration told.
PAGES = [
    ("home", None, "/"),
    ("conference", None, "/{conference}"),
    ("programme", None, "/{conference}/programme"),
    ("programme-filtered", None, "/{conference}/programme?audience=members&day=2001-01-01&language=fr"),
    ("sign-in", None, "/sign-in"),
    ("not-found", None, "/nothing/here"),
    ("reference", None, "/api"),
    ("licences", None, "/licences"),
    ("session-live", "participant", "/sessions/{live}"),
    ("session-near", "participant", "/sessions/{near}"),
    ("session-ended", "participant", "/sessions/{ended}"),
    ("live", "participant", "/sessions/{live}/live"),
    ("live-not-open", "participant", "/sessions/{near}/live"),
    ("me", "participant", "/me"),
    ("refused", "participant", "/{conference}/archive"),
    ("live-moderator", "moderator", "/sessions/{live}/live"),
    ("moderate", "moderator", "/rooms/{room}/moderate"),
    ("removals", "moderator", "/{conference}/removals"),
    ("archive", "archivist", "/{conference}/archive"),
    ("recording", "archivist", "/recordings/{recording}"),
    ("recording-now", "archivist", "/recordings/{recording_now}"),
    ("session-moderator", "moderator", "/sessions/{live}"),
    ("me-moderator", "moderator", "/me"),
]


@pytest.fixture(scope="module")
def scene(request, tmp_path_factory, chromium):
    """A server with something to show on its second day: a finished recording, a running one, a camera, and people."""
    folder = tmp_path_factory.mktemp("pages")
    hub = Hub(request.config.getoption("--program").resolve(), folder / "hub").start()
    camera = Camera(hub.desk_address, folder, size="1280x720").start()
    remove_somebody(hub)
    finish_a_recording(hub)
    hub.stop()
    hub.start()
    camera.end()
    camera.start()
    contexts = {role: chromium.new_context(locale="en-GB") for role in (None, "participant", "moderator", "archivist")}
    for role, context in contexts.items():
        if role:
            page = context.new_page()
            LivePage(page, hub).sign_in(hub.told["signIn"][role])
            page.close()
    yield hub, contexts, addresses(hub)
    for context in contexts.values():
        context.close()
    camera.end()
    hub.end()


def remove_somebody(hub):
    """Of two who came, one stays out; from the session that is about to end."""
    for role in ("participant", "archivist"):
        visitor = Visitor(hub)
        visitor.sign_in(hub.told["signIn"][role])
        visitor.enter(hub.live_session)
        visitor.close()
    for participant in hub.present(hub.live_session):
        hub.remove(participant, hub.live_session, "Spoke over others, again and again, after two warnings by the chair of the sitting.")
    hub.readmit(participant, hub.live_session)


def finish_a_recording(hub):
    """The session that is live has its few seconds, is closed, and its recording verified."""
    session = hub.live_session
    recording = eventually(lambda: hub.recordings(session), within=20, saying="a recording is underway")[0]

    def kept():
        return sum(file.stat().st_size for file in hub.recording_folder(recording).iterdir())

    eventually(lambda: kept() > 500_000, within=30, saying="there are some seconds in it")
    hub.close_session(session)
    hub.finished_recording(session)
    assert hub.command("recording", "verify", recording["id"]).returncode == 0


def addresses(hub):
    """What stands in the braces of an address."""
    live = hub.api("GET", f"/sessions/{hub.live_session}").json()
    running = eventually(lambda: hub.recordings(hub.live_session), within=20, saying="a recording is underway")[0]
    finished = hub.recordings(hub.told["sessions"]["ended"])[0]
    return hub.told["sessions"] | {
        "conference": hub.told["conference"], "room": live["room"], "recording": finished["id"], "recording_now": running["id"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "role", "address"), PAGES, ids=[page[0] for page in PAGES])
def test_a_page_is_clean_at_every_size(scene, name, role, address, scheme):
    hub, contexts, words = scene
    page = contexts[role].new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.goto(hub.address + address.format(**words))
        page.wait_for_load_state("load")
        faults = []
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            page.wait_for_timeout(150)
            faults += look(page, f"{name}-{size}-{scheme}")
        faults += [text for text in complaints if "status of 40" not in text]
        assert not faults, "\n".join(faults)
    finally:
        page.close()


def look(page, name):
    """What is wrong with a page as it stands; keeps its picture."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")
    width, shown = page.evaluate("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    faults = [f"{name}: {width} pixels wide in a window of {shown}"] if width > shown else []
    for violation in Axe().run(page).response["violations"]:
        nodes = "; ".join(node["target"][0] if node["target"] else "?" for node in violation["nodes"][:3])
        faults.append(f"{name}: {violation['id']} ({violation['impact']}): {nodes}")
    return faults


def test_pages_can_be_read_without_scripts(chromium, scene):
    hub, _, words = scene
    context = chromium.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        for name, role, address in PAGES:
            if role is None:
                page.goto(hub.address + address.format(**words))
                assert page.locator("main h1").count() == 1, name
                assert len(page.locator("main").inner_text()) > 20, name
    finally:
        context.close()


@pytest.mark.parametrize(("name", "role", "address"), PAGES, ids=[page[0] for page in PAGES])
def test_a_page_holds_its_longer_words_in_french_on_a_phone(scene, name, role, address):
    hub, contexts, words = scene
    context = contexts[role].browser.new_context(
        locale="fr-FR", viewport={"width": 360, "height": 740}, storage_state=contexts[role].storage_state())
    try:
        page = context.new_page()
        page.goto(hub.address + address.format(**words))
        assert page.evaluate("() => document.documentElement.lang") == "fr"
        faults = look(page, f"{name}-phone-french")
        assert not faults, "\n".join(faults)
    finally:
        context.close()


@pytest.mark.parametrize("place", ["/sessions/{live}", "/sessions/{live}/live"])
def test_a_moderator_finds_the_console_of_a_room_and_nobody_else_does(scene, place):
    hub, contexts, words = scene
    console = "/rooms/{room}/moderate".format(**words)
    for role in ("moderator", "participant"):
        page = contexts[role].new_page()
        try:
            page.goto(hub.address + place.format(**words))
            link = page.locator(f'main a[href="{console}"]')
            if role == "participant":
                assert link.count() == 0
                continue
            assert link.first.is_visible()
            link.first.click()
            page.wait_for_url(f"**{console}")
        finally:
            page.close()


def test_the_whole_way_is_there_by_keyboard(scene):
    """From the home page to the live picture with Tab and Enter alone, the focus visible at every step."""
    hub, contexts, words = scene
    page = contexts["participant"].new_page()
    try:
        page.goto(f"{hub.address}/sessions/{words['live']}")
        for _ in range(60):
            page.keyboard.press("Tab")
            seen = page.evaluate(FOCUS)
            assert seen["visible"], f"the focus is not to be seen on {seen['words']}"
            if seen["address"] and seen["address"].endswith("/live"):
                break
        page.keyboard.press("Enter")
        page.wait_for_url("**/live")
    finally:
        page.close()


FOCUS = """() => {
    const at = document.activeElement;
    const style = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    return {
        words: at.outerHTML.slice(0, 80), address: at.href ?? null,
        visible: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none') && box.height > 0,
    };
}"""
