"""The interface for programs, from outside."""

import json
import threading
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import yaml
from openapi_spec_validator import validate

from harness.waiting import eventually


def test_its_description_is_valid_openapi(hub):
    description = yaml.safe_load(httpx.get(f"{hub.address}/api/v1/openapi.yaml").text)
    assert description["openapi"].startswith("3.1")
    validate(description)
    names = [
        operation["operationId"] for path in description["paths"].values() for method, operation in path.items()
        if method in ("get", "put", "post", "delete", "patch", "head")
    ]
    assert len(names) == len(set(names)) > 15


def test_a_token_reads_what_its_scopes_name(hub):
    sessions = hub.listed(f"/conferences/{hub.conference}/sessions", "sessions")
    assert {hub.told["sessions"][name] for name in ("live", "near", "ended")} <= {session["id"] for session in sessions}


@pytest.mark.parametrize(
    ("headers", "status"),
    [({}, 401), ({"Authorization": "Bearer nonsense"}, 401), ({"Authorization": "Basic eDp5"}, 401)],
)
def test_without_a_token_it_says_how_to_ask(hub, headers, status):
    answer = httpx.get(f"{hub.address}/api/v1/conferences/{hub.conference}/recordings", headers=headers)
    assert answer.status_code == status
    assert answer.headers["www-authenticate"].startswith("Bearer")
    problem = answer.json()
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert problem["status"] == status and problem["type"] and problem["title"]


def test_a_revoked_token_is_refused(hub):
    made = hub.command(
        "token", "create", "--conference", hub.told["conference"], "--name", "passing", "--scope", "sessions:read")
    assert made.returncode == 0, made.stderr
    identifier, secret = made.stdout.split()[:2]

    def status():
        people = f"{hub.address}/api/v1/sessions/{hub.live_session}/people"
        return httpx.get(people, headers={"Authorization": f"Bearer {secret}"}).status_code

    assert status() == 200
    listed = hub.command("token", "list", "--conference", hub.told["conference"]).stdout
    assert identifier in listed and secret not in listed, "a token is shown once"
    assert hub.command("token", "revoke", identifier).returncode == 0
    eventually(lambda: status() == 401, within=5, saying="the token is refused")


def test_a_moderator_makes_a_token_for_a_script_sees_its_use_and_ends_it(hub, make_visitor):
    moderator = make_visitor("moderator")
    tokens = f"/api/v1/conferences/{hub.conference}/tokens"
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).isoformat(timespec="seconds").replace("+00:00", "Z")
    made = moderator.write("POST", tokens, json={"name": "Display", "scopes": ["sessions:read"], "expiresAt": tomorrow})
    assert made.status_code == 201, made.text
    token = made.json()

    def asked(path):
        return httpx.get(f"{hub.address}/api/v1{path}", headers={"Authorization": f"Bearer {token['secret']}"}).status_code

    assert asked(f"/sessions/{hub.live_session}/people") == 200
    assert asked(f"/conferences/{hub.conference}/recordings") == 403, "it has what it was given and no more"
    assert asked(f"/conferences/{hub.conference}/tokens") == 403
    listed = moderator.get(tokens)
    mine = next(each for each in listed.json()["tokens"] if each["id"] == token["id"])
    assert mine["lastUsedAt"] and mine["expiresAt"].startswith(tomorrow[:19]) and token["secret"] not in listed.text
    assert moderator.write("DELETE", f"{tokens}/{token['id']}").status_code == 204
    assert asked(f"/sessions/{hub.live_session}/people") == 401


def test_a_call_sent_twice_is_carried_out_once(hub):
    room = hub.listed(f"/conferences/{hub.conference}/rooms", "rooms")[0]["id"]
    keys = f"/rooms/{room}/stream-keys"

    def order(name):
        return hub.api("POST", keys, json={"name": name}, headers={"Idempotency-Key": '"8e03978e-40d5-43dd-bc93-6894a57f9324"'})

    first, again = order("Spare desk"), order("Spare desk")
    assert first.status_code == again.status_code == 201 and again.json() == first.json()
    assert again.headers["idempotent-replayed"] == "true" and "idempotent-replayed" not in first.headers
    assert [key["name"] for key in hub.listed(keys, "streamKeys")].count("Spare desk") == 1
    other = order("Another desk")
    assert other.status_code == 422 and other.json()["type"].endswith("/key-reused")


def test_what_is_not_there_is_a_problem(hub):
    for path in ("/nothing", "/sessions/session_00000000-0000-7000-8000-000000000000", "/sessions/nonsense"):
        answer = hub.api("GET", path)
        assert answer.status_code == 404
        assert answer.headers["content-type"].startswith("application/problem+json")


class Listener:
    """Listens to server-sent events until the test is over."""

    def __init__(self, hub, path, last_id=None):
        self.seen = []
        headers = {"Authorization": f"Bearer {hub.told['token']}"} | ({"Last-Event-ID": last_id} if last_id else {})
        self.client = httpx.Client(base_url=f"{hub.address}/api/v1", headers=headers, timeout=30)
        threading.Thread(target=self._listen, args=[path], daemon=True).start()

    def _listen(self, path):
        event = {}
        try:
            with self.client.stream("GET", path) as answer:
                self.answer = answer
                for line in answer.iter_lines():
                    if not line and event:
                        self.seen.append(event)
                        event = {}
                    elif line and not line.startswith(":"):
                        name, _, value = line.partition(":")
                        event[name] = value.strip()
        except (httpx.TransportError, httpx.StreamError):
            pass

    def kinds(self):
        return [event.get("event") for event in self.seen]


def test_events_are_told_in_order_and_again_after_the_last_one_seen(hub, camera):
    path = f"/sessions/{hub.live_session}/events"
    first = Listener(hub, path)
    eventually(lambda: "feed.started" in first.kinds(), within=20, saying="the feed's start is told")
    hub.close_session(hub.live_session)
    eventually(lambda: "session.closed" in first.kinds(), within=10, saying="the session's end is told")
    stored = [event for event in first.seen if "id" in event]
    numbers = [event["id"] for event in stored]
    assert len(numbers) == len(set(numbers))
    again = Listener(hub, path, last_id=stored[0]["id"])
    eventually(lambda: "session.closed" in again.kinds(), within=10, saying="what came after is told again")
    told = [event["id"] for event in again.seen if "id" in event]
    assert told[: len(numbers) - 1] == numbers[1:]
    assert all(json.loads(event["data"]) is not None for event in stored)
