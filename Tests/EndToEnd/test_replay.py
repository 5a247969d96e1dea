"""An ended session at the addresses at which it was live, from its recording."""

import subprocess
import tempfile
import time
from collections import namedtuple
from pathlib import Path

import pytest

from harness import media
from harness.camera import Camera
from harness.hub import Hub
from harness.livepage import LivePage
from harness.playlists import MediaPlaylist
from harness.visitor import Visitor
from test_recording import recording_underway

TRACKS = ("picture", "sound")
Ended = namedtuple("Ended", "session base playlists files recording")


def signed_in(hub, role):
    visitor = Visitor(hub)
    assert visitor.sign_in(hub.told["signIn"][role]).status_code in (302, 303)
    return visitor


def playlist(visitor, base, track):
    answer = visitor.get(f"{base}/{track}/index.m3u8")
    assert answer.status_code == 200, answer.text
    return MediaPlaylist(answer.text)


@pytest.fixture(scope="module")
def hub(request):
    with tempfile.TemporaryDirectory(prefix="hemicycle-") as folder:
        hub = Hub(request.config.getoption("--program").resolve(), Path(folder) / "hub").start()
        yield hub
        hub.end()


@pytest.fixture(scope="module")
def ended(hub, tmp_path_factory):
    """What was live to its end: the address, its playlists and the bytes of every segment. The server has been started anew since."""
    camera = Camera(hub.desk_address, tmp_path_factory.mktemp("camera")).start()
    recording_underway(hub)
    visitor = signed_in(hub, "moderator")
    time.sleep(12)
    base = visitor.enter(hub.live_session)["media"].rsplit("/", 1)[0]
    hub.close_session(hub.live_session)
    camera.end()
    recording = hub.finished_recording(hub.live_session)
    playlists = {track: playlist(visitor, base, track) for track in TRACKS}
    files = {
        (track, uri): visitor.get(f"{base}/{track}/{uri}").content
        for track in TRACKS for segment in playlists[track].whole for uri in (segment.uri, segment.map_uri)
    }
    visitor.close()
    session = hub.live_session
    hub.stop()
    hub.start()
    return Ended(session, base, playlists, files, recording)


@pytest.fixture(scope="module")
def viewer(hub, ended):
    visitor = signed_in(hub, "moderator")
    yield visitor
    visitor.close()


def test_HLS_the_same_addresses_give_all_of_it_as_VOD_after_a_restart(hub, ended, viewer):
    base, playlists, files = ended.base, ended.playlists, ended.files
    admission = viewer.enter(ended.session)
    assert admission["state"] == "ended" and admission["media"] == f"{base}/index.m3u8"
    for track in TRACKS:
        now, was = playlist(viewer, base, track), playlists[track]
        assert "#EXT-X-PLAYLIST-TYPE:VOD" in now.text and now.ended and "#EXT-X-PART" not in now.text
        assert now.media_sequence == was.media_sequence
        assert [segment.uri for segment in now.whole] == [segment.uri for segment in was.whole]
        assert [segment.starts_at for segment in now.whole] == [segment.starts_at for segment in was.whole]
        for segment in now.whole:
            for uri in (segment.uri, segment.map_uri):
                answer = viewer.get(f"{base}/{track}/{uri}")
                assert answer.status_code == 200 and answer.content == files[track, uri], f"{track} {uri}"
    part = playlists["picture"].whole[0].uri.replace(".m4s", ".0.m4s")
    assert viewer.get(f"{base}/picture/{part}").status_code == 404


def test_HLS_ffmpeg_plays_it_from_the_first_to_the_last_picture(hub, ended, viewer):
    address = hub.address + viewer.enter(ended.session)["mediaWithPass"]
    played = subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-xerror", "-i", address, "-f", "null", "-"],
        capture_output=True, text=True, timeout=120)
    assert played.returncode == 0 and not played.stderr, played.stderr
    log = hub.recording_folder(ended.recording)
    for stream, file in (("v:0", "picture-1.mp4"), ("a:0", "sound-1.mp4")):
        assert len(media.frame_times(address, stream)) == len(media.frame_times(log / file, "0")), stream


def test_HLS_a_browser_plays_it_to_its_end(hub, ended, chromium):
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = LivePage(context.new_page(), hub).sign_in(hub.told["signIn"]["archivist"]).enter(ended.session)
    page.plays(within=30)
    page.reaches("ended", within=60)
    assert not page.complaints, page.complaints
    context.close()


def test_whoever_might_be_in_the_session_sees_it_again_until_its_recording_is_deleted(hub, ended):
    visitor = signed_in(hub, "participant")

    def admission():
        return visitor.write("POST", f"/api/v1/sessions/{ended.session}/admission")

    assert admission().json()["media"] == f"{ended.base}/index.m3u8"
    assert "FRAME-RATE=" in visitor.get(f"{ended.base}/index.m3u8").text
    deleted = hub.api(
        "POST", f"/conferences/{hub.conference}/recordings/retention", json={"before": "2100-01-01T00:00:00Z", "reason": "The year is over"})
    assert deleted.status_code == 200 and [each["id"] for each in deleted.json()["recordings"]] == [ended.recording["id"]], deleted.text
    answer = admission()
    assert answer.status_code in (403, 410) and answer.json()["type"].endswith("session-ended"), answer.text
    assert visitor.get(f"{ended.base}/index.m3u8").status_code == 403
    visitor.close()
