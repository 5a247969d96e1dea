"""Parts of a recording as files of their own, to the key frame and to the picture."""

import hashlib
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from harness import media
from harness.camera import Camera
from harness.hub import Hub
from harness.livepage import LivePage
from harness.waiting import eventually
from test_archive import look_at_all_sizes
from test_pages import SCREENSHOTS
from test_recording import finished_file, recording_underway


@pytest.fixture(scope="module")
def hub(request):
    with tempfile.TemporaryDirectory(prefix="hemicycle-") as folder:
        hub = Hub(request.config.getoption("--program").resolve(), Path(folder) / "hub").start()
        yield hub
        hub.end()


@pytest.fixture(scope="module")
def recorded(hub, tmp_path_factory):
    """A finished recording of some twelve seconds."""
    camera = Camera(hub.desk_address, tmp_path_factory.mktemp("camera")).start()
    recording_underway(hub)
    time.sleep(12)
    hub.close_session(hub.live_session)
    camera.end()
    return hub.finished_recording(hub.live_session)


def place(recording, seconds):
    start = datetime.fromisoformat(media.movies(recording)[0]["startsAt"].replace("Z", "+00:00"))
    return (start + timedelta(seconds=seconds)).isoformat().replace("+00:00", "Z")


def cut(hub, recording, start, end, exactness):
    wish = {"from": place(recording, start), "until": place(recording, end), "exactness": exactness}
    return hub.api("POST", f"/recordings/{recording['id']}/clips", json=wish)


def made(hub, recording, clip):
    def settled():
        told = hub.api("GET", f"/recordings/{recording['id']}/clips/{clip['id']}").json()
        return told if told["state"] != "making" else None

    told = eventually(settled, within=60, saying="the clip is made", every=0.2)
    assert told["state"] == "ready", told
    return told


def fetch(hub, clip, folder):
    answer = hub.api("GET", clip["path"].removeprefix("/api/v1"))
    assert answer.status_code == 200 and hashlib.sha256(answer.content).hexdigest() == clip["file"]["sha256"]
    path = folder / f"{clip['id']}.mp4"
    path.write_bytes(answer.content)
    return path


def pictures(path):
    """When each picture that comes out of a decoder is shown."""
    frames = media.probe(path, "-select_streams", "v:0", "-show_entries", "frame=pts_time")["frames"]
    return [float(frame["pts_time"]) for frame in frames]


def test_a_clip_has_the_pictures_that_were_asked_for(hub, recorded, tmp_path):
    times = media.frame_times(finished_file(hub, recorded))
    keys = [
        float(packet["pts_time"])
        for packet in media.probe(finished_file(hub, recorded), "-select_streams", "v:0", "-show_entries", "packet=pts_time,flags")["packets"]
        if packet["flags"].startswith("K")
    ]
    length = times[-1]
    # Within one group of pictures, across several, and to the very ends of the file.
    within = (keys[1] + 0.3, keys[1] + 0.9)
    for start, end in (within, (keys[1] + 0.31, keys[3] + 0.52), (keys[1], keys[2]), (0.2, length - 0.2)):
        answer = cut(hub, recorded, start, end, "frame")
        assert answer.status_code == 202, answer.text
        clip = made(hub, recorded, answer.json())
        path = fetch(hub, clip, tmp_path)
        media.decode_whole(path)
        shown = max(each for each in times if each <= start + 0.0005)
        wanted = [each for each in times if shown <= each < end - 0.0005]
        found = pictures(path)
        assert len(found) == len(wanted), (start, end)
        assert all(abs(a - (b - shown)) < 0.001 for a, b in zip(found, wanted))
        sound = media.frame_times(path, "a:0")
        assert 0 <= sound[0] < 0.04 and abs(sound[-1] - (wanted[-1] - shown)) < 0.08
        whole = media.frame_times(finished_file(hub, recorded), "a:0")
        assert any(abs(each - shown - sound[0]) < 0.001 for each in whole), "the sound keeps its distance from the picture"
    assert hub.command("recording", "verify", recorded["id"]).returncode == 0, "clips are no part of what the checksums vouch for"


