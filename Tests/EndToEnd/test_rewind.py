"""Back to the beginning of a running session, behind a crash of the server too, to the live moment again, and to the end of an ended one."""

import time

import pytest

from harness.playlists import MediaPlaylist
from harness.waiting import eventually

# Sixteen of the shortest segments stay in memory; what is older comes from the recording.
IN_MEMORY = 16.0
NEAR_LIVE = 8.0


@pytest.mark.parametrize("hub_settings", [{"media_segment__duration": "1s"}])
def test_HLS_a_participant_goes_back_to_the_beginning_returns_and_sees_the_end(hub, camera, make_live_page):
    page = make_live_page().enter(hub.live_session)
    page.plays(within=30)
    began = time.monotonic() - page.behind_camera
    eventually(lambda: time.monotonic() - began > IN_MEMORY + 14, within=60, saying="the beginning has left the memory", every=1)

    shown = time.monotonic() - began
    page.page.get_by_role("button", name="From the beginning").click()
    page.plays(within=15)
    assert page.behind_camera > shown - 6, "the picture is of the beginning"

    page.page.get_by_role("button", name="Go to live").click()
    page.plays(within=15)
    eventually(lambda: (page.behind_camera or 99) < NEAR_LIVE, within=15, saying="live again")

    page.page.get_by_role("button", name="30 s back").click()
    page.plays(within=15)
    assert 26 < page.behind_camera < 40, "one press goes back by half a minute"
    place = page.page.get_by_role("slider", name="Place in the session")
    place.focus()
    for _ in range(15):
        place.press("ArrowRight")
    page.plays(within=15)
    assert 12 < page.behind_camera < 25, "the slider moves by a second with each press"
    assert "behind" in place.get_attribute("aria-valuetext")
    place.press("Home")
    page.plays(within=15)
    assert page.behind_camera > time.monotonic() - began - 6, "its first end is the beginning"
    assert place.is_visible(), "and from there it leads forward again"

    page.page.get_by_role("button", name="Go to live").click()
    page.plays(within=15)
    page.page.get_by_role("button", name="From the beginning").click()
    page.plays(within=15)
    before = page.state["time"]
    hub.close_session(hub.live_session)
    page.plays(within=15, frames=150)
    after = page.state
    assert after["state"] == "playing" and 4 < after["time"] - before < 9, "it plays on where it was"
    assert not page.complaints, page.complaints


@pytest.mark.parametrize("hub_settings", [{"media_segment__duration": "1s"}])
def test_HLS_every_segment_of_the_playlist_can_be_had_while_it_runs_and_after_its_end(hub, camera, make_visitor):
    visitor = make_visitor("participant")
    media = eventually(lambda: visitor.enter(hub.live_session).get("media"), within=30, saying="the session is live")
    base = media.rsplit("/", 1)[0]

    def playlist(track):
        answer = visitor.get(f"{base}/{track}/index.m3u8")
        assert answer.status_code in (200, 404), answer.text
        return MediaPlaylist(answer.text) if answer.status_code == 200 else None

    eventually(lambda: (now := playlist("picture")) and len(now.whole) > IN_MEMORY + 12, within=60, saying="more segments than memory holds", every=1)
    first = playlist("picture").media_sequence
    for track in ("picture", "sound"):
        for segment in playlist(track).whole:
            answer = visitor.get(f"{base}/{track}/{segment.uri}")
            assert answer.status_code == 200 and len(answer.content) > 100, f"{track} {segment.uri}: {answer.status_code}"
    hub.close_session(hub.live_session)
    ended = eventually(
        lambda: (now := playlist("picture")).ended and now, within=15, saying="the playlist has its end")
    assert ended.media_sequence == first, "nothing of it has gone"
    for segment in playlist("picture").whole:
        assert visitor.get(f"{base}/picture/{segment.uri}").status_code == 200, segment.uri


def test_HLS_a_participant_goes_back_to_before_the_server_was_killed(hub, camera, make_visitor, make_live_page):
    visitor = make_visitor("moderator")
    media = eventually(lambda: visitor.enter(hub.live_session).get("media"), within=30, saying="the session is live")
    base = media.rsplit("/", 1)[0]

    def playlist(track):
        return MediaPlaylist(visitor.get(f"{base}/{track}/index.m3u8").text)

    eventually(lambda: visitor.get(media).status_code == 200, within=20, saying="there is a playlist")
    began = time.monotonic()
    page = make_live_page().enter(hub.live_session)
    page.plays(within=30)
    time.sleep(8)
    before = {track: playlist(track) for track in ("picture", "sound")}
    files = {
        (track, uri): visitor.get(f"{base}/{track}/{uri}").content
        for track, known in before.items() for segment in known.whole for uri in (segment.uri, segment.map_uri)
    }
    hub.kill()
    camera.end()
    hub.start()
    camera.start()
    visitor.enter(hub.live_session)
    eventually(lambda: visitor.get(media).status_code == 200, within=20, saying="there is a playlist again")

    def going_on(track):
        """What is new has the numbers that viewers ask for, and what was before has those that it had."""
        now = playlist(track)
        return now if now.whole[-1].uri == f"{now.whole[-1].number}.m4s" else None

    for track, known in before.items():
        now = eventually(lambda: going_on(track), within=10, saying=f"there is new {track}")
        kept = {segment.uri: segment for segment in now.whole}
        assert now.media_sequence > known.media_sequence and now.discontinuity_sequence > known.discontinuity_sequence
        for segment in known.whole:
            assert abs((kept[segment.uri].starts_at - segment.starts_at).total_seconds()) < 0.002, segment.uri
        assert any(segment.gap for segment in now.segments) and any(segment.discontinuous for segment in now.segments)
    for (track, uri), content in files.items():
        assert visitor.get(f"{base}/{track}/{uri}").content == content, f"{track} {uri}"

    page.plays(within=45)
    page.page.get_by_role("button", name="From the beginning").click()
    page.plays(within=15)
    assert page.behind_camera > time.monotonic() - began - 6, "the picture is of before the crash"
    page.page.get_by_role("button", name="Go to live").click()
    page.plays(within=15)
    eventually(lambda: (page.behind_camera or 99) < NEAR_LIVE, within=15, saying="live again")
