"""What an operator watches it by: figures, and a log that keeps secrets and people to itself."""

import json
import re

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from harness.hub import ROOT
from harness.waiting import eventually


@pytest.fixture
def hub_settings():
    return {"log_format": "json", "log_level": "debug"}


def figures(hub):
    answer = httpx.get(f"{hub.address}/metrics")
    assert answer.status_code == 200, answer.text
    return {family.name: family for family in text_string_to_metric_families(answer.text)}


def value(hub, family, **labels):
    return next(
        (sample.value for sample in figures(hub)[family].samples if labels.items() <= sample.labels.items()), None)


def names_in(text):
    return set(re.findall(r"\b(?:hemicycle|process)_[a-z_]+\b", text))


def test_O_5_figures_tell_rooms_viewers_media_recording_and_requests(hub, camera, make_visitor):
    visitor = make_visitor()
    media = eventually(lambda: visitor.enter(hub.live_session).get("media"), within=20, saying="the session is live")
    playlist = f"{media.rsplit('/', 1)[0]}/picture/index.m3u8"
    eventually(lambda: visitor.get(playlist).status_code == 200, within=20, saying="a playlist")
    before = value(hub, "hemicycle_media_answers", kind="playlist")
    for _ in range(10):
        assert visitor.get(playlist).status_code == 200
    assert value(hub, "hemicycle_media_answers", kind="playlist") == before + 10, "each is counted, and once"
    assert value(hub, "hemicycle_viewers", way="hls") == 1
    assert value(hub, "hemicycle_sessions", phase="running") == 1
    assert value(hub, "hemicycle_participants_present", session=hub.live_session) == 1
    assert value(hub, "hemicycle_feeds", way="rtmp", state="live") == 1
    eventually(
        lambda: value(hub, "hemicycle_feed_bits_per_second") > 10_000, within=20, saying="what arrives has been measured")
    assert 0 <= value(hub, "hemicycle_recording_sync_age_seconds", session=hub.live_session) < 10
    assert value(hub, "hemicycle_events", kind="feed.started") == 1
    asked = "/api/v1/conferences/{conference}/sessions"
    hub.listed(f"/conferences/{hub.conference}/sessions", "sessions")
    assert value(hub, "hemicycle_http_requests", route=asked, status="200") >= 1
    assert value(hub, "hemicycle_http_request_duration_seconds", route=asked, le="+Inf") >= 1
    assert value(hub, "process_resident_memory_bytes") > 1e7
    told = {name for family in figures(hub).values() for name in (family.name, f"{family.name}_total", f"{family.name}_bucket")}
    for delivered in ("grafana/hemicycle.json", "prometheus/hemicycle.rules.yml"):
        named = names_in((ROOT / "Deploy" / delivered).read_text())
        assert named and named <= told, f"{delivered} names what there is not: {named - told}"


def test_the_log_is_lines_of_json_and_tells_no_secret_and_nothing_of_a_person(hub, camera, make_camera, make_visitor):
    """Everything that is secret or personal in a run is used, rightly and wrongly, at the level `debug`, and then sought in the log."""
    visitor = make_visitor()
    eventually(lambda: visitor.enter(hub.live_session).get("media"), within=20, saying="the session is live")
    admission = visitor.enter(hub.live_session)
    watched = visitor.get(admission["mediaWithPass"])
    pass_token = admission["mediaWithPass"].split("/")[1].removeprefix("~")
    people = hub.listed(f"/sessions/{hub.live_session}/people", "people")
    mistaken_key = hub.told["rtmp"]["key"][:-4] + "AAAA"
    make_camera(f"{hub.told['rtmp']['url']}/{mistaken_key}").start()
    eventually(lambda: "came to nothing" in hub.log.read_text(), within=20, saying="a desk is refused")
    registered = hub.command(
        "participant", "create", "--conference", hub.told["conference"], "--name", "Inès Sauvage", "--mail", "ines@example.org",
        "--organisation", "Chamber of Tests")
    link = hub.command("sign-in-link", "create", "ines@example.org")
    assert watched.status_code == 200 and registered.returncode == 0 and link.returncode == 0, registered.stderr + link.stderr
    visitor.get("/sign-in?link=mistaken-link")
    hub.api("GET", "/conferences", params={"token": "mistaken-token"})
    hub.remove(people[0]["participant"], hub.live_session, "Spoke out of turn for an hour.")

    log = hub.log.read_text()
    lines = [json.loads(line) for line in log.splitlines()]
    assert lines and all({"instant", "level", "message", "source", "metadata"} == line.keys() for line in lines)
    secrets = [hub.told["token"], hub.told["rtmp"]["key"], mistaken_key, pass_token, *visitor.client.cookies.values()]
    secrets += [link.split("link=")[1] for link in (*hub.told["signIn"].values(), link.stdout.split()[0])]
    secrets += ["mistaken-link", "mistaken-token"]
    personal = ["@", "Sauvage", "Chamber of Tests", "Spoke out of turn", *(person["name"] for person in people)]
    assert all(secrets) and [word for word in secrets + personal if word in log] == []


def test_figures_are_told_to_those_who_are_named_and_not_through_a_proxy_that_is_not(hub, make_hub):
    passed_on = httpx.get(f"{hub.address}/metrics", headers={"X-Forwarded-For": "127.0.0.1"})
    assert passed_on.status_code == 403 and "metrics.readers" in passed_on.json()["detail"]
    closed = make_hub(metrics_readers="192.0.2.1").start()
    assert httpx.get(f"{closed.address}/metrics").status_code == 403
