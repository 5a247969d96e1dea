"""What desks send that they should not: what of it is watched and kept is told in docs/6-production-desks.md, row by row."""

import time
from dataclasses import replace

import pytest

from harness import media
from harness.desk import PICTURE, SOUND, Desk, film, is_configuration, write
from harness.keeper import Keeper
from harness.waiting import eventually
from test_desks import ffmpeg, run_desk  # noqa: F401 (a fixture)


@pytest.fixture
def watched(hub, make_visitor, tmp_path):
    """Pushes something and looks at what came of it: what was watched, and the finished recording's files."""

    def watch(push):
        keeper = Keeper(make_visitor(), hub.live_session)
        push()
        time.sleep(1.5)  # so that the last whole segment is fetched
        hub.close_session(hub.live_session)
        keeper.end()
        recording = hub.finished_recording(hub.live_session)
        paths = [hub.recording_folder(recording) / file["name"] for file in media.movies(recording)]
        for path in paths:
            media.decode_whole(path)
        stretches = keeper.decode(tmp_path)
        assert hub.command("recording", "verify", recording["id"]).returncode == 0
        return Seen(keeper, stretches, paths)

    return watch


class Seen:
    def __init__(self, keeper, stretches, paths):
        self.keeper, self.stretches, self.paths = keeper, stretches, paths

    def of(self, rendition):
        return [name for name in self.stretches if name.startswith(rendition)]

    @property
    def in_step(self):
        """By how much the two renditions differ in length."""
        return abs(self.keeper.seconds("picture") - self.keeper.seconds("sound"))


def by_hand(hub, tags):
    def push():
        desk = Desk(hub.desk_address, tags)
        desk.wait(within=tags[-1].due + 10)
        desk.end()

    return push


def by_program(run_desk, command, seconds):  # noqa: F811
    def push():
        desk = run_desk(*command)
        eventually(lambda: desk.poll() is not None, within=seconds + 15, saying="ffmpeg has sent everything")
        assert desk.returncode == 0

    return push


def after(tags, seconds):
    """The same, later: for a second film behind the first."""
    return [replace(tag, due=tag.due + seconds, time=int(tag.time + seconds * 1000)) for tag in tags]


# By ffmpeg

def test_b_frames(hub, watched, run_desk):  # noqa: F811
    push = by_program(run_desk, ffmpeg(hub.desk_address, "-bf", "3", "-x264opts", "b-adapt=0:b-pyramid=normal", "-t", "9"), 9)
    seen = watched(push)
    assert len(seen.of("picture")) == 1 and len(seen.paths) == 1 and not seen.keeper.discontinuities()
    assert not media.gaps(media.frame_times(seen.paths[0]), longer_than=0.06), "every picture, in order"


@pytest.mark.parametrize(("mute", "rendition", "stream"), [("-an", "picture", "v:0"), ("-vn", "sound", "a:0")])
def test_picture_only_and_sound_only(hub, watched, run_desk, mute, rendition, stream):  # noqa: F811
    seen = watched(by_program(run_desk, ffmpeg(hub.desk_address, mute, "-t", "9"), 9))
    assert seen.stretches == seen.of(rendition) and len(seen.paths) == 1
    times = media.frame_times(seen.paths[0], stream)
    assert times[-1] - times[0] > 8 and not media.gaps(times, longer_than=0.06)


@pytest.mark.parametrize("change", [{"size": "640x360"}, {"sample_rate": 44100}])
def test_picture_or_sound_that_is_coded_otherwise_in_mid_stream(hub, watched, run_desk, tmp_path, change):  # noqa: F811
    tags = film(tmp_path, 6) + after(film(tmp_path, 6, name="other", **change), 6)
    write(tmp_path / "both.flv", tags)
    seen = watched(by_program(
        run_desk, ["ffmpeg", "-nostdin", "-v", "error", "-re", "-i", tmp_path / "both.flv", "-c", "copy", "-f", "flv", hub.desk_address], 12))
    changed = "picture" if "size" in change else "sound"
    assert len(seen.of(changed)) == 2, "a stretch for each"
    assert len(seen.keeper.discontinuities()) == 1 and seen.keeper.discontinuities() == seen.keeper.discontinuities("sound")
    assert seen.in_step < 1


