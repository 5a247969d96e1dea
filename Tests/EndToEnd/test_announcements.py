"""What a moderator announces stands in every live page at once, is put away there, and stays in the list until it is withdrawn."""

import re
import time

import pytest
from playwright.sync_api import expect

from harness.figures import report

SHOWN_WITHIN = 5.0


@pytest.fixture
def console(make_live_page, hub):
    page = make_live_page("moderator").page
    page.goto(f"{hub.address}/sessions/{hub.live_session}")
    page.locator("a[href$='/moderate']").first.click()
    page.get_by_role("tab", name="Announcements").click()
    return page


def announce(console, text, everywhere=False):
    field = console.get_by_label("Announcement to everybody in the session")
    field.fill(text)
    if everywhere:
        console.get_by_label("To all rooms of the conference").check()
    field.press("Enter")
    expect(console.locator("hc-announcements .announcement", has_text=text)).to_be_visible()


def test_an_announcement_is_shown_at_once_put_away_and_withdrawn(hub, console, make_live_page):
    live = make_live_page("participant", locale="fr-FR").enter(hub.live_session).page
    notice = live.locator("hc-notice")
    expect(notice).to_have_attribute("aria-live", "polite")
    expect(notice.locator("[data-field=text]")).to_be_hidden()
    live.wait_for_function("performance.getEntriesByType('resource').some((entry) => entry.name.includes('/announcements'))")

    text = "Le vote est à 15 h <b>précises</b>. التصويت"
    began = time.monotonic()
    announce(console, text, everywhere=True)
    expect(notice.locator("[data-field=text]")).to_have_text(text, timeout=SHOWN_WITHIN * 1000)
    report("an announcement to the page showing it", time.monotonic() - began)
    dismiss = notice.get_by_role("button", name="Fermer")
    dismiss.focus()
    live.keyboard.press("Enter")
    expect(notice.locator("[data-field=text]")).to_be_hidden()

    live.reload()
    live.get_by_role("tab", name="À propos").click()
    row = live.locator("hc-announcements .announcement")
    expect(row).to_contain_text(text)
    expect(row).to_contain_text("dans toutes les salles")
    expect(row.get_by_role("button")).to_have_count(0)
    console.locator("hc-announcements .announcement").get_by_role("button", name="Withdraw").click()
    expect(row).to_have_count(0, timeout=SHOWN_WITHIN * 1000)
    assert hub.listed(f"/sessions/{hub.live_session}/announcements", "announcements") == []


def test_announcing_works_without_scripts(hub, make_live_page):
    page = make_live_page("moderator", java_script_enabled=False).page
    page.goto(f"{hub.address}/sessions/{hub.live_session}")
    page.locator("a[href$='/moderate']").first.click()
    page.get_by_label("Announcement to everybody in the session").fill("The lift is out of order.")
    page.get_by_role("button", name=re.compile("^Announce$")).click()
    (announcement,) = hub.listed(f"/sessions/{hub.live_session}/announcements", "announcements")
    assert announcement["text"] == "The lift is out of order." and not announcement["isForAllRooms"]
    page.get_by_role("button", name="Withdraw").click()
    assert hub.listed(f"/sessions/{hub.live_session}/announcements", "announcements") == []
