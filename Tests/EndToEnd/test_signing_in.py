"""P-1: one link, no account to create."""

from harness.visitor import Visitor
from harness.waiting import eventually


def test_a_link_signs_its_participant_in(hub, make_visitor):
    visitor = make_visitor()
    assert visitor.get("/me").status_code == 200


def test_looking_at_a_link_does_not_use_it_up(hub):
    """Mail scanners open links before people do."""
    scanner, person = Visitor(hub), Visitor(hub)
    link = hub.told["signIn"]["participant"]
    assert scanner.get(link).status_code == 200
    assert person.sign_in(link).status_code in (302, 303)
    assert person.get("/me").status_code == 200
    assert scanner.get("/me").status_code != 200


def test_a_second_use_of_a_link_is_refused_with_a_page_that_says_why(hub, make_visitor):
    make_visitor("participant")
    second = Visitor(hub).get(hub.told["signIn"]["participant"])
    assert 400 <= second.status_code < 500
    assert second.headers["content-type"].startswith("text/html")
    assert "link" in second.text


def test_the_cookie_of_a_sign_in_is_kept_from_scripts_and_other_sites(hub):
    answer = Visitor(hub).sign_in(hub.told["signIn"]["participant"])
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "path=/" in cookie


def test_signing_out_ends_a_sign_in(hub, make_visitor):
    visitor = make_visitor()
    copied = Visitor(hub)
    copied.client.cookies.update(visitor.client.cookies)
    answer = visitor.sign_out()
    assert answer.status_code in (302, 303), answer.text
    assert visitor.get("/me").status_code != 200
    assert copied.get("/me").status_code != 200, "a cookie that was copied before is void as well"


def test_a_write_without_the_defence_against_forgery_is_refused(hub, make_visitor):
    visitor = make_visitor("moderator")
    path = f"/api/v1/sessions/{hub.live_session}/close"
    forged = visitor.client.post(path, json={"reason": "forged"}, headers={"Origin": "https://elsewhere.example"})
    assert forged.status_code == 403
    assert forged.headers["content-type"].startswith("application/problem+json")


def test_a_link_made_by_the_command_line_works(hub):
    registered = hub.command(
        "participant", "create", "--conference", hub.told["conference"], "--name", "Łucja Ñandú", "--mail", "lucja@example.org",
        "--organisation", "Sejm")
    assert registered.returncode == 0, registered.stderr
    made = hub.command("sign-in-link", "create", "lucja@example.org")
    assert made.returncode == 0, made.stderr
    visitor = Visitor(hub)
    assert visitor.sign_in(made.stdout.split()[0]).status_code in (302, 303)
    assert "Łucja Ñandú" in visitor.get("/me").text

    identifier = registered.stdout.split()[0]
    assert identifier in hub.command("participant", "list", "--conference", hub.told["conference"]).stdout
    csrf = visitor.csrf
    assert hub.command("participant", "revoke", identifier).returncode == 0
    eventually(
        lambda: visitor.write("POST", f"/api/v1/sessions/{hub.live_session}/admission", csrf).status_code in (401, 403),
        within=5, saying="a revoked participant is let in no more")


def test_a_person_ends_their_sign_in_in_another_browser(hub):
    registered = hub.command(
        "participant", "create", "--conference", hub.told["conference"], "--name", "Ada Doe", "--mail", "ada@example.org",
        "--organisation", "Parliament of Utopia")
    assert registered.returncode == 0, registered.stderr
    here, there = Visitor(hub), Visitor(hub)
    for visitor in (here, there):
        link = hub.command("sign-in-link", "create", "ada@example.org").stdout.split()[0]
        assert visitor.sign_in(link).status_code in (302, 303)
    assert here.press("/me/sign-ins/", on="/me").status_code in (302, 303)
    assert there.get("/me").status_code == 401
    signed_in = here.get("/api/v1/me/sign-ins").json()["signIns"]
    assert [each["isThisOne"] for each in signed_in] == [True]
