"""Who was in a session and for how long, as the list has it after reconnects, a start of the server and the end of the session."""

import csv
import io
import time

from harness.waiting import eventually


def attendance(hub, session):
    return {line["name"]: line for line in hub.listed(f"/sessions/{session}/attendance", "attendance")}


def stay(visitor, session, seconds):
    """Is heard of for so long, as an open page is."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        visitor.enter(session)
        time.sleep(0.5)


def test_the_attendance_list_outlasts_a_restart_and_the_end_of_the_session(hub, make_visitor):
    session = hub.live_session
    visitor = make_visitor("participant")
    stay(visitor, session, 3)
    ((name, before),) = attendance(hub, session).items()
    assert 2 <= before["secondsPresent"] <= 30 and "lastOut" not in before
    hub.stop()
    away = time.monotonic()
    time.sleep(2)
    hub.start()
    kept = attendance(hub, session)[name]
    assert kept["firstIn"] == before["firstIn"] and kept["secondsPresent"] >= before["secondsPresent"]
    assert kept["lastOut"] > kept["firstIn"]
    stay(visitor, session, 3)
    down = time.monotonic() - away - 3
    after = attendance(hub, session)[name]
    assert kept["secondsPresent"] + 2 <= after["secondsPresent"] <= kept["secondsPresent"] + 3 + down

    hub.close_session(session)
    eventually(lambda: "lastOut" in attendance(hub, session)[name], within=30, saying="everybody has left")
    answer = hub.api("GET", f"/sessions/{session}/attendance?format=csv")
    assert answer.headers["content-type"].startswith("text/csv")
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert row["name"] == name and row["firstIn"] == before["firstIn"] and int(row["secondsPresent"]) >= after["secondsPresent"]


def test_a_moderator_sees_which_parliaments_are_there(hub, make_live_page, make_visitor):
    page = make_live_page("moderator").page
    page.goto(f"{hub.address}/sessions/{hub.live_session}")
    page.locator("a[href$='/moderate']").first.click()
    panel = page.locator("hc-organisations")
    panel.locator("summary").focus()
    page.keyboard.press("Enter")
    row = panel.locator("li", has_text="Parliament of Arendal")
    assert "0 of 1" in row.inner_text()
    make_visitor("participant").enter(hub.live_session)
    eventually(lambda: "1 of 1" in row.inner_text(), within=30, saying="the parliament is there")
    with page.expect_download() as download:
        page.get_by_role("link", name="Attendance list (CSV)").click()
    assert download.value.suggested_filename == f"attendance-{hub.live_session}.csv"
