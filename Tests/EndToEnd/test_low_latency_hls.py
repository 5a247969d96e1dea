"""LL-HLS as RFC 8216's second edition writes it; the ids are those of docs/specifications.md."""

import tempfile
import time
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from harness.camera import Camera
from harness.figures import report
from harness.hub import Hub
from harness.media import boxes, decode_time
from harness.playlists import MediaPlaylist, MultivariantPlaylist
from harness.strict import essence
from harness.visitor import Visitor
from harness.waiting import eventually

RENDITIONS = ("picture", "sound")


class Media:
    """The media of a live session, with the cookies of somebody who may watch."""

    def __init__(self, visitor, path):
        self.client = visitor.client
        self.path = path
        self.base = path.rsplit("/", 1)[0]

    def multivariant(self):
        return MultivariantPlaylist(self.client.get(self.path).text)

    def ask(self, rendition, **query):
        return self.client.get(f"{self.base}/{rendition}/index.m3u8", params=query)

    def playlist(self, rendition, **query):
        answer = self.ask(rendition, **query)
        assert answer.status_code == 200, answer.text
        return MediaPlaylist(answer.text)

    def resource(self, rendition, uri, **more):
        return self.client.get(f"{self.base}/{rendition}/{uri}", **more)


@pytest.fixture(scope="module")
def hub(request):
    """One server for all of these tests, which only look; its playlists are short, so that segments leave them."""
    with tempfile.TemporaryDirectory(prefix="hemicycle-") as folder:
        hub = Hub(request.config.getoption("--program").resolve(), Path(folder) / "hub", media_rewind="0s")
        try:
            yield hub.start()
        finally:
            hub.end()


@pytest.fixture(scope="module")
def media(hub, tmp_path_factory):
    """Live media, once there are three whole segments."""
    camera = Camera(hub.desk_address, tmp_path_factory.mktemp("camera")).start()
    visitor = Visitor(hub)
    visitor.sign_in(hub.told["signIn"]["participant"])
    try:
        yield begun(hub, visitor)
    finally:
        visitor.close()
        camera.end()


def begun(hub, visitor):
    path = eventually(lambda: visitor.enter(hub.live_session).get("media"), within=20, saying="the session is live")
    media = Media(visitor, path)
    eventually(
        lambda: media.ask("picture").status_code == 200 and len(media.playlist("picture").whole) >= 3, within=30,
        saying="three whole segments")
    return media


def test_HLS_6_server_control_and_parts_are_declared_alike_everywhere(media):
    controls = []
    for rendition in RENDITIONS:
        playlist = media.playlist(rendition)
        control = playlist.control
        controls.append(control)
        assert control["CAN-BLOCK-RELOAD"] == "YES"
        part_target = Decimal(playlist.tags["#EXT-X-PART-INF"]["PART-TARGET"])
        assert Decimal(control["PART-HOLD-BACK"]) >= 3 * part_target
        assert Decimal(control.get("HOLD-BACK", "Infinity")) >= 3 * playlist.target_duration
        assert "#EXT-X-PLAYLIST-TYPE" not in playlist.tags
    assert controls[0] == controls[1]


def test_HLS_7_parts_are_as_long_as_they_say(media):
    for rendition in RENDITIONS:
        playlist = media.playlist(rendition)
        for segment in playlist.whole:
            for part in segment.parts[:-1]:
                assert part.duration <= playlist.part_target + 1e-6
                assert part.duration >= 0.85 * playlist.part_target
            if rendition == "picture" and segment.parts:
                assert segment.parts[0].independent


def test_HLS_8_a_reload_blocks_until_the_part_is_there(media):
    waits = []
    for _ in range(6):
        playlist = media.playlist("picture")
        number, part = playlist.next_part
        began = time.monotonic()
        later = media.playlist("picture", _HLS_msn=number, _HLS_part=part)
        waits.append(time.monotonic() - began)
        assert later.next_part > (number, part)
    report("blocking reload, longest wait", max(waits))
    assert 0.05 < max(waits) < 3 * playlist.target_duration


