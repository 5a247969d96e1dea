"""A session in other players than Chromium's: Firefox, mpv, GStreamer and ffmpeg."""

import re
import subprocess
import time

import pytest

from harness.figures import report
from harness.firefox import Firefox, FirefoxLivePage
from harness.waiting import eventually

NEAR_LIVE = 6.0
SECONDS = 6


@pytest.fixture
def firefox(tmp_path):
    browser = Firefox(tmp_path)
    yield browser
    browser.end()


@pytest.fixture
def address(hub, camera, make_visitor):
    """Where a player that knows nothing of cookies finds the live session."""
    visitor = make_visitor()
    path = eventually(lambda: visitor.enter(hub.live_session).get("mediaWithPass"), within=30, saying="the session is live")
    eventually(lambda: visitor.get(path).status_code == 200, within=20, saying="there is a playlist")
    return hub.address + path


def test_HLS_and_WHEP_firefox_without_h264_by_webrtc_plays_by_hls_and_says_why(hub, camera, firefox):
    page = FirefoxLivePage(firefox, hub).sign_in(hub.told["signIn"]["participant"]).enter(hub.live_session)
    report("page opened in Firefox to 30 frames shown", page.plays(within=60))
    eventually(lambda: page.state["way"] == "ll-hls", within=10, saying="it plays by HLS")
    eventually(lambda: (page.behind_camera or 99) < NEAR_LIVE, within=20, saying="it is near the camera")
    report("behind the camera's clock in Firefox by ll-hls", page.behind_camera)
    assert "cannot decode" in page.reason, page.reason
    page.plays(within=20, frames=150)
    assert page.state["state"] == "playing"


def test_HLS_firefox_plays_on_when_the_desk_returns(hub, camera, firefox):
    page = FirefoxLivePage(firefox, hub).sign_in(hub.told["signIn"]["participant"]).enter(hub.live_session)
    page.plays(within=60)
    camera.drop()
    time.sleep(6)
    camera.start()
    report("desk returned to 30 frames shown in Firefox", page.plays(within=45))


def test_HLS_mpv_plays_it(address):
    began = time.monotonic()
    player = subprocess.run(
        ["mpv", "--no-config", "--vo=null", "--ao=null", "--msg-level=all=warn,statusline=status", "--term-status-msg=at=${=time-pos};",
         f"--end=+{SECONDS}", address], capture_output=True, text=True, timeout=120)
    words = player.stdout + player.stderr
    places = [float(place) for place in re.findall(r"at=([\d.]+);", words)]
    assert player.returncode == 0 and places, words
    assert places[-1] - places[0] > SECONDS - 1.5, "it has played so long"
    assert time.monotonic() - began > SECONDS - 1.5, "in its own time"
    assert not re.search(r"error|invalid|fail", words, re.IGNORECASE), words


def test_HLS_gstreamer_plays_picture_and_sound(address):
    """Each sink ends after as many buffers as that time has, and the player when both have."""
    frames, packets = 30 * SECONDS, 48_000 * SECONDS // 1024
    player = subprocess.run(
        ["gst-launch-1.0", "--quiet", "playbin3", f"uri={address}", f"video-sink=fakesink sync=true num-buffers={frames}",
         f"audio-sink=fakesink sync=true num-buffers={packets}"], capture_output=True, text=True, timeout=120)
    assert player.returncode == 0 and "ERROR" not in player.stderr, player.stdout + player.stderr


def test_HLS_ffmpeg_decodes_it_as_it_comes(address):
    player = subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "warning", "-stats", "-i", address, "-t", str(SECONDS), "-f", "null", "-"],
        capture_output=True, text=True, timeout=120)
    assert player.returncode == 0, player.stderr
    frames = int(re.findall(r"frame=\s*(\d+)", player.stderr)[-1])
    assert abs(frames - 30 * SECONDS) <= 2, player.stderr
