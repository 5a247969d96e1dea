"""People watch a desk that pushes over RTMP by WebRTC, at conversational delay, and nobody for longer than they may."""

import statistics
import time

import httpx
import pytest

from harness.figures import report
from harness.waiting import eventually, throughout
from harness.whep import ChromiumWatching, StubbornViewer

# What the camera sounds, in Hz.
TONE = 440
# What a removed viewer may still be sent (M-2).
OUT_WITHIN = 0.2


@pytest.fixture
def session(hub, camera, make_visitor):
    """The live session, once it has a picture."""
    visitor = make_visitor("moderator")
    eventually(lambda: visitor.enter(hub.live_session).get("media"), within=20, saying="the session is live")
    return hub.live_session


def test_chromium_watches_a_desk_by_webrtc(hub, session, make_live_page):
    viewer = ChromiumWatching(make_live_page(), session)
    assert viewer.answer["status"] == 201, viewer.answer
    assert viewer.answer["location"].startswith(f"{hub.address}/whep/{session}/")
    viewer.sees(frames=90)
    delays = []
    for _ in range(20):
        delays.append(viewer.behind_camera)
        time.sleep(0.1)
    delay = statistics.median(each for each in delays if each is not None)
    eventually(lambda: abs((viewer.tone or 0) - TONE) < 5, within=5, saying=f"the camera's tone is heard, not {viewer.tone} Hz")
    seen = viewer.statistics
    report("WHEP, picture behind sound", seen["skew"])
    report("WHEP, POST to first picture in Chromium", seen["firstFrame"])
    report("WHEP, camera to Chromium's screen (median)", delay)
    report("WHEP, packets lost", seen["lost"], f"of {seen['packets']}")
    assert seen["connection"] == "connected" and seen["lost"] == 0, seen
    assert delay < 0.5, delays

    assert httpx.delete(viewer.answer["location"]).status_code == 200
    assert httpx.delete(viewer.answer["location"]).status_code == 404
    time.sleep(OUT_WITHIN)
    packets = viewer.statistics["packets"]
    throughout(lambda: viewer.statistics["packets"] == packets, 0.5, saying="a viewer that was deleted gets nothing more")


def test_a_viewer_that_takes_no_hint_gets_nothing_after_its_removal(hub, session, make_visitor):
    others = set(hub.present(session))
    token = make_visitor("participant").enter(session)["mediaWithPass"].removeprefix("/~").split("/")[0]
    (participant,) = set(hub.present(session)) - others
    viewer = StubbornViewer(hub, session, token)
    try:
        eventually(lambda: viewer.frames >= 60, within=15, saying="aiortc decodes sixty pictures")
        removing = time.monotonic()
        hub.remove(participant, session, "Noise.")
        removed = time.monotonic()
        report("WHEP, ordering a removal", removed - removing)
        throughout(lambda: viewer.last - removed <= OUT_WITHIN, 1, saying="the removed viewer gets nothing more")
        report("WHEP, removal to the last picture of a stubborn client", viewer.last - removed)
        assert httpx.get(viewer.location).status_code == 404
    finally:
        viewer.end()