def test_a_clip_to_the_key_frame_is_copied(hub, recorded, tmp_path):
    path = finished_file(hub, recorded)
    packets = media.probe(path, "-select_streams", "v:0", "-show_entries", "packet=pts_time,flags", "-show_packets")["packets"]
    keys = [float(each["pts_time"]) for each in packets if each["flags"].startswith("K")]
    clip = made(hub, recorded, cut(hub, recorded, keys[1] + 0.2, keys[2] + 0.2, "key-frame").json())
    found = fetch(hub, clip, tmp_path)
    media.decode_whole(found)
    times = media.frame_times(found)
    wanted = [each for each in media.frame_times(path) if keys[1] <= each < (keys[3] if len(keys) > 3 else 1e9)]
    assert len(times) == len(wanted)
    begins = datetime.fromisoformat(clip["file"]["startsAt"].replace("Z", "+00:00"))
    asked = datetime.fromisoformat(place(recorded, keys[1]).replace("Z", "+00:00"))
    assert abs((begins - asked).total_seconds()) < 0.002


def test_what_cannot_be_cut_is_refused_in_words(hub, recorded):
    backwards = cut(hub, recorded, 3, 2, "frame")
    assert backwards.status_code == 422 and "comes after" in backwards.json()["detail"]
    beyond = cut(hub, recorded, 2, 3600, "frame")
    assert beyond.status_code == 422 and "No file" in beyond.json()["detail"]


def test_a_clip_is_made_after_a_crash_and_goes_when_it_is_removed(hub, recorded, tmp_path):
    clip = cut(hub, recorded, 1, 5, "frame").json()
    hub.kill()
    hub.start()
    ready = made(hub, recorded, clip)
    media.decode_whole(fetch(hub, ready, tmp_path))
    assert hub.api("DELETE", f"/recordings/{recorded['id']}/clips/{clip['id']}").status_code == 204
    assert hub.api("GET", f"/recordings/{recorded['id']}/clips/{clip['id']}").status_code == 404
    assert not list(hub.recording_folder(recorded).glob(f"{clip['id']}*"))


@pytest.fixture(scope="module")
def archivist(hub, chromium):
    """What a browser keeps of an archivist's sign-in."""
    context = chromium.new_context()
    LivePage(context.new_page(), hub).sign_in(hub.told["signIn"]["archivist"])
    state = context.storage_state()
    context.close()
    return state


def page_of(hub, recording, context):
    page = context.new_page()
    page.goto(f"{hub.address}/recordings/{recording['id']}")
    return page


def test_an_archivist_cuts_a_clip_where_the_player_stands(hub, recorded, archivist, chromium, tmp_path):
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB", storage_state=archivist)
    page = page_of(hub, recorded, context)
    clips = page.locator("hc-clips")
    for at, button in ((2.5, "From here"), (5.25, "To here")):
        page.evaluate("at => { document.querySelector('video').currentTime = at }", at)
        page.wait_for_function("at => !document.querySelector('video').seeking && document.querySelector('video').currentTime === at", arg=at)
        clips.get_by_role("button", name=button).click()
    assert clips.locator("[name=from]").input_value() == "0:00:02.500"
    clips.get_by_label("Title").fill("Paroles d’ouverture")
    clips.get_by_role("button", name="Make the clip").click()
    made = clips.locator("li", has_text="Paroles d’ouverture")
    made.get_by_role("link", name="Download").wait_for()
    assert page.evaluate("document.querySelector('video').currentTime") == 5.25, "the player stays where it was"
    with page.expect_download() as download:
        made.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "Paroles d’ouverture.mp4"
    path = tmp_path / "clip.mp4"
    download.value.save_as(path)
    media.decode_whole(path)
    assert abs(len(pictures(path)) / 30 - 2.75) < 0.1
    look_at_all_sizes(page, "recording-clips")
    clips.locator("[name=from]").fill("0:00:09")
    clips.locator("[name=until]").fill("0:00:08")
    clips.get_by_role("button", name="Make the clip").click()
    clips.get_by_text("The end of a clip comes after its beginning.").wait_for()
    made.get_by_role("button", name="Remove").click()
    made.wait_for(state="detached")
    context.close()


def test_an_archivist_cuts_a_clip_without_scripts_in_french(hub, recorded, archivist, chromium):
    context = chromium.new_context(java_script_enabled=False, locale="fr-FR", viewport={"width": 360, "height": 740}, storage_state=archivist)
    page = page_of(hub, recorded, context)
    order = page.locator(".clip-order")
    order.locator("[name=from]").fill("0:00:01")
    order.locator("[name=until]").fill("0:00:03.5")
    order.get_by_role("button", name="Créer l’extrait").click()
    made = page.locator(".clips li", has_text="0:00:01 – 0:00:03.500")

    def ready():
        page.reload()
        return made.get_by_role("link", name="Télécharger").count() == 1

    eventually(ready, within=30, saying="the clip is made", every=0.5)
    page.screenshot(path=SCREENSHOTS / "recording-clips-french.png", full_page=True)
    made.get_by_role("button", name="Supprimer").click()
    assert made.count() == 0
    context.close()
