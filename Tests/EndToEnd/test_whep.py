"""People watch a desk that pushes over RTMP by WebRTC, at conversational delay, and nobody for longer than they may."""

import statistics
import time

import httpx
import pytest

from harness.desk import Desk, film
from harness.figures import report
from harness.waiting import eventually, throughout
from harness.whep import ChromiumWatching, StubbornViewer

# What the camera sounds, in Hz.
TONE = 440
# What a removed viewer may still be sent (M-2).
OUT_WITHIN = 0.2
# Until the page plays by HLS what does not come by WebRTC, with the server's and the browser's own time for it.
FALLS_BACK_WITHIN = 4 + 4
# How far the page may be behind the camera by WebRTC.
CONVERSATIONAL = 0.5

# Answers lead to an address where nobody is (RFC 5737).
STRAY_ANSWER = """(() => {
    const set = RTCPeerConnection.prototype.setRemoteDescription;
    RTCPeerConnection.prototype.setRemoteDescription = function ({ type, sdp }) {
        return set.call(this, { type, sdp: sdp.replace(/127\\.0\\.0\\.1/g, '192.0.2.1') });
    };
})()"""


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


def test_the_page_plays_by_webrtc_first_and_as_the_person_chooses(hub, session, make_live_page):
    page = make_live_page().enter(session)
    report("page opened to 30 frames by WebRTC", page.plays(within=20))
    eventually(lambda: page.state["way"] == "webrtc" and "WebRTC" in page.words, within=5, saying="it says how it plays")
    eventually(lambda: (page.behind_camera or 9) < CONVERSATIONAL, within=10, saying="it is near the camera")
    eventually(lambda: page.state["behind"] < CONVERSATIONAL, within=10, saying=f"it tells so; {page.state}")

    choice = page.page.get_by_label("How the picture plays")
    choice.focus()
    page.page.keyboard.press("End")
    eventually(lambda: page.state["way"] == "ll-hls", within=10, saying="the smoothest way is chosen by the keyboard")
    page.plays(within=20)
    assert page.reason == ""
    page.page.reload()
    page.plays(within=20)
    assert page.state["way"] == "ll-hls" and choice.input_value() == "smoothest", "the choice is kept"

    choice.select_option("Shortest delay")
    eventually(lambda: page.state["way"] == "webrtc", within=10, saying="the shortest way is chosen")
    page.plays(within=20)
    assert page.state["way"] == "webrtc" and not page.complaints, page.complaints


@pytest.mark.parametrize("fault", ["no answer", "no path"])
def test_the_page_falls_back_to_hls_and_says_why(hub, session, make_live_page, fault):
    page = make_live_page(locale="fr-FR")
    if fault == "no answer":
        page.page.route("**/whep/**", lambda route: None)
    else:
        page.page.add_init_script(STRAY_ANSWER)
    page.enter(session)
    began = time.monotonic()
    eventually(lambda: page.state["way"] == "ll-hls", within=FALLS_BACK_WITHIN, saying="the page plays by HLS")
    report(f"page with {fault} by WebRTC, until it turns to HLS", time.monotonic() - began)
    page.plays(within=20)
    assert "pare-feu" in page.reason, page.reason


def test_a_desk_that_sends_b_frames_is_watched_by_hls(hub, make_live_page, tmp_path):
    desk = Desk(hub.desk_address, film(tmp_path, 40, b_frames=2))
    try:
        page = make_live_page().enter(hub.live_session)
        page.plays(within=30)
        assert page.state["way"] == "ll-hls" and "B-frames" in page.reason, page.reason
    finally:
        desk.end()