def test_HLS_8_a_reload_blocks_until_the_segment_is_there(media):
    playlist = media.playlist("picture")
    number = playlist.whole[-1].number + 1
    later = media.playlist("picture", _HLS_msn=number)
    assert later.whole[-1].number >= number


@pytest.mark.parametrize("query", [{"_HLS_part": 0}, {"_HLS_msn": 10**9}, {"_HLS_msn": "x"}, {"_HLS_msn": -1}])
def test_HLS_9_a_reload_that_makes_no_sense_is_a_bad_request(media, query):
    assert media.ask("picture", **query).status_code == 400


@pytest.mark.parametrize("skip", ["YES", "v2"])
def test_HLS_10_a_delta_update_together_with_what_is_known_is_the_whole_playlist(media, skip):
    known = eventually(
        lambda: (now := media.playlist("picture")) and len(now.whole) > 13 and now, within=40, saying="more than is told again", every=0.5)
    number, part = known.next_part
    answer = media.ask("picture", _HLS_msn=number, _HLS_part=part, _HLS_skip=skip)
    delta = MediaPlaylist(answer.text, known)
    whole = media.playlist("picture")
    assert delta.skipped > 0 and len(answer.content) < len(whole.text)
    told = {segment.number: essence(segment) for segment in whole.whole}
    merged = {segment.number: essence(segment) for segment in delta.whole if segment.number in told}
    assert len(merged) > delta.skipped and all(told[number] == each for number, each in merged.items())


def test_HLS_11_a_hinted_part_blocks_and_then_comes_whole(media):
    for _ in range(4):
        playlist = media.playlist("picture")
        assert len([hint for hint in playlist.hints if hint["TYPE"] == "PART"]) == 1
        uri = playlist.hints[0]["URI"]
        began = time.monotonic()
        with media.client.stream("GET", f"{media.base}/picture/{uri}") as answer:
            first, body = None, b""
            for piece in answer.iter_raw():
                first = first or time.monotonic()
                body += piece
        ended = time.monotonic()
        assert answer.status_code == 200
        assert [kind for kind, _ in boxes(body)] == ["moof", "mdat"]
        assert ended - first < playlist.part_target / 2, "no byte of a part before the whole part exists"
        number, part = playlist.next_part
        later = media.playlist("picture", _HLS_msn=number, _HLS_part=part)
        assert uri in later.text, f"the hinted part becomes a part ({first - began:.2f} s)"


def test_HLS_11_a_part_that_nobody_hinted_is_not_there(media):
    assert media.resource("picture", "999999999.0.m4s").status_code == 404


def test_HLS_12_each_rendition_reports_the_other(media):
    for rendition, other in (RENDITIONS, RENDITIONS[::-1]):
        playlist = media.playlist(rendition)
        (report_,) = playlist.reports.values()
        assert other in report_["URI"] and not report_["URI"].startswith(("/", "http"))
        there = media.playlist(other)
        number, part = there.next_part
        said = (int(report_["LAST-MSN"]), int(report_["LAST-PART"]) + 1)
        assert abs(said[0] - number) <= 1


def test_HLS_13_renditions_agree_on_time(media):
    picture, sound = (media.playlist(rendition) for rendition in RENDITIONS)
    assert picture.target_duration == sound.target_duration
    assert picture.discontinuity_sequence == sound.discontinuity_sequence
    starts = {segment.number: segment.starts_at for segment in sound.whole}
    common = [segment for segment in picture.whole if segment.number in starts]
    assert common, "media sequence numbers of both are the same"
    for segment in common:
        assert segment.starts_at, "every segment has its instant"
        apart = abs((segment.starts_at - starts[segment.number]).total_seconds())
        assert apart < 0.1, f"segment {segment.number} begins {apart} s apart"


def test_HLS_1_segments_are_no_longer_than_the_target_duration(media):
    for rendition in RENDITIONS:
        playlist = media.playlist(rendition)
        assert all(round(segment.duration) <= playlist.target_duration for segment in playlist.whole)


