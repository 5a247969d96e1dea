"""P-1: a sign-in link asked for on the page comes by mail, and works once."""

import email
import email.policy
import re

from harness.visitor import PageReader, Visitor
from harness.waiting import eventually

MAIL = "zoe@example.org"


def letters(hub):
    files = sorted((hub.data / "mail").glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
    return [email.message_from_bytes(file.read_bytes(), policy=email.policy.default) for file in files]


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
    registered = hub.command(
        "participant", "create", "--conference", hub.told["conference"], "--name", "Zoé Ñandú", "--mail", MAIL,
        "--organisation", "Sénat")
    assert registered.returncode == 0, registered.stderr
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
