"""What is kept: by itself, through crashes, and to the bit."""

import json
import random
import shutil
import signal
import subprocess
import time
from datetime import datetime

import pytest

from harness import media
from harness.figures import report
from harness.visitor import Visitor
from harness.waiting import eventually

FRAME = 1 / 30
# The stated loss when the program is killed: the chunk that was being made, and what waited to be written.
LOST_WHEN_KILLED = 1.0
# When the power fails: what came since the last sync, and the sync itself, on top of that.
LOST_WITHOUT_POWER = 2.5


def recording_underway(hub, at_least_bytes=200_000):
    """The recording of the live session, once so much of its picture has reached the disk."""

    def underway():
        for recording in hub.recordings(hub.live_session):
            for manifest in hub.data.rglob(f"{recording['id']}/manifest.json"):
                if sum(file.stat().st_size for file in manifest.parent.glob("picture-*.mp4")) > at_least_bytes:
                    return recording
        return None

    return eventually(underway, within=30, saying="the session is being recorded", every=0.2)


def finished_file(hub, recording):
    return hub.recording_folder(recording) / media.movies(recording)[0]["name"]


def start_of_file(hub, recording):
    """The instant of the finished file's time 0, in seconds since 1970."""
    manifest = json.loads((hub.recording_folder(recording) / "manifest.json").read_text())
    first = min(track["stretches"][0]["from"] for track in manifest["tracks"])
    return datetime.fromisoformat(first.replace("Z", "+00:00")).timestamp()


@pytest.fixture
def recording(hub, camera):
    """A finished recording of about ten seconds."""
    recording_underway(hub)
    time.sleep(8)
    hub.close_session(hub.live_session)
    return hub.finished_recording(hub.live_session)


def test_a_closed_session_leaves_a_whole_file(hub, recording):
    path = finished_file(hub, recording)
    media.decode_whole(path)
    assert media.codecs(path) == {"h264", "aac"}
    (file,) = media.movies(recording)
    assert media.sha256(path) == file["sha256"] and path.stat().st_size == file["bytes"]
    assert media.duration(path) == pytest.approx(file["seconds"], abs=0.2)
    times = media.frame_times(path)
    assert not media.gaps(times, longer_than=1.5 * FRAME), "every frame of the camera is there"
    assert path.read_bytes()[:4096].find(b"moov") > 0, "a file for fast start begins with its index"
    assert (path.parent / "poster.jpg").stat().st_size > 1000


def test_an_archivist_plays_and_seeks_it_in_a_browser(hub, recording, make_live_page):
    page = make_live_page("archivist").page
    page.goto(f"{hub.address}/recordings/{recording['id']}")
    page.wait_for_function("() => document.querySelector('video')?.readyState >= 1", timeout=15_000)
    length = page.evaluate("() => document.querySelector('video').duration")
    assert length == pytest.approx(media.movies(recording)[0]["seconds"], abs=0.3)
    page.evaluate("() => document.querySelector('video').play()")
    page.wait_for_function("() => document.querySelector('video').getVideoPlaybackQuality().totalVideoFrames > 20", timeout=15_000)
    began = time.monotonic()
    page.evaluate("() => { document.querySelector('video').currentTime = 5 }")
    page.wait_for_function(
        "() => { const v = document.querySelector('video'); return !v.seeking && v.currentTime > 5.3 }", timeout=15_000)
    report("seek in a recording to playing on", time.monotonic() - began)


def test_an_archivist_downloads_it_in_two_goes(hub, recording):
    archivist = Visitor(hub)
    archivist.sign_in(hub.told["signIn"]["archivist"])
    (file,) = media.movies(recording)
    path = f"/api/v1/recordings/{recording['id']}/files/{file['name']}"
    head = archivist.client.head(path)
    assert head.status_code == 200 and int(head.headers["content-length"]) == file["bytes"]
    assert head.headers["accept-ranges"] == "bytes" and head.headers["etag"].startswith('"')
    half = file["bytes"] // 2
    first = archivist.get(path, headers={"Range": f"bytes=0-{half - 1}"})
    rest = archivist.get(path, headers={"Range": f"bytes={half}-", "If-Range": head.headers["etag"]})
    assert first.status_code == rest.status_code == 206
    assert rest.headers["content-range"] == f"bytes {half}-{file['bytes'] - 1}/{file['bytes']}"
    assert first.content + rest.content == finished_file(hub, recording).read_bytes()
    last = archivist.get(path, headers={"Range": "bytes=-500"})
    assert last.content == rest.content[-500:]
    assert archivist.get(path, headers={"Range": f"bytes={file['bytes']}-"}).status_code == 416
    assert archivist.get(path, headers={"If-None-Match": head.headers["etag"]}).status_code == 304