def test_HLS_4_a_window_moves_forward_and_loses_its_oldest_only(media):
    seen = [media.playlist("picture")]
    until = time.monotonic() + 14
    while time.monotonic() < until:
        number, part = seen[-1].next_part
        seen.append(media.playlist("picture", _HLS_msn=number, _HLS_part=part))
    for before, after in zip(seen, seen[1:]):
        assert after.media_sequence >= before.media_sequence
        assert after.target_duration == before.target_duration
        kept = {segment.number: segment for segment in after.whole}
        for segment in before.whole:
            if segment.number >= after.media_sequence:
                assert kept[segment.number].uri == segment.uri and kept[segment.number].starts_at == segment.starts_at


def test_HLS_5_a_removed_segment_is_served_a_while_longer(media):
    oldest = media.playlist("picture").whole[0]
    eventually(
        lambda: media.playlist("picture").media_sequence > oldest.number, within=60, saying="the oldest segment leaves", every=0.5)
    assert media.resource("picture", oldest.uri).status_code == 200


def test_HLS_17_a_segment_is_its_parts_and_its_time_goes_on(media):
    for rendition in RENDITIONS:
        playlist = media.playlist(rendition)
        segment = next(segment for segment in reversed(playlist.whole) if segment.parts)
        whole = media.resource(rendition, segment.uri).content
        parts = [media.resource(rendition, part.uri).content for part in segment.parts]
        assert b"".join(parts) == whole
        times = [decode_time(part) for part in parts]
        assert times == sorted(set(times)), "decode times rise"
        initialisation = media.resource(rendition, segment.map_uri).content
        assert [kind for kind, _ in boxes(initialisation)] == ["ftyp", "moov"]


def test_HLS_15_and_17_the_multivariant_playlist_says_what_is_there(media):
    playlist = media.multivariant()
    (variant,) = playlist.variants
    assert variant["CODECS"].startswith("avc1.") and "mp4a.40.2" in variant["CODECS"]
    assert variant["RESOLUTION"] == "640x360"
    assert float(variant["FRAME-RATE"]) == pytest.approx(30, abs=0.5)
    assert int(variant["BANDWIDTH"]) >= int(variant["AVERAGE-BANDWIDTH"]) > 0
    (sound,) = playlist.renditions
    assert sound["TYPE"] == "AUDIO" and sound["NAME"] and sound["DEFAULT"] == "YES" and sound["AUTOSELECT"] == "YES"
    assert sound["GROUP-ID"] == variant["AUDIO"]
    assert not sound["URI"].startswith(("/", "http")), "URIs are relative"


def test_HLS_18_types_compression_and_caches(media):
    answer = media.ask("picture")
    assert answer.headers["content-type"] == "application/vnd.apple.mpegurl"
    assert answer.headers["content-encoding"] == "gzip"
    assert "no-cache" in answer.headers["cache-control"] or "max-age" in answer.headers["cache-control"]
    playlist = MediaPlaylist(answer.text)
    segment = media.resource("picture", playlist.whole[0].uri)
    assert segment.headers["content-type"] in ("video/mp4", "video/iso.segment")
    assert "max-age" in segment.headers["cache-control"]
    plain = media.client.get(f"{media.base}/picture/index.m3u8", headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers and plain.text.startswith("#EXTM3U")


def test_media_without_a_pass_is_refused(hub, media):
    with httpx.Client(base_url=hub.address) as stranger:
        for path in (media.path, f"{media.base}/picture/index.m3u8"):
            answer = stranger.get(path)
            assert answer.status_code in (401, 403)
            assert answer.headers["content-type"].startswith("application/problem+json")
            assert "no-store" in answer.headers["cache-control"]


def test_the_program_date_time_is_the_wall_clock(media):
    playlist = media.playlist("picture")
    behind = time.time() - playlist.edge.timestamp()
    report("playlist edge behind the wall clock", behind)
    # A publication is timed from the arrival of its first frame, which a slow encoder sends late and then catches up.
    assert -1 < behind < 2.5
