"""P-1: a sign-in link asked for on the page comes by mail, and works once; a real mail server takes it, or a folder."""

import email
import email.policy
import re

import pytest

from harness.certificate import self_signed
from harness.hub import free_port
from harness.mailserver import ACCOUNT, MailServer
from harness.visitor import PageReader, Visitor
from harness.waiting import eventually

MAIL = "zoe@example.org"


def letters(hub):
    files = sorted((hub.data / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]


def register(hub, name="Zoé Ñandú", mail=MAIL):
    registered = hub.command(
        "participant", "create", "--conference", hub.told["conference"], "--name", name, "--mail", mail, "--organisation", "Sénat")
    assert registered.returncode == 0, registered.stderr


def ask(hub, mail, language="en", on="/sign-in"):
    """Fills in the form of the sign-in page; returns the answer to it."""
    visitor = Visitor(hub)
    page = visitor.get(on, headers={"Accept-Language": language})
    form = next(form for method, form in PageReader(page.text).forms if form.action == "/sign-in/link")
    return visitor.client.post(
        form.action, data=form.fields | {"mail": mail},
        headers={"Accept": "text/html", "Accept-Language": language, "Origin": hub.address})


def link(letter, kind):
    content = letter.get_body((kind,)).get_content()
    return re.search(r"https?://[^\s\"<]+/sign-in\?[^\s\"<]+", content).group().replace("&amp;", "&")


def test_a_link_comes_by_mail_and_works_once(hub):
    register(hub)
    known = ask(hub, MAIL.upper(), "fr", on="/sign-in?next=/licences")
    unknown = ask(hub, "nobody@example.org", "fr", on="/sign-in?next=/licences")
    assert (known.status_code, known.headers["location"]) == (unknown.status_code, unknown.headers["location"]) == (303, "/sign-in?asked")
    assert "operator" in Visitor(hub).get("/sign-in?asked").text, "pages say that nothing is sent"

    letter, = eventually(lambda: letters(hub), within=10, saying="the letter lies in the folder")
    assert letter["to"] == MAIL and letter["content-language"] == "fr"
    assert letter["subject"] == "Votre lien de connexion"
    assert "Bonjour Zoé Ñandú," in letter.get_body(("plain",)).get_content()
    assert link(letter, "plain") == link(letter, "html")

    person = Visitor(hub)
    path = link(letter, "plain").removeprefix(hub.address)
    answer = person.sign_in(path)
    assert (answer.status_code, answer.headers["location"]) == (303, "/licences")
    assert "Zoé Ñandú" in person.get("/me").text
    assert Visitor(hub).get(path).status_code == 410

    again = [ask(hub, MAIL) for _ in range(3)]
    assert [answer.status_code for answer in again] == [303, 303, 429]
    assert 0 < int(again[-1].headers["retry-after"]) <= 300
    assert again[-1].headers["content-type"].startswith("text/html")


@pytest.fixture
def mail(tmp_path):
    """Makes a mail server, which is not started yet, and the settings with which a hub knows it."""
    servers, certificate = [], self_signed(tmp_path)

    def make(encryption):
        port = free_port()
        servers.append(MailServer(port, certificate, encryption))
        account = {"mail_user": ACCOUNT[0], "mail_password": ACCOUNT[1]}
        return servers[-1], account | {
            "mail_server": f"localhost:{port}", "mail_encryption": encryption, "mail_authorities": certificate[0]}

    yield make
    for server in servers:
        server.stop()


def test_a_letter_outlasts_a_crash_and_waits_for_the_mail_server(mail, make_hub):
    server, settings = mail("starttls")
    hub = make_hub(mail_from="secretariat@example.org", **settings).start()
    register(hub)
    assert ask(hub, MAIL).status_code == 303
    assert "operator" not in Visitor(hub).get("/sign-in?asked").text
    eventually(lambda: "could not be sent yet" in hub.last_words(), within=10, saying="the server is not there")
    hub.kill()
    server.start()
    hub.start()
    sender, recipients, letter = eventually(
        lambda: server.messages and server.messages[0], within=40, saying="the letter is tried again")
    assert (sender, recipients, letter["to"]) == ("secretariat@example.org", [MAIL], MAIL)
    assert letter["message-id"].endswith("@example.org>")
    answer = Visitor(hub).sign_in(link(letter, "plain").removeprefix(hub.address))
    assert answer.status_code == 303, answer.text
    assert ACCOUNT[1] not in hub.log.read_text() and MAIL not in hub.log.read_text()


def test_nothing_is_told_to_a_server_that_nobody_vouches_for(mail, make_hub):
    server, settings = mail("tls")
    server.start()
    hub = make_hub(**settings | {"mail_authorities": ""}).start()
    register(hub)
    ask(hub, MAIL)
    eventually(lambda: "certificate" in hub.last_words(), within=10, saying="the certificate is refused")
    assert server.attempts == 0 and not server.messages
    hub.stop()

    hub.configure(**settings)
    hub.start()
    register(hub, name="Nemo", mail="nowhere@example.org")
    ask(hub, "nowhere@example.org")
    eventually(lambda: "given up" in hub.last_words(), within=20, saying="what is refused for good is given up")
    ask(hub, MAIL)
    eventually(lambda: server.messages, within=10, saying="one refusal holds no other letter up")
    assert len(server.messages) == 1 and "nowhere" not in hub.log.read_text()
