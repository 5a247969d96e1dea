"""A person who is removed is out within five seconds, on every path, whatever their client does."""

import threading
import time

import httpx

from harness.figures import report
from harness.playlists import MediaPlaylist
from harness.waiting import eventually

OUT_WITHIN = 5.0


class StubbornClient:
    """Reads playlists, parts and events without a pause, and takes no hint that it should stop."""

    def __init__(self, visitor, session, media):
        self.base = media.rsplit("/", 1)[0]
        self.events_path = f"/api/v1/sessions/{session}/events"
        self.cookies = visitor.client.cookies
        self.address = visitor.hub.address
        self.running = True
        self.last_media = self.last_event = None
        self.events = []
        self.threads = [threading.Thread(target=self._watch), threading.Thread(target=self._listen)]
        for thread in self.threads:
            thread.start()

    def stop(self):
        self.running = False
        for thread in self.threads:
            thread.join(timeout=20)

    def _client(self):
        return httpx.Client(base_url=self.address, cookies=self.cookies, timeout=3)

    def _watch(self):
        query = {}
        with self._client() as client:
            while self.running:
                try:
                    answer = client.get(f"{self.base}/picture/index.m3u8", params=query)
                    if answer.status_code != 200:
                        time.sleep(0.05)
                        continue
                    self.last_media = time.monotonic()
                    playlist = MediaPlaylist(answer.text)
                    number, part = playlist.next_part
                    query = {"_HLS_msn": number, "_HLS_part": part}
                    hinted = client.get(f"{self.base}/picture/{playlist.hints[0]['URI']}")
                    if hinted.status_code == 200:
                        self.last_media = time.monotonic()
                except httpx.TransportError:
                    time.sleep(0.05)

    def _listen(self):
        while self.running:
            try:
                with self._client() as client, client.stream("GET", self.events_path) as answer:
                    for line in answer.iter_lines():
                        if line.startswith("event:") or line.startswith("data:"):
                            self.last_event = time.monotonic()
                            self.events.append(line)
                        if not self.running:
                            return
            except httpx.TransportError:
                pass
            time.sleep(0.05)


def test_a_client_that_ignores_events_gets_nothing_five_seconds_after_its_removal(hub, camera, make_visitor):
    session = hub.live_session
    visitor = make_visitor("participant")
    eventually(lambda: visitor.enter(session).get("media"), within=20, saying="the session is live")
    media = visitor.enter(session)["media"]
    client = StubbornClient(visitor, session, media)
    try:
        eventually(lambda: client.last_media, within=15, saying="the client is served")
        (participant,) = eventually(lambda: hub.present(session), within=10, saying="the client is present")
        removed_at = time.monotonic()
        hub.remove(participant, session, "Disturbed the sitting.")
        # Something to tell happens at the end of the five seconds and after it.
        time.sleep(OUT_WITHIN)
        silence_from = time.monotonic()
        hub.open_session(session, "An event that others are told.")
        time.sleep(4)
    finally:
        client.stop()
    report("removal to the last media byte", max(0.0, client.last_media - removed_at))
    assert client.last_media < silence_from, "media after the removal"
    assert client.last_event is None or client.last_event < silence_from, client.events[-4:]


def test_the_page_of_a_removed_person_shows_the_reason(hub, camera, make_live_page):
    session = hub.live_session
    page = make_live_page().enter(session)
    page.plays(within=30)
    (participant,) = eventually(lambda: hub.present(session), within=10, saying="somebody is present")
    reason = "Disturbed the sitting."
    removed_at = time.monotonic()
    hub.remove(participant, session, reason)
    page.reaches("removed", within=OUT_WITHIN)
    report("removal to the page saying so", time.monotonic() - removed_at)
    assert reason in page.words
    page.page.reload()
    assert reason in page.words

    hub.readmit(participant, session)
    page.enter(session)
    page.plays(within=30)


def ledger(hub):
    return hub.listed(f"/conferences/{hub.conference}/removals", "removals")


def test_who_is_banned_in_one_window_is_out_of_every_session_until_a_moderator_readmits_them(hub, make_live_page):
    """M-5: from the console, by the keyboard, and over a start of the server."""
    session = hub.live_session
    page = make_live_page("participant", locale="fr-FR").enter(session)
    console = make_live_page("moderator").page
    console.goto(f"{hub.address}/sessions/{session}")
    console.locator("a[href$='/moderate']").first.click()
    row = console.locator("hc-people [data-field=present] .person").first
    row.locator("summary").focus()
    console.keyboard.press("Enter")
    row.get_by_label("Reason, shown to those concerned").fill("Spoke over others.")
    row.get_by_label("From all sessions of the conference").check()
    row.get_by_role("button", name="Remove from this session").press("Enter")

    page.reaches("removed", within=OUT_WITHIN)
    assert "Un modérateur vous a exclu de cette conférence" in page.words and "Spoke over others." in page.words
    hub.stop()
    hub.start()
    near = hub.told["sessions"]["near"]
    for place in (session, near):
        page.enter(place)
        assert "Vous avez été exclu de cette conférence" in page.words and "Spoke over others." in page.words
    (line,) = ledger(hub)
    assert line["extent"] == "conference" and line["session"] == session and line["reason"] == "Spoke over others."
    assert line["removedBy"]["id"].startswith("participant_") and "readmittedAt" not in line

    # The ledger's page works without scripts too.
    plain = make_live_page("moderator", java_script_enabled=False).page
    plain.goto(f"{hub.address}/{hub.told['conference']}/removals")
    plain.get_by_role("button", name="Readmit").click()
    assert plain.locator(".ledger-line").inner_text().count("Readmitted") == 2
    page.enter(session)
    page.page.wait_for_selector("hc-player")
    assert ledger(hub)[0]["readmittedBy"]["name"] == line["removedBy"]["name"]