def test_timestamps_that_wrap_at_31_bits_as_ffmpeg_writes_them(hub, watched, run_desk):  # noqa: F811
    offset = str((2**31 - 6000) / 1000)
    seen = watched(by_program(run_desk, ffmpeg(hub.desk_address, "-output_ts_offset", offset, "-t", "12"), 12))
    assert len(seen.paths) == 1 and seen.in_step < 1
    holes = media.gaps(media.frame_times(seen.paths[0]), longer_than=0.06)
    assert len(holes) <= 1 and all(length < 2 for _, length in holes), "at most up to the next key frame"


# By hand

def test_timestamps_that_wrap_at_32_bits(hub, watched, tmp_path):
    tags = [tag.at(2**32 - 5000 + tag.time) for tag in film(tmp_path, 10)]
    seen = watched(by_hand(hub, tags))
    assert len(seen.paths) == 1 and not seen.keeper.discontinuities() and seen.in_step < 1
    assert not media.gaps(media.frame_times(seen.paths[0]), longer_than=0.06), "nobody notices"


@pytest.mark.parametrize("jump", [3_600_000, 5000, -4000, -600])
def test_timestamps_that_jump(hub, watched, tmp_path, jump):
    tags = [tag.at(tag.time + 100_000 + (jump if tag.due >= 5 else 0)) for tag in film(tmp_path, 12)]
    seen = watched(by_hand(hub, tags))
    assert len(seen.paths) == 1 and len(seen.of("picture")) == 1 and seen.in_step < 1.5
    holes = media.gaps(media.frame_times(seen.paths[0]), longer_than=0.06)
    assert len(holes) <= 1 and all(length < 6.5 for _, length in holes), holes
    assert len(seen.keeper.discontinuities()) <= 1


def test_timestamps_of_the_sound_alone_that_jump(hub, watched, tmp_path):
    tags = [tag.at(tag.time + (500_000 if tag.kind == SOUND and tag.due >= 5 else 0)) for tag in film(tmp_path, 12)]
    seen = watched(by_hand(hub, tags))
    assert len(seen.paths) == 1 and seen.in_step < 1.5
    assert seen.keeper.seconds("picture") > 7, "the picture goes on"


@pytest.mark.parametrize("kinds", [(PICTURE, SOUND), (PICTURE,)])
def test_timestamps_that_stand_still(hub, watched, tmp_path, kinds):
    tags = [tag.at(5000 if tag.kind in kinds and tag.due >= 5 else tag.time) for tag in film(tmp_path, 16)]
    seen = watched(by_hand(hub, tags))
    assert len(seen.paths) == 1 and not seen.keeper.discontinuities()
    assert seen.keeper.seconds("picture") > 11
    times = media.frame_times(seen.paths[0])
    assert times[-1] - times[0] > 13 and not media.gaps(times, longer_than=0.7), "the arrival counts"


def test_sound_that_stays_away_and_returns(hub, watched, tmp_path):
    tags = [tag for tag in film(tmp_path, 14) if tag.kind != SOUND or not 4 <= tag.due < 9]
    seen = watched(by_hand(hub, tags))
    assert seen.in_step < 1 and not seen.keeper.discontinuities()
    assert not media.gaps(media.frame_times(seen.paths[0], "a:0"), longer_than=0.1), "silence stands in for it"


def test_sound_that_is_announced_and_never_comes(hub, watched, tmp_path):
    tags = [tag for tag in film(tmp_path, 9) if tag.kind != SOUND or is_configuration(tag)]
    seen = watched(by_hand(hub, tags))
    assert seen.stretches == seen.of("picture") and len(seen.paths) == 1


def test_picture_that_stays_away_and_returns(hub, watched, tmp_path):
    tags = [tag for tag in film(tmp_path, 16) if tag.kind != PICTURE or not 4 <= tag.due < 10]
    seen = watched(by_hand(hub, tags))
    assert len(seen.of("picture")) == len(seen.of("sound")) == 1 and len(seen.paths) == 1
    holes = media.gaps(media.frame_times(seen.paths[0]), longer_than=0.06)
    assert len(holes) == 1 and 5 < holes[0][1] < 8
    assert not media.gaps(media.frame_times(seen.paths[0], "a:0"), longer_than=0.1), "the sound goes on"