def test_a_participant_may_not_download_it(hub, recording, make_visitor):
    path = f"/api/v1/recordings/{recording['id']}/files/{recording['files'][0]['name']}"
    assert make_visitor("participant").get(path).status_code == 403


def test_verification_finds_one_flipped_bit_in_any_file(hub, recording):
    sound = hub.command("recording", "verify", recording["id"], within=60)
    assert sound.returncode == 0, sound.stdout + sound.stderr
    chance = random.Random(2021)
    files = sorted(hub.recording_folder(recording).iterdir())
    assert len(files) >= 8, files
    for file in files:
        whole = file.read_bytes()
        position, bit = chance.randrange(len(whole)), chance.randrange(8)
        with file.open("r+b") as damaged:
            damaged.seek(position)
            damaged.write(bytes([whole[position] ^ 1 << bit]))
        found = hub.command("recording", "verify", recording["id"], within=60)
        file.write_bytes(whole)
        assert found.returncode != 0, f"bit {bit} of byte {position} of {file.name} was not missed"
        assert file.name in found.stdout + found.stderr, found.stdout + found.stderr
    assert hub.command("recording", "verify", recording["id"], within=60).returncode == 0


def test_the_sum_of_a_folder_is_checked_without_hemicycle(hub, recording):
    folder = hub.recording_folder(recording)
    checked = subprocess.run(["sha256sum", "--check", "--strict", "checksums.sha256"], cwd=folder, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_a_killed_server_loses_no_more_than_it_states(hub, camera):
    before = recording_underway(hub)
    time.sleep(6)
    hub.kill()
    killed_at = time.time()
    camera.end()
    hub.start()
    camera.start()
    back_at = time.time()
    time.sleep(8)
    hub.close_session(hub.live_session)
    recording = hub.finished_recording(hub.live_session)
    assert recording["id"] == before["id"], "the same session goes on in the same recording"

    path = finished_file(hub, recording)
    media.decode_whole(path)
    times = media.frame_times(path)
    holes = media.gaps(times, longer_than=1.5 * FRAME)
    assert len(holes) == 1, holes
    (last_kept, length), = holes
    lost = killed_at - (start_of_file(hub, recording) + last_kept)
    report("lost by kill -9", lost)
    report("restart to recording again", last_kept + length + start_of_file(hub, recording) - back_at)
    assert lost < LOST_WHEN_KILLED
    assert "crash" in recording["note"], "what was lost is said"
    assert hub.command("recording", "verify", recording["id"]).returncode == 0


def test_a_folder_as_a_power_cut_leaves_it_is_recovered(hub, camera, make_hub, tmp_path):
    recording_underway(hub, at_least_bytes=600_000)
    hub.process.send_signal(signal.SIGSTOP)
    cut_at = time.time()
    twin = make_hub()
    shutil.copytree(hub.data, twin.data, symlinks=True, ignore=shutil.ignore_patterns("*.sock"))
    hub.process.send_signal(signal.SIGCONT)
    tear(twin)

    twin.start()
    session = twin.live_session
    twin.close_session(session)
    recording = twin.finished_recording(session)
    path = finished_file(twin, recording)
    media.decode_whole(path)
    times = media.frame_times(path)
    assert not media.gaps(times, longer_than=1.5 * FRAME)
    lost = cut_at - (start_of_file(twin, recording) + times[-1])
    report("lost by a power cut", lost)
    assert lost < LOST_WITHOUT_POWER
    assert "torn" in recording["note"], "what was lost is said"
    assert twin.command("recording", "verify", recording["id"]).returncode == 0


def tear(hub):
    """What a power cut does to the unsynced end of files: pages that never arrived read as zeros, lines end in the middle."""
    (folder,) = {index.parent for index in hub.data.rglob("picture-1.index")}
    last = json.loads((folder / "picture-1.index").read_text().splitlines()[-1])
    with (folder / "picture-1.mp4").open("r+b") as picture:
        picture.seek(last["offset"] + last["length"] // 2)
        rest = len(picture.read())
        picture.seek(-rest, 2)
        picture.write(bytes(rest))
    index = folder / "sound-1.index"
    with index.open("r+b") as sound:
        sound.truncate(index.stat().st_size - 20)


def test_the_next_start_finishes_what_was_left_unfinished(hub, camera):
    recording_underway(hub)
    session = hub.live_session
    hub.close_session(session)
    hub.kill()
    camera.end()
    hub.start()
    recording = hub.finished_recording(session)
    media.decode_whole(finished_file(hub, recording))


def test_a_session_that_is_opened_again_goes_on_in_its_recording(hub, recording):
    hub.open_session(hub.live_session)
    eventually(lambda: hub.recordings(hub.live_session)[0]["state"] == "recording", within=15, saying="it goes on")
    time.sleep(6)
    hub.close_session(hub.live_session)
    again = hub.finished_recording(hub.live_session)
    assert [each["id"] for each in hub.recordings(hub.live_session)] == [recording["id"]]
    assert media.movies(again)[0]["seconds"] > media.movies(recording)[0]["seconds"] + 4
    path = finished_file(hub, again)
    media.decode_whole(path)
    assert len(media.gaps(media.frame_times(path), longer_than=1.5 * FRAME)) == 1
    assert hub.command("recording", "verify", recording["id"]).returncode == 0


def test_the_desk_that_drops_leaves_one_gap_and_one_file(hub, camera, make_live_page):
    recording_underway(hub)
    camera.drop()
    time.sleep(4)
    camera.start()
    time.sleep(6)
    hub.close_session(hub.live_session)
    recording = hub.finished_recording(hub.live_session)
    path = finished_file(hub, recording)
    assert len(media.movies(recording)) == 1
    media.decode_whole(path)
    holes = media.gaps(media.frame_times(path), longer_than=1.5 * FRAME)
    assert len(holes) == 1, holes
    assert 3 < holes[0][1] < 12
    assert not media.gaps(media.frame_times(path, "a:0"), longer_than=2 * 1024 / 48_000), "silence where there is no sound"
    page = make_live_page("archivist").page
    stays_in_step(page, hub, recording, hole=holes[0])
    assert "the production desk sent nothing" in page.locator("main").inner_text()


def stays_in_step(page, hub, recording, hole):
    """Plays across a hole: the sound of after it is not heard within it, where browsers would play it if nothing stood there."""
    page.goto(f"{hub.address}/recordings/{recording['id']}")
    page.wait_for_function("() => document.querySelector('video')?.readyState >= 1", timeout=15_000)
    begins, length = hole
    page.evaluate("from => { const v = document.querySelector('video'); v.currentTime = from; v.play() }", begins - 1)

    def sound_at(second):
        """Bytes of sound that were decoded when the picture has come so far."""
        page.wait_for_function("at => document.querySelector('video').currentTime > at", arg=second, timeout=30_000)
        return page.evaluate("() => document.querySelector('video').webkitAudioDecodedByteCount")

    ends = begins + length
    heard = [sound_at(second) for second in (begins + 1, ends - 1, ends + 1, ends + 3)]
    assert heard[1] - heard[0] < 500 * (length - 2), "nothing but silence within the hole"
    assert heard[3] - heard[2] > 5_000, "sound after it"


def test_a_desk_that_changes_its_picture_leaves_a_file_for_each_stretch(hub, camera, make_camera):
    recording_underway(hub)
    camera.stop()
    make_camera(hub.desk_address, size="1280x720").start()
    time.sleep(6)
    hub.close_session(hub.live_session)
    recording = hub.finished_recording(hub.live_session)
    assert len(media.movies(recording)) == 2
    for file in media.movies(recording):
        media.decode_whole(hub.recording_folder(recording) / file["name"])


def test_the_command_line_lists_recordings(hub, recording):
    listed = hub.command("recording", "list")
    assert listed.returncode == 0 and recording["id"] in listed.stdout


def test_a_moderator_pauses_it_in_the_console_and_nothing_of_that_time_is_kept(hub, camera, make_live_page):
    recording_underway(hub)
    viewer = make_live_page("participant").enter(hub.live_session).page
    badge = viewer.locator('.facts [data-field="recorder"]')
    badge.filter(has_text="Being recorded").wait_for(timeout=15_000)
    console = make_live_page("moderator").page
    console.goto(f"{hub.address}/rooms/{hub.api('GET', f'/sessions/{hub.live_session}').json()['room']}/moderate")
    console.get_by_text("Pause the recording").click()
    console.locator('hc-pause [data-for="pause"] input[name="reason"]').fill("In camera.")
    console.get_by_role("button", name="Pause now").click()
    badge.filter(has_text="Recording paused").wait_for(timeout=10_000)
    began = time.time()
    time.sleep(4)
    ended = time.time()
    console.get_by_text("Go on recording").click()
    console.locator('hc-pause [data-for="resume"] input[name="reason"]').fill("In public again.")
    console.get_by_role("button", name="Record again").click()
    badge.filter(has_text="Being recorded").wait_for(timeout=10_000)
    time.sleep(4)
    hub.close_session(hub.live_session)
    recording = hub.finished_recording(hub.live_session)
    (gap,) = recording["gaps"]
    assert gap["cause"] == "paused"
    # The instants of a recording are as true as its first frame was punctual; the camera's clock tells of each frame.
    assert datetime.fromisoformat(gap["at"].replace("Z", "+00:00")).timestamp() == pytest.approx(began, abs=2)
    assert gap["seconds"] > ended - began
    path = finished_file(hub, recording)
    media.decode_whole(path)
    assert len(media.gaps(media.frame_times(path), longer_than=1.5 * FRAME)) == 1
    since_began = [(clock - round(began * 100)) & 0xFFFF for clock in media.camera_clocks(path)]
    paused = round((ended - began) * 100)
    assert not [after for after in since_began if 0 < after < paused], "all of the pause is missing"
    assert min(since_began) < paused + 400, "frames after it are kept"


def test_a_second_session_is_not_opened_in_a_room_that_is_in_use(hub):
    ended = hub.told["sessions"]["ended"]
    assert hub.api("GET", f"/sessions/{ended}").json()["room"] == hub.api("GET", f"/sessions/{hub.live_session}").json()["room"]
    answer = hub.api("POST", f"/sessions/{ended}/open", json={"reason": "Once more."})
    assert answer.status_code == 409 and answer.json()["type"] == "/problems/room-in-use"


def test_retention_tells_what_it_would_delete_and_deletes_exactly_that(hub, recording):
    def files():
        below = hub.data / "recordings"
        return {str(path.relative_to(below)): path.stat().st_size for path in below.rglob("*") if path.is_file()}

    def retention(*arguments):
        done = hub.command(
            "recording", "retention", "--conference", hub.told["conference"], "--older-than", "0", *arguments)
        assert done.returncode == 0, done.stdout + done.stderr
        *listed, total = done.stdout.strip().splitlines()
        return {path: int(size) for size, path in (line.split() for line in listed)}, total

    before = files()
    told, total = retention("--dry-run")
    assert told == files() == before and "would be deleted" in total
    deleted, total = retention()
    assert deleted == told and files() == {} and "were deleted" in total
    gone = hub.api("GET", f"/recordings/{recording['id']}")
    assert gone.status_code == 410 and gone.json()["type"] == "/problems/recording-deleted"
    assert hub.recordings(hub.live_session) == []
    space = hub.api("GET", f"/conferences/{hub.conference}/recordings/space").json()
    assert space["used"] == 0 and space["free"] > 0


def test_a_budget_that_the_programme_will_not_fit_in_is_an_alarm(hub, camera):
    recording_underway(hub)
    set_to = hub.command("recording", "budget", "--conference", hub.told["conference"], "--gigabytes", "0.001")
    assert set_to.returncode == 0, set_to.stdout + set_to.stderr
    eventually(
        lambda: "space-short" in hub.recording_state(hub.live_session)["alarms"], within=45, saying="the alarm is raised")
    assert "do not fit" in hub.command("recording", "space").stdout
