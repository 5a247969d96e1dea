"""Who comes to a lobby waits there, is admitted from another browser, and comes in by themselves."""

import re
import time

import pytest
from playwright.sync_api import expect

from harness.figures import report
from harness.waiting import eventually

IN_WITHIN = 5.0


@pytest.fixture
def console(make_live_page, hub):
    """The console of the live session's room, in a moderator's browser."""
    page = make_live_page("moderator").page
    page.goto(f"{hub.address}/sessions/{hub.live_session}")
    page.locator("a[href$='/moderate']").first.click()
    return page


def press(page, button):
    """By the keyboard alone."""
    button.focus()
    page.keyboard.press("Enter")


def test_a_participant_waits_in_the_lobby_and_a_moderator_admits_them(hub, console, make_live_page):
    door = console.locator("hc-entrance")
    press(console, door.get_by_role("button", name="Hold newcomers in the lobby"))
    expect(door.get_by_role("button", name="Lobby is on: let newcomers in")).to_be_visible()

    participant = make_live_page("participant", locale="fr-FR").enter(hub.live_session)
    page = participant.page
    expect(page.get_by_role("status")).to_have_text("Vous êtes dans la salle d’attente")
    expect(page.locator("hc-player")).to_have_count(0)
    expect(door.locator(".person")).to_have_count(1, timeout=IN_WITHIN * 1000)
    expect(door.locator("[data-field=count]")).to_have_text("1 person waits")
    assert hub.present(hub.live_session) == []

    press(console, door.get_by_role("button", name=re.compile("^Admit$")))
    began = console.evaluate("performance.now()")
    expect(page.locator("hc-player")).to_be_visible(timeout=IN_WITHIN * 1000)
    report("admitted to the page being in the room", (console.evaluate("performance.now()") - began) / 1000)
    expect(door.locator(".person")).to_have_count(0)
    expect(door.locator("[data-field=count]")).to_have_text("0 people wait")
    assert len(hub.present(hub.live_session)) == 1

    # A lock keeps nobody out who was in, across a start of the server.
    press(console, door.get_by_role("button", name="Lock the session"))
    expect(door.get_by_role("button", name="Locked: unlock the session")).to_be_visible()
    hub.stop()
    hub.start()
    page.reload()
    expect(page.locator("hc-player")).to_be_visible()


def test_who_waits_before_a_locked_session_comes_in_when_it_is_unlocked(hub, console, make_live_page):
    door = console.locator("hc-entrance")
    press(console, door.get_by_role("button", name="Lock the session"))
    expect(door.get_by_role("button", name="Locked: unlock the session")).to_be_visible()
    page = make_live_page("participant").enter(hub.live_session).page
    expect(page.get_by_role("status")).to_have_text("The session is locked")
    eventually(lambda: door.locator(".person").count() == 1, within=IN_WITHIN, saying="the moderator sees who waits")
    press(console, door.get_by_role("button", name="Locked: unlock the session"))
    expect(page.locator("hc-player")).to_be_visible(timeout=IN_WITHIN * 1000)


def test_all_who_wait_come_in_at_once(hub, console, make_live_page):
    door = console.locator("hc-entrance")
    press(console, door.get_by_role("button", name="Hold newcomers in the lobby"))
    expect(door.get_by_role("button", name="Lobby is on: let newcomers in")).to_be_visible()
    pages = [make_live_page(role).enter(hub.live_session).page for role in ("participant", "archivist")]
    expect(door.locator(".person")).to_have_count(2, timeout=IN_WITHIN * 1000)
    press(console, door.get_by_role("button", name="Admit all who wait"))
    for page in pages:
        expect(page.locator("hc-player")).to_be_visible(timeout=IN_WITHIN * 1000)


def test_the_door_works_without_scripts(hub, make_live_page):
    page = make_live_page("moderator", java_script_enabled=False).page
    page.goto(f"{hub.address}/sessions/{hub.live_session}")
    page.locator("a[href$='/moderate']").first.click()
    door = page.locator("hc-entrance")
    door.locator("summary").click()
    door.get_by_label("Interpreter").check()
    door.locator("textarea").fill("Parliament of Arendal\nSenate")
    door.get_by_role("button", name="Set the rule").click()
    door.get_by_label("Seats").fill("40")
    door.get_by_role("button", name="Set the seats").click()
    door.get_by_role("button", name="Lock the session").click()
    entrance = hub.api("GET", f"/sessions/{hub.live_session}/entrance").json()
    assert entrance == {
        "lobby": False, "locked": True, "waiting": [], "seats": 40,
        "passes": {"capacities": ["interpreter"], "organisations": ["Parliament of Arendal", "Senate"]},
    }


def test_who_finds_every_seat_taken_waits_in_a_line_and_comes_in_when_one_is_free(hub, console, make_live_page):
    door = console.locator("hc-entrance")
    door.get_by_label("Seats").fill("1")
    press(console, door.get_by_role("button", name="Set the seats"))
    eventually(lambda: hub.api("GET", f"/sessions/{hub.live_session}/entrance").json().get("seats") == 1, within=30, saying="it is set")
    first = make_live_page("participant").enter(hub.live_session).page
    expect(first.locator("hc-player")).to_be_visible()
    eventually(lambda: len(hub.present(hub.live_session)) == 1, within=30, saying="the seat is taken")
    second = make_live_page("archivist", locale="fr-FR").enter(hub.live_session).page
    expect(second.get_by_role("status")).to_have_text("Toutes les places sont prises")
    expect(second.locator("[data-field=place]")).to_have_text("Vous êtes au rang 1 de la file.")
    expect(door.locator(".person")).to_have_count(1, timeout=IN_WITHIN * 1000)
    began = time.monotonic()
    first.close()
    expect(second.locator("hc-player")).to_be_visible(timeout=45_000)
    report("a page closed to the next in the line being in the room", time.monotonic() - began)
