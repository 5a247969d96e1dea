"""What an operator installs: the service, and nginx before it."""

import os
import re
import shutil
import subprocess
import threading
from pathlib import Path

import httpx
import pytest

from harness.hub import ROOT
from harness.playlists import MediaPlaylist
from harness.proxy import Proxy
from harness.visitor import Visitor
from harness.waiting import eventually


@pytest.fixture
def installed(request, tmp_path):
    """A root with the program as `make install` puts it there, and with the units of Debian's systemd."""
    program = request.config.getoption("--program").resolve()
    subprocess.run(["Deploy/install", program], cwd=ROOT, env=os.environ | {"DESTDIR": str(tmp_path)}, check=True)
    for unit in Path("/lib/systemd/system").glob("*.target"):
        if unit.is_file():
            shutil.copy(unit, tmp_path / "usr/lib/systemd/system" / unit.name)
    return tmp_path


def test_the_installed_service_is_sound_and_hardened_and_the_program_runs(installed):
    checked = subprocess.run(
        ["systemd-analyze", "verify", f"--root={installed}", "hemicycle.service"], capture_output=True, text=True, timeout=60)
    about_us = [line for line in checked.stderr.splitlines() if "hemicycle" in line]
    assert checked.returncode == 0 and not about_us, checked.stderr
    rated = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", f"--root={installed}", "hemicycle.service"], capture_output=True,
        text=True, timeout=60)
    assert float(re.search(r"exposure level .*: ([0-9.]+)", rated.stdout).group(1)) <= 2, rated.stdout
    version = subprocess.run([installed / "usr/bin/hemicycle", "version"], capture_output=True, text=True, timeout=20)
    assert version.stdout.startswith("hemicycle "), version.stderr
    assert (installed / "usr/share/hemicycle/api/openapi.yaml").exists() and (installed / "etc/hemicycle/hemicycle.yaml").exists()


@pytest.fixture
def hub_settings():
    return {"http_trusted__proxies": "127.0.0.1", "http_requests__per__address": 20}


@pytest.fixture
def proxy(hub, tmp_path):
    proxy = Proxy(hub, tmp_path)
    yield proxy.start()
    proxy.end()


def test_behind_nginx_people_sign_in_pictures_wait_and_events_come_at_once(hub, camera, proxy):
    link = hub.told["signIn"]["participant"].replace(hub.address, proxy.address)
    visitor = Visitor(proxy)
    signed = visitor.sign_in(link)
    visitor.close()
    assert signed.status_code in (302, 303), signed.text
    assert signed.headers["set-cookie"].startswith("__Host-"), "it knows of the TLS before it"
    bearer = {"Authorization": f"Bearer {hub.told['token']}"}
    told = []

    def listen():
        address = f"{proxy.address}/api/v1/sessions/{hub.live_session}/events"
        with httpx.stream("GET", address, headers=bearer, verify=False, timeout=30) as answer:
            for line in answer.iter_lines():
                told.append(line)
                if line == "event: session.closed":
                    return

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    eventually(lambda: told, within=10, saying="the stream begins")
    hub.close_session(hub.live_session)
    listener.join(timeout=5)
    assert "event: session.closed" in told, "an event comes when it happens"


def test_behind_nginx_a_playlist_waits_for_what_it_is_asked_for(hub, camera, proxy, make_visitor):
    visitor = make_visitor()
    media = eventually(lambda: visitor.enter(hub.live_session).get("mediaWithPass"), within=20, saying="the session is live")
    playlist = f"{proxy.address}{media.rsplit('/', 1)[0]}/picture/index.m3u8"
    with httpx.Client(verify=False, timeout=20) as client:
        eventually(lambda: client.get(playlist).status_code == 200, within=20, saying="a playlist")
        for _ in range(4):
            number, part = MediaPlaylist(client.get(playlist).text).next_part
            later = client.get(playlist, params={"_HLS_msn": number, "_HLS_part": part})
            assert later.status_code == 200 and MediaPlaylist(later.text).next_part > (number, part)


def test_API_7_what_a_client_says_of_its_address_counts_for_nothing_behind_nginx(hub, proxy):
    with httpx.Client(verify=False) as client:
        answers = [
            client.get(f"{proxy.address}/healthz", headers={"X-Forwarded-For": f"192.0.2.{number % 250}"}).status_code
            for number in range(400)
        ]
    assert 429 in answers, "all of them are one client"
    assert httpx.get(f"{proxy.address}/metrics", verify=False).status_code == 404


def test_API_7_who_is_no_trusted_proxy_is_not_believed(make_hub):
    hub = make_hub(http_requests__per__address=20).start()
    with httpx.Client() as client:
        told = [
            client.get(f"{hub.address}/healthz", headers={"X-Forwarded-For": f"192.0.2.{number % 250}"}).status_code
            for number in range(400)
        ]
    assert 429 in told
