"""What people say in a session: two participants and a moderator, each in a browser of their own."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from harness.hub import Hub
from harness.livepage import LivePage
from harness.waiting import eventually

HOSTILE = "<img src=x onerror=\"document.title='obeyed'\"> \u202etxt.exe"
WITHIN = 5
SCREENSHOTS = Path(__file__).parent / "screenshots"


@pytest.fixture(scope="module")
def hub(request, tmp_path_factory):
    hub = Hub(request.config.getoption("--program").resolve(), tmp_path_factory.mktemp("discussion") / "hub").start()
    yield hub
    hub.end()


@pytest.fixture(scope="module")
def readers(hub, chromium):
    """Amina and Ingrid, who take part, and a moderator: each in a browser profile of their own."""
    contexts = [chromium.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB") for _ in range(3)]
    roles = ("participant", "archivist", "moderator")
    yield [LivePage(context.new_page(), hub).sign_in(hub.told["signIn"][role]) for context, role in zip(contexts, roles)]
    for context in contexts:
        context.close()


@pytest.fixture
def room(hub, readers):
    """The three of them on the live page, whose chat is closed and empty."""
    assert hub.api("PATCH", f"/sessions/{hub.live_session}/chat", json={"isOpen": False}).status_code == 204
    assert hub.api("DELETE", f"/sessions/{hub.live_session}/chat").status_code == 204
    yield [reader.enter(hub.live_session) for reader in readers]
    for reader in readers:
        assert not [text for text in reader.complaints if "status of 4" not in text]


def tab(page, name):
    page.page.get_by_role("tab", name=name).click()
    return page.page.locator(f"#{name.lower()}")


def texts(chat):
    return chat.locator(".message:not(.message-hidden) .message-text").all_inner_texts()


def say(chat, text):
    chat.get_by_label("Your message").fill(text)
    chat.page.keyboard.press("Enter")


def shoot(room, name):
    """The participant's and the moderator's page: wide and narrow, light and dark; clean for axe."""
    SCREENSHOTS.mkdir(exist_ok=True)
    for who, page in (("", room[0].page), ("-moderator", room[2].page)):
        page.screenshot(path=SCREENSHOTS / f"{name}{who}.png")
        page.set_viewport_size({"width": 320, "height": 640})
        page.screenshot(path=SCREENSHOTS / f"{name}{who}-narrow.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.set_viewport_size({"width": 1440, "height": 900})
        page.emulate_media(color_scheme="dark")
        page.screenshot(path=SCREENSHOTS / f"{name}{who}-dark.png")
        results = Axe().run(page)
        assert not results.response["violations"], results.generate_report()
        page.emulate_media(color_scheme="light")


def in_french(chromium, room, name):
    """What the moderator reads whose browser asks for French, on a small screen and on a large one."""
    context = chromium.new_context(locale="fr-FR", storage_state=room[2].page.context.storage_state(), viewport={"width": 320, "height": 640})
    try:
        page = LivePage(context.new_page(), room[2].hub).enter(room[2].hub.live_session).page
        page.get_by_role("tab", name="Sondages").click()
        assert "n’engagent jamais personne" in page.locator("#polls").inner_text()
        page.screenshot(path=SCREENSHOTS / f"{name}-narrow.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.set_viewport_size({"width": 1440, "height": 900})
        page.screenshot(path=SCREENSHOTS / f"{name}.png")
    finally:
        context.close()


def test_what_one_writes_all_read_until_a_moderator_hides_deletes_and_clears_it(room):
    amina, ingrid, moderator = (tab(page, "Chat") for page in room)
    assert not amina.get_by_label("Your message").is_visible()
    moderator.get_by_role("button", name="Open the chat").click()
    amina.get_by_label("Your message").wait_for()
    say(amina, "Good morning.")
    say(ingrid, HOSTILE)
    for chat in (amina, ingrid, moderator):
        eventually(lambda: len(texts(chat)) == 2, within=WITHIN, saying=f"both messages are there: {texts(chat)}")
        assert sorted(texts(chat)) == sorted(["Good morning.", HOSTILE])
        assert chat.page.title() != "obeyed"

    row = moderator.locator(".message", has_text="txt.exe")
    row.get_by_role("button", name="Hide").click()
    eventually(lambda: texts(amina) == ["Good morning."], within=WITHIN, saying="what is hidden is gone for participants")
    assert moderator.locator(".message").count() == 2
    row.get_by_role("button", name="Show again").click()
    eventually(lambda: len(texts(amina)) == 2, within=WITHIN, saying="what is shown again is back")
    row.locator("summary").click()
    row.get_by_role("button", name="Delete for good").click()
    eventually(lambda: texts(moderator) == ["Good morning."], within=WITHIN, saying="what is deleted is gone for moderators")

    amina.page.reload()
    amina = tab(room[0], "Chat")
    eventually(lambda: texts(amina) == ["Good morning."], within=WITHIN, saying="who comes back reads what was said")
    moderator.get_by_text("Clear the chat").click()
    moderator.get_by_role("button", name="Clear now").click()
    for chat in (amina, ingrid, moderator):
        eventually(lambda: not texts(chat), within=WITHIN, saying="a cleared chat is empty")
    moderator.get_by_role("button", name="Close the chat").click()
    ingrid.get_by_label("Your message").wait_for(state="hidden")


def test_who_reads_older_messages_is_not_moved_and_who_writes_too_fast_is_told(room):
    amina, ingrid, moderator = (tab(page, "Chat") for page in room)
    moderator.get_by_role("button", name="Open the chat").click()
    for number, chat in enumerate([ingrid, moderator] * 4, start=1):
        chat.get_by_label("Your message").wait_for()
        say(chat, f"{number}. " + "The agenda of the day. " * 20)
        eventually(lambda: len(texts(amina)) == number, within=WITHIN, saying="each message comes")
    roll, button = amina.locator(".messages"), amina.locator("[data-act=follow]")
    assert roll.evaluate("roll => roll.scrollTop") > 0 and not button.is_visible()
    roll.evaluate("roll => { roll.scrollTop = 0 }")
    alert = ingrid.locator("[data-field=problem]")
    for number in range(20):
        say(ingrid, f"Quickly {number}.")
        ingrid.page.wait_for_timeout(50)
        if alert.is_visible():
            break
    assert alert.inner_text() == "Wait a moment before you write again."
    button.wait_for()
    assert roll.evaluate("roll => roll.scrollTop") == 0
    button.click()
    assert roll.evaluate("roll => roll.scrollTop") > 0 and not button.is_visible()


def test_a_participant_without_scripts_writes_and_reads(hub, chromium, room):
    tab(room[2], "Chat").get_by_role("button", name="Open the chat").click()
    context = chromium.new_context(java_script_enabled=False, storage_state=room[1].page.context.storage_state())
    try:
        page = LivePage(context.new_page(), hub).enter(hub.live_session).page
        page.get_by_label("Your message").fill("From a plain page.")
        page.get_by_role("button", name="Send").click()
        assert page.locator(".message-text").all_inner_texts()[-1] == "From a plain page."
    finally:
        context.close()
    assert "From a plain page." in hub.api("GET", f"/sessions/{hub.live_session}/chat/export").text


def test_a_question_is_approved_voted_for_and_answered(hub, room):
    """Two participants and a moderator, each in a browser of their own; the order follows the votes."""
    assert hub.api("DELETE", f"/sessions/{hub.live_session}/questions").status_code == 204
    amina, ingrid, moderator = (tab(page, "Questions") for page in room)
    moderator.get_by_role("button", name="Take questions").click()
    for asked, author in (("Who keeps the recordings?", amina), (HOSTILE, ingrid)):
        author.get_by_label("Your question").fill(asked)
        author.get_by_role("button", name="Ask").click()
    eventually(lambda: len(texts(moderator)) == 2, within=30, saying="the moderator reads both")
    eventually(lambda: texts(amina) == ["Who keeps the recordings?"], within=30, saying="the author reads their own alone")
    for row in range(2):
        moderator.locator(".message").nth(row).get_by_role("button", name="Approve").click()
    for reader in (amina, ingrid):
        eventually(lambda: len(texts(reader)) == 2, within=30, saying="what is approved everybody reads")
    amina.locator(".message", has_text="txt.exe").get_by_role("button", name="Vote for it").click()
    for reader in (amina, ingrid, moderator):
        eventually(
            lambda: "1 vote" in reader.locator(".message", has_text="txt.exe").inner_text(), within=30,
            saying="the vote is counted everywhere")
    room[1].page.mouse.move(0, 0)
    ingrid.page.reload()
    ingrid = tab(room[1], "Questions")
    eventually(lambda: texts(ingrid)[0] == HOSTILE, within=30, saying="the one with more votes stands first")
    moderator.locator(".message", has_text="txt.exe").get_by_role("button", name="Answered").click()
    eventually(
        lambda: "Answered" in ingrid.locator(".message", has_text="txt.exe").inner_text(), within=30,
        saying="everybody sees that it was answered")
    SCREENSHOTS.mkdir(exist_ok=True)
    for name, page in (("questions", room[0].page), ("questions-moderator", room[2].page)):
        page.screenshot(path=SCREENSHOTS / f"{name}.png")
    narrow = room[0].page
    narrow.set_viewport_size({"width": 320, "height": 640})
    narrow.screenshot(path=SCREENSHOTS / "questions-narrow.png")
    narrow.set_viewport_size({"width": 1440, "height": 900})
    moderator.locator(".message", has_text="recordings").get_by_role("button", name="Dismiss").click()
    eventually(lambda: "Dismissed" in amina.inner_text(), within=30, saying="who asked is told that it was dismissed")
    assert "recordings" in amina.inner_text() and not amina.get_by_role("button", name="Vote for it").count()
    eventually(lambda: texts(ingrid) == [HOSTILE], within=30, saying="for everybody else it is gone")
    moderator.locator(".message", has_text="txt.exe").get_by_role("button", name="Hide").click()
    eventually(lambda: texts(amina) == ["Who keeps the recordings?"], within=30, saying="what is hidden is gone")


def test_a_hand_is_raised_by_keyboard_called_on_and_lowered(hub, room):
    """M-8: a participant and the archivist raise their hands, the moderator sees the line in order and calls on the first."""
    assert hub.api("PATCH", f"/sessions/{hub.live_session}/hands", json={"isOpen": False}).status_code == 204
    assert hub.api("DELETE", f"/sessions/{hub.live_session}/hands").status_code == 204
    amina, ingrid, moderator = room
    line = tab(moderator, "Hands")
    hands = [reader.page.locator("hc-hand") for reader in (amina, ingrid)]
    button, state = hands[0].get_by_role("button"), hands[0].get_by_role("status")
    assert not button.is_visible()
    line.get_by_role("button", name="Take hands").click()
    for hand in hands:
        hand.get_by_role("button").focus()
        hand.page.keyboard.press("Enter")
        eventually(lambda: "Your hand is up" in hand.inner_text(), within=30, saying="the hand is up")
    assert button.get_attribute("aria-pressed") == "true"
    assert button.evaluate("button => button === document.activeElement"), "the keyboard stays on the button"
    names = line.locator(".hand .message-author")
    eventually(lambda: names.count() == 2, within=30, saying="the moderator sees both")
    _, second = names.all_inner_texts()
    line.locator(".hand").first.get_by_role("button", name="Call on").click()
    eventually(lambda: "it is your turn" in state.inner_text(), within=30, saying="who is called on is told")
    assert "Your hand is up" in hands[1].get_by_role("status").inner_text()
    shoot(room, "hands")
    line.locator(".hand").first.get_by_role("button", name="Lower").click()
    eventually(lambda: names.all_inner_texts() == [second], within=30, saying="the line moves up")
    eventually(lambda: button.get_attribute("aria-pressed") == "false", within=30, saying="their hand is down")
    hands[1].get_by_role("button").click()
    eventually(lambda: names.count() == 0, within=30, saying="who lowers their hand is out of the line")
    button.click()
    eventually(lambda: names.count() == 1, within=30, saying="the moderator sees the hand")
    line.get_by_text("Lower all hands").click()
    line.get_by_role("button", name="Clear now").click()
    eventually(lambda: button.get_attribute("aria-pressed") == "false", within=30, saying="all hands are down")
    line.get_by_role("button", name="Take no more").click()
    button.wait_for(state="hidden")


def test_a_poll_is_drafted_answered_closed_and_published(hub, chromium, room):
    """M-8: an open poll with an Arabic text whose ballot is changed, and an anonymous one whose ballot is not."""
    assert hub.api("DELETE", f"/sessions/{hub.live_session}/polls").status_code == 204
    amina, ingrid, moderator = (tab(page, "Polls") for page in room)
    for text, choices, anonymous in (("كم مرة ينبغي أن نجتمع؟", f"كل شهر\n{HOSTILE}\nكل سنة", False), ("Shall we meet in June?", "Yes\nNo", True)):
        moderator.get_by_text("Draft a poll").click()
        moderator.get_by_label("What is asked").fill(text)
        moderator.get_by_label("Choices, one a line").fill(choices)
        if anonymous:
            moderator.get_by_label("Anonymous").check()
        moderator.get_by_role("button", name="Save the draft").click()
        moderator.locator(".poll", has_text=text).wait_for()
    assert amina.locator(".poll").count() == 0, "drafts are for moderators"
    for row in range(2):
        moderator.locator(".poll").nth(row).get_by_role("button", name="Open it").click()
    arabic, secret = (lambda reader: reader.locator(".poll").first), (lambda reader: reader.locator(".poll").nth(1))
    for reader in (amina, ingrid):
        eventually(lambda: reader.locator(".poll").count() == 2, within=30, saying="an open poll is there for everybody")
        assert "never binding" in reader.inner_text() and reader.page.title() != "obeyed"
    acts = lambda reader, row: row(reader).get_by_role("button").all_inner_texts()
    assert acts(amina, arabic) == ["Send my choice"] and acts(moderator, secret) == ["Send my choice", "Close it"]
    arabic(amina).get_by_label(HOSTILE.split()[0]).check()
    arabic(amina).get_by_role("button", name="Send my choice").click()
    eventually(lambda: "You have voted" in arabic(amina).inner_text(), within=30, saying="the ballot is taken")
    arabic(amina).get_by_label("كل سنة").focus()
    amina.page.keyboard.press("Space")
    arabic(amina).get_by_role("button", name="Send my choice").press("Enter")
    arabic(ingrid).get_by_label("كل شهر").check()
    arabic(ingrid).get_by_role("button", name="Send my choice").click()
    secret(ingrid).get_by_label("Yes").check()
    secret(ingrid).get_by_role("button", name="Send my choice").click()
    eventually(lambda: "2 have voted" in arabic(moderator).inner_text(), within=30, saying="how many have voted is told")
    eventually(lambda: not secret(ingrid).get_by_role("radio").count(), within=30, saying="an anonymous ballot is not changed")
    assert "votes" not in arabic(moderator).inner_text(), "nobody sees how ballots fall while it is open"
    shoot(room, "polls")
    in_french(chromium, room, "polls-french")
    for row in (arabic, secret):
        row(moderator).get_by_role("button", name="Close it").click()
        eventually(lambda: "Closed" in row(amina).inner_text(), within=30, saying="a closed poll takes no ballots")
        eventually(lambda: "1 vote" in row(moderator).inner_text(), within=30, saying="the moderator sees how they fell")
        assert "1 vote" not in row(amina).inner_text()
        row(moderator).get_by_role("button", name="Publish the result").click()
        eventually(lambda: "1 vote" in row(amina).inner_text(), within=30, saying="the result is for everybody")
    assert not acts(amina, secret) and not acts(moderator, secret), "nothing is left to be done"
    assert "Your choice" in arabic(amina).locator("li", has_text="كل سنة").inner_text()
    assert "Your choice" not in secret(ingrid).inner_text()
    shoot(room, "polls-results")
    csv = hub.api("GET", f"/sessions/{hub.live_session}/polls/export").text
    assert '"Yes","1"' in csv and '"كل سنة","1"' in csv
    moderator.get_by_text("Clear the polls").click()
    moderator.get_by_role("button", name="Clear now").click()
    for reader in (amina, ingrid, moderator):
        eventually(lambda: reader.locator(".poll").count() == 0, within=30, saying="cleared polls are gone")


def test_who_has_no_scripts_answers_a_poll(hub, chromium, room):
    assert hub.api("DELETE", f"/sessions/{hub.live_session}/polls").status_code == 204
    draft = hub.api("POST", f"/sessions/{hub.live_session}/polls", json={"text": "Again?", "choices": ["Yes", "No"], "takesSeveral": True})
    poll = f"/sessions/{hub.live_session}/polls/{draft.json()['poll']}"
    assert hub.api("PATCH", poll, json={"state": "open"}).status_code == 204
    context = chromium.new_context(java_script_enabled=False, storage_state=room[1].page.context.storage_state())
    try:
        page = LivePage(context.new_page(), hub).enter(hub.live_session).page
        page.get_by_label("Yes").check()
        page.get_by_label("No").check()
        page.get_by_role("button", name="Send my choice").click()
        assert "You have voted" in page.locator("#polls").inner_text() and page.get_by_label("No").is_checked()
    finally:
        context.close()
    assert hub.api("PATCH", poll, json={"state": "closed"}).status_code == 204
    assert '"No","1"' in hub.api("GET", f"/sessions/{hub.live_session}/polls/export").text
