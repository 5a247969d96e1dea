"""Every operation of the interface for programs, held against its own description: with data that fit it, and with data that do not."""

import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
import yaml

from harness.visitor import Visitor
from test_recording import recording_underway

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
SEED = 20210616
EXAMPLES = 25
# The demonstration conference has them.
MODERATOR = "tomas.herrera@example.org"
# Streams that do not end by themselves; test_api.py and test_live.py follow them.
EVENTS = "/events$"


@pytest.mark.parametrize("caller", ["token", "moderator"])
def test_API_3_every_operation_keeps_to_its_description(hub, camera, make_visitor, caller, tmp_path):
    visitor = make_visitor("moderator")
    recording_underway(hub)
    time.sleep(3)
    hub.close_session(hub.live_session)
    recording = hub.finished_recording(hub.live_session)
    hub.open_session(hub.live_session)
    for forum in ("chat", "questions", "hands", "polls"):
        answer = hub.api("PATCH", f"/sessions/{hub.live_session}/{forum}", json={"isOpen": True})
        assert answer.status_code < 300, answer.text

    description = tmp_path / "openapi.yaml"
    description.write_text(yaml.safe_dump(described(hub, caller)))
    configuration = tmp_path / "schemathesis.toml"
    configuration.write_text(f"""
seed = {SEED}
continue-on-failure = true
request-timeout = 20.0

{credentials(hub, visitor, caller)}

[parameters]
"path.conference" = "{hub.conference}"
"path.session" = "{hub.live_session}"
"path.room" = "{recording['room']}"
"path.recording" = "{recording['id']}"
"path.signIn" = "{other_sign_in(hub)}"

# What cannot be said in a schema, and the state of things, have answers of their own.
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", 401, 403, 404, 409, 412, 416, 422, 428, 429, 503]

[checks.negative_data_rejection]
expected-statuses = [400, 401, 403, 404, 405, 406, 409, 412, 415, 416, 422, 428, 429, 503]
""")
    run = subprocess.run(
        [SCHEMATHESIS, "--config-file", configuration, "run", description, "--url", f"{hub.address}/api/v1", "--max-examples", str(EXAMPLES),
         "--phases", "examples,coverage,fuzzing,stateful", "--exclude-path-regex", EVENTS],
        capture_output=True, text=True, timeout=900, cwd=tmp_path)
    assert run.returncode == 0, run.stdout[-20_000:] + run.stderr[-2_000:]
    assert hub.process.poll() is None, "it still runs"


def described(hub, caller):
    """The description, with only that way to show who calls."""
    description = yaml.safe_load(httpx.get(f"{hub.address}/api/v1/openapi.yaml").text)
    schemes = description["components"]["securitySchemes"]
    # Its name without TLS.
    schemes["signIn"]["name"] = "signin"
    way = "token" if caller == "token" else "signIn"
    description["components"]["securitySchemes"] = {way: schemes[way]}
    description["security"] = [{way: []}]
    for operations in description["paths"].values():
        for operation in operations.values():
            if isinstance(operation, dict) and operation.get("security"):
                operation["security"] = [needed for needed in operation["security"] if way in needed or not needed]
    return description


def credentials(hub, visitor, caller):
    if caller == "token":
        return f'[auth.openapi]\ntoken = {{ bearer = "{hub.told["token"]}" }}'
    cookie = visitor.client.cookies["signin"]
    return f'[headers]\n"X-Hemicycle-CSRF" = "{visitor.csrf}"\n\n[auth.openapi]\nsignIn = {{ api_key = "{cookie}" }}'


def other_sign_in(hub):
    """The moderator's in another browser, which may be ended without ending the caller's."""
    made = hub.command("sign-in-link", "create", MODERATOR)
    assert made.returncode == 0, made.stderr
    visitor = Visitor(hub)
    visitor.sign_in(made.stdout.split()[0])
    signed_in = visitor.get("/api/v1/me/sign-ins").json()["signIns"]
    visitor.close()
    return next(each["id"] for each in signed_in if each["isThisOne"])
