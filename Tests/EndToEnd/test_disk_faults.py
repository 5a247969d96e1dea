"""A recording on a disk that is slow, fails or is full: the session goes on live, and what is lost is said."""

import os
import subprocess
import time
from contextlib import contextmanager

import pytest

from harness import media
from harness.faulty_disk import FaultyDisk
from harness.figures import report
from harness.playlists import MediaPlaylist
from harness.visitor import Visitor
from harness.waiting import eventually, throughout


@pytest.fixture
def disk(tmp_path):
    return FaultyDisk(tmp_path)


@pytest.fixture
def hub(make_hub, disk):
    hub = make_hub()
    hub.more_environment = disk.environment
    return hub.start()


class Viewer:
    """Somebody who watches the session's playlist for how far behind the wall clock its end is."""

    def __init__(self, hub):
        self.visitor = Visitor(hub)
        self.visitor.sign_in(hub.told["signIn"]["participant"])
        path = eventually(lambda: self.visitor.enter(hub.live_session).get("media"), within=30, saying="it is live")
        self.playlist = path.replace("index.m3u8", "picture/index.m3u8")
        eventually(lambda: self.visitor.get(self.playlist).status_code == 200, within=20, saying="there is a playlist")

    @property
    def seconds_behind(self):
        playlist = MediaPlaylist(self.visitor.get(self.playlist).text)
        last = next(segment for segment in reversed(playlist.segments) if segment.starts_at)
        behind = time.time() - last.starts_at.timestamp()
        return behind - (last.duration or sum(part.duration for part in last.parts))

    def watches_on(self, seconds):
        throughout(lambda: self.seconds_behind < 3, seconds, saying="the session goes on live")


def kept(hub, at_least=200_000):
    eventually(
        lambda: (hub.recording_state(hub.live_session).get("bytes") or 0) > at_least, within=30, saying="it is being recorded",
        every=0.2)


def alarms(hub):
    return hub.recording_state(hub.live_session)["alarms"]


def finished(hub):
    hub.close_session(hub.live_session)
    recording = hub.finished_recording(hub.live_session)
    for file in media.movies(recording):
        media.decode_whole(hub.recording_folder(recording) / file["name"])
    verified = hub.command("recording", "verify", recording["id"])
    assert verified.returncode == 0, verified.stdout
    return recording


def test_a_slow_disk_is_an_alarm_and_holds_up_nobody(hub, disk, camera):
    viewer = Viewer(hub)
    kept(hub)
    with disk.fault("slow 1500"):
        eventually(lambda: "disk-slow" in alarms(hub), within=15, saying="the alarm is raised")
        viewer.watches_on(5)
        assert hub.recording_state(hub.live_session)["queuedBytes"] > 0
    eventually(lambda: "disk-slow" not in alarms(hub), within=20, saying="it is over")
    assert finished(hub)["gaps"] == [], "what waited was kept"


def test_a_disk_that_refuses_to_write_costs_what_came_meanwhile_and_no_more(hub, disk, camera):
    viewer = Viewer(hub)
    kept(hub)
    with disk.fault("fail writes"):
        eventually(lambda: "disk-failing" in alarms(hub), within=5, saying="the alarm is raised")
        assert hub.api("GET", f"/sessions/{hub.live_session}").json()["recording"] == "failing"
        viewer.watches_on(4)
    eventually(lambda: "disk-failing" not in alarms(hub), within=10, saying="the alarm is over")
    state = hub.recording_state(hub.live_session)
    assert {gap["cause"] for gap in state["gaps"]} == {"disk"} and state["leftOut"] > 0
    (gap,) = finished(hub)["gaps"]
    assert gap["cause"] == "loss" and 4 < gap["seconds"] < 12


def test_what_a_failed_sync_has_dropped_is_written_again(hub, disk, camera):
    kept(hub)
    with disk.fault("fail syncs"):
        eventually(lambda: "disk-failing" in alarms(hub), within=5, saying="the alarm is raised")
        time.sleep(3)
    eventually(lambda: alarms(hub) in ([], ["space-low"]), within=10, saying="the alarm is over")
    assert finished(hub)["gaps"] == []


@contextmanager
def small_disk(path, megabytes):
    path.mkdir(parents=True, mode=0o700)
    options = f"size={megabytes}m,mode=0700"
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", path], capture_output=True, text=True)
    if mounted.returncode != 0:
        pytest.skip(f"a file system of its own cannot be mounted here: {mounted.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", path], check=True)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small file system")
def test_a_full_disk_is_an_alarm_and_recording_goes_on_when_there_is_room(make_hub, make_camera):
    hub = make_hub()
    with small_disk(hub.data / "recordings", megabytes=64):
        try:
            full_and_free(hub, make_camera)
        finally:
            hub.end()
            hub.process = None


def full_and_free(hub, make_camera):
    hub.start()
    make_camera(hub.desk_address).start()
    viewer = Viewer(hub)
    kept(hub)
    assert "space-low" in alarms(hub), "64 MB are little"
    filler = hub.data / "recordings" / "filler"
    began = time.monotonic()
    fill(filler)
    eventually(lambda: "disk-full" in alarms(hub), within=10, saying="the alarm is raised")
    report("full disk to alarm", time.monotonic() - began)
    viewer.watches_on(5)
    before = hub.recording_state(hub.live_session)["bytes"]
    filler.unlink()
    eventually(lambda: hub.recording_state(hub.live_session)["bytes"] > before + 100_000, within=10, saying="it goes on")
    eventually(lambda: "disk-full" not in alarms(hub), within=10, saying="the alarm is over")
    (gap,) = finished(hub)["gaps"]
    assert gap["cause"] == "loss"


def fill(file):
    """Leaves no byte free."""
    with file.open("wb", buffering=0) as filler:
        size = 1 << 20
        while size:
            try:
                filler.write(bytes(size))
            except OSError:
                size //= 2
