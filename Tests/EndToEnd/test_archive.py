"""What the archive offers: chapters, pictures, search, files made again, verification, and the page that shows it all."""

import time
from datetime import datetime

import pytest

from harness import media
from harness.livepage import LivePage
from harness.waiting import eventually
from test_pages import SIZES, look
from test_recording import finished_file, recording_underway, start_of_file


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def mark(hub, title):
    answer = hub.api("POST", f"/sessions/{hub.live_session}/marks", json={"title": title})
    assert answer.status_code == 201, answer.text
    return answer.json()


@pytest.fixture
def marked(hub, camera):
    """A finished recording with two marks, and the marks."""
    recording_underway(hub)
    time.sleep(4)
    first = mark(hub, "First speech")
    time.sleep(4)
    second = mark(hub, "Deuxième intervention")
    time.sleep(4)
    hub.close_session(hub.live_session)
    return hub.finished_recording(hub.live_session), [first, second]


@pytest.fixture
def archivist(chromium, hub):
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = context.new_page()
    LivePage(page, hub).sign_in(hub.told["signIn"]["archivist"])
    yield page
    context.close()


def chapters(path):
    found = media.probe(path, "-show_chapters")["chapters"]
    return [(float(each["start_time"]), each["tags"]["title"]) for each in found]


def test_A_2_chapters_stand_where_they_were_marked(hub, marked):
    recording, marks = marked
    path = finished_file(hub, recording)
    begin = start_of_file(hub, recording)
    found = chapters(path)
    assert [title for _, title in found[-2:]] == ["First speech", "Deuxième intervention"]
    for (start, _), each in zip(found[-2:], marks):
        assert abs(begin + start - instant(each["at"])) <= 0.002
    media.decode_whole(path)


def test_files_are_made_again_with_chapters_that_were_changed(hub, marked):
    recording, marks = marked
    changed = hub.api("PATCH", f"/sessions/{hub.live_session}/marks/{marks[0]['id']}", json={"title": "The budget"})
    assert changed.status_code == 200, changed.text
    told = hub.api("GET", f"/recordings/{recording['id']}").json()
    assert not told["filesHaveChapters"] and "The budget" in [each["title"] for each in told["chapters"]]
    assert hub.api("POST", f"/recordings/{recording['id']}/finishing").status_code == 202
    again = hub.finished_recording(hub.live_session)
    assert again["filesHaveChapters"]
    assert "The budget" in [title for _, title in chapters(finished_file(hub, again))]


def test_recordings_are_found_by_words_of_the_programme(hub, marked):
    recording, _ = marked
    for words, is_found in [("numérique", True), ("NUMERIQUE parlement", True), ("adaeze", True), ("storting", True), ("fisheries", False)]:
        found = hub.api("GET", f"/conferences/{hub.conference}/recordings", params={"q": words}).json()["recordings"]
        assert (recording["id"] in [each["id"] for each in found]) == is_found, words


def test_A_6_a_flipped_bit_is_found_by_the_next_scheduled_verification(make_hub, make_camera):
    hub = make_hub(archive_verify__every="1s").start()
    make_camera(hub.desk_address).start()
    recording_underway(hub)
    hub.close_session(hub.live_session)
    recording = hub.finished_recording(hub.live_session)
    path = finished_file(hub, recording)
    with open(path, "r+b") as file:
        file.seek(-100, 2)
        byte = file.read(1)
        file.seek(-100, 2)
        file.write(bytes([byte[0] ^ 1]))

    def fault():
        verification = hub.api("GET", f"/recordings/{recording['id']}").json().get("verification")
        return verification if verification and not verification["isSound"] else None

    # The workshop looks for what has become due once a minute.
    found = eventually(fault, within=90, saying="the fault is found", every=1)
    assert any(path.name in each for each in found["faults"])
    assert "a recording is damaged" in hub.log.read_text()
    assert hub.command("recording", "verify", recording["id"]).returncode == 1


def test_the_page_plays_chapters_and_shows_small_pictures(hub, marked, archivist):
    recording, marks = marked
    begin = start_of_file(hub, recording)
    page = archivist
    page.goto(f"{hub.address}/recordings/{recording['id']}")
    page.locator("hc-recording .time-line").wait_for()
    page.locator(".chapters a", has_text="Deuxième intervention").click()
    place = instant(marks[1]["at"]) - begin
    # a seek to a chapter lands within half a second of the log's instant.
    page.wait_for_function("place => Math.abs(document.querySelector('video').currentTime - place) < 5", arg=place)
    page.evaluate("document.querySelector('video').pause()")
    landed = page.evaluate("document.querySelector('video').currentTime")
    assert place - 0.5 <= landed <= place + 2
    assert page.locator(".chapters a[aria-current]").inner_text().endswith("Deuxième intervention")
    page.locator("hc-recording input[type=range]").hover()
    page.locator(".preview-picture").wait_for()
    assert "thumbnails" in page.evaluate("document.querySelector('.preview-picture').style.backgroundImage")
    page.locator("hc-recording input[type=range]").focus()
    page.keyboard.press("p")
    page.keyboard.press("p")
    page.wait_for_function("document.querySelector('.chapters a[aria-current]').textContent.includes('First speech') || document.querySelector('video').currentTime < 1")
    look_at_all_sizes(page, "recording-marked")


def test_an_archivist_edits_chapters_without_scripts(chromium, hub, marked):
    recording, _ = marked
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    LivePage(page, hub).sign_in(hub.told["signIn"]["archivist"])
    page.goto(f"{hub.address}/recordings/{recording['id']}")
    form = page.locator("form[data-new]")
    form.locator("[name=place]").fill("0:00:02.5")
    form.locator("[name=title]").fill("Opening words")
    form.locator("button").click()
    assert page.locator(".chapters a", has_text="Opening words").count() == 1
    assert page.locator("form[action$='/finishing']").count() == 1
    page.locator("form[action$='/verification'] button").click()
    eventually(
        lambda: "verification" in hub.api("GET", f"/recordings/{recording['id']}").json(), within=30, saying="it is verified",
        every=0.3)
    page.reload()
    assert "All sound" in page.locator(".recording-facts").inner_text()
    context.close()


def look_at_all_sizes(page, name):
    """Light and dark, at three sizes: sound for axe, no wider than the window; and its pictures."""
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert look(page, f"{name}-{size}-{scheme}") == []


def test_the_archive_page_finds_and_is_sound(hub, marked, archivist):
    page = archivist
    page.goto(f"{hub.address}/{hub.told['conference']}/archive?q=NUMERIQUE")
    assert page.locator(".card").count() == 1
    look_at_all_sizes(page, "archive")
    page.goto(f"{hub.address}/{hub.told['conference']}/archive?q=fisheries")
    assert page.locator(".card").count() == 0
    look_at_all_sizes(page, "archive-none")
