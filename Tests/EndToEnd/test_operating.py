"""What an operator meets: starting, checking, stopping, and faults that name themselves."""

import socket
import subprocess
import threading

import httpx
import pytest

from harness.certificate import self_signed
from harness.figures import report
from harness.hub import CONFIGURATION, Hub
from harness.media import boxes
from harness.playlists import MediaPlaylist
from harness.visitor import Visitor
from harness.waiting import eventually


def test_it_starts_at_once_and_is_small_when_idle(make_hub):
    """The figures of a debug build; `make bench` measures the release."""
    hub = make_hub().start()
    report("start to first answer, new data folder", hub.started_in)
    hub.stop()
    hub.start()
    report("start to first answer, data folder as left", hub.started_in)
    report("resident when idle", hub.resident_megabytes, "MB")
    assert not hub.has_loaded("libavformat"), "FFmpeg costs 25 MB, and nobody needs it yet"
    assert not hub.has_loaded("libcurl"), "libcurl costs 4 MB, and nobody needs it yet"
    assert httpx.get(f"{hub.address}/healthz").status_code == 200


def test_a_stop_ends_playlists_and_closes_recordings_within_the_stated_time(hub, camera, make_visitor):
    visitor = make_visitor()
    media = eventually(lambda: visitor.enter(hub.live_session).get("media"), within=20, saying="the session is live")
    playlist = f"{media.rsplit('/', 1)[0]}/picture/index.m3u8"
    eventually(lambda: visitor.get(playlist).status_code == 200, within=20, saying="a playlist")
    last = []

    def follow():
        client = httpx.Client(base_url=hub.address, cookies=visitor.client.cookies, timeout=15)
        query = {}
        try:
            while True:
                answer = client.get(playlist, params=query)
                last.append(MediaPlaylist(answer.text))
                if last[-1].ended:
                    return
                query = dict(zip(("_HLS_msn", "_HLS_part"), last[-1].next_part))
        except httpx.TransportError:
            return

    follower = threading.Thread(target=follow)
    follower.start()
    eventually(lambda: len(last) > 3, within=15, saying="the follower follows")
    took = hub.stop()
    follower.join(timeout=20)
    report("graceful stop in mid-session", took)
    assert took < Hub.stop_within
    assert hub.exit_status == 0, hub.last_words()
    assert last[-1].ended, "the playlist ends"


def test_a_page_plays_on_after_an_orderly_restart(hub, camera, make_live_page):
    page = make_live_page().enter(hub.live_session)
    page.plays()
    hub.stop()
    hub.start()
    camera.end()
    camera.start()
    report("orderly restart to pictures again", page.plays(within=60))


def test_a_second_start_keeps_what_was_there(hub):
    session = hub.live_session
    hub.stop()
    hub.start()
    assert hub.live_session == session


def test_two_servers_do_not_share_a_data_folder(hub, make_hub):
    second = make_hub(data_folder=str(hub.data))
    process = second.spawn("serve", "--config", str(second.configuration))
    try:
        assert process.wait(timeout=15) != 0
    finally:
        process.kill()
    assert f"{hub.data} is held by another program" in second.last_words()


@pytest.mark.parametrize("server", ["http", "rtmp"])
def test_a_start_says_which_address_is_taken(make_hub, server):
    hub = make_hub()
    with socket.socket() as squatter:
        port = {"http": hub.http_port, "rtmp": hub.rtmp_port}[server]
        squatter.bind(("127.0.0.1", port))
        squatter.listen()
        process = hub.spawn("serve", "--config", str(hub.configuration))
        try:
            assert process.wait(timeout=15) != 0
        finally:
            process.kill()
    said = hub.last_words()
    assert f"127.0.0.1:{port}" in said and server.upper() in said and "hemicycle check" in said, said


# check

def test_check_finds_nothing_wrong_where_nothing_is(make_hub):
    checked = make_hub().command("check")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def check_finds(hub, *words):
    checked = hub.command("check")
    said = checked.stdout + checked.stderr
    assert checked.returncode != 0, said
    assert all(word in said for word in words), said


@pytest.mark.parametrize("server", ["http", "rtmp"])
def test_check_names_a_port_that_is_taken(make_hub, server):
    hub = make_hub()
    with socket.socket() as squatter:
        port = {"http": hub.http_port, "rtmp": hub.rtmp_port}[server]
        squatter.bind(("127.0.0.1", port))
        squatter.listen()
        check_finds(hub, str(port))


def test_check_names_a_data_folder_that_cannot_be_written(make_hub, tmp_path):
    occupied = tmp_path / "a-file"
    occupied.write_text("not a folder")
    check_finds(make_hub(data_folder=str(occupied / "data")), str(occupied))


def test_check_names_a_certificate_that_is_none(make_hub, tmp_path):
    nonsense = tmp_path / "certificate.pem"
    nonsense.write_text("nonsense")
    check_finds(make_hub(http_certificate=str(nonsense), http_private__key=str(nonsense)), str(nonsense))


def test_check_names_a_certificate_that_has_expired(make_hub, tmp_path):
    certificate, key = self_signed(tmp_path, days=-1)
    check_finds(make_hub(http_certificate=certificate, http_private__key=key), "expired")


def test_check_names_a_key_of_another_certificate(make_hub, tmp_path):
    (tmp_path / "other").mkdir()
    (certificate, _), (_, key) = self_signed(tmp_path), self_signed(tmp_path / "other")
    check_finds(make_hub(http_certificate=certificate, http_private__key=key), "private key")


@pytest.mark.parametrize(
    ("setting", "value", "accepted"),
    [
        ("rtmp_port", 70000, "65535"),
        ("media_part__duration", "7s", "1"),
        ("log_level", "loud", "info"),
        ("data_folder", "/tmp/" + 90 * "d", "94 bytes"),
    ],
)
def test_a_bad_value_stops_the_start_naming_key_value_and_what_is_accepted(make_hub, setting, value, accepted):
    hub = make_hub(**{setting: value})
    process = hub.spawn("serve", "--config", str(hub.configuration))
    try:
        assert process.wait(timeout=10) != 0
    finally:
        process.kill()
    key = setting.replace("__", "-").replace("_", ".")
    said = hub.last_words()
    assert key in said and str(value) in said and accepted in said, said


def test_the_configuration_as_delivered_is_accepted(make_hub):
    hub = make_hub()
    hub.configuration.write_text(CONFIGURATION.read_text())
    answer = subprocess.run(
        [hub.program, "check", "--config", hub.configuration, "--data", hub.data], capture_output=True, text=True, timeout=30,
        env=hub.environment | {
            "HEMICYCLE_HTTP_PORT": str(hub.http_port), "HEMICYCLE_RTMP_PORT": str(hub.rtmp_port), "HEMICYCLE_WEBRTC_PORT": "0"})
    assert answer.returncode == 0, answer.stdout + answer.stderr


# TLS

@pytest.mark.parametrize(("flag", "version"), [("--http2", "2"), ("--http1.1", "1.1")])
def test_it_speaks_both_versions_of_http_over_tls(make_hub, tmp_path, flag, version):
    certificate, key = self_signed(tmp_path)
    hub = make_hub(http_certificate=certificate, http_private__key=key).start()
    answer = subprocess.run(
        ["curl", "--silent", "--show-error", "--cacert", certificate, flag, "--output", "/dev/null", "--write-out",
         "%{http_version} %{http_code}", f"{hub.address}/"],
        capture_output=True, text=True, timeout=20)
    assert answer.stdout == f"{version} 200", answer.stdout + answer.stderr


@pytest.mark.parametrize(("flag", "version"), [("--http2", "2"), ("--http1.1", "1.1")])
def test_HLS_19_media_wait_and_come_over_both_versions_of_http(make_hub, make_camera, tmp_path, flag, version):
    certificate, key = self_signed(tmp_path)
    hub = make_hub(http_certificate=certificate, http_private__key=key).start()
    make_camera(hub.desk_address).start()
    visitor = Visitor(hub)
    visitor.sign_in(hub.told["signIn"]["participant"])
    media = eventually(lambda: visitor.enter(hub.live_session)["mediaWithPass"], within=20, saying="the session is live")
    base = f"{hub.address}{media.rsplit('/', 1)[0]}/picture"

    def curl(*addresses):
        """The bodies, asked for at the same time where the version lets them be."""
        outputs = [tmp_path / f"body-{place}" for place, _ in enumerate(addresses)]
        asked = [word for address, output in zip(addresses, outputs) for word in (address, "--output", output)]
        told = subprocess.run(
            ["curl", "--silent", "--show-error", "--parallel", "--parallel-immediate", "--cacert", certificate, flag, "--write-out",
             "%{http_version} %{http_code}\n", *asked], capture_output=True, text=True, timeout=30)
        assert told.stdout.split("\n")[:-1] == [f"{version} 200"] * len(addresses), told.stdout + told.stderr
        return [output.read_bytes() for output in outputs]

    eventually(lambda: visitor.get(f"{base}/index.m3u8").status_code == 200, within=20, saying="a playlist")
    playlist = MediaPlaylist(curl(f"{base}/index.m3u8")[0].decode())
    number, part = playlist.next_part
    hinted = playlist.hints[0]["URI"]
    later, bytes_of_part = curl(f"{base}/index.m3u8?_HLS_msn={number}&_HLS_part={part}", f"{base}/{hinted}")
    assert hinted in later.decode() and [kind for kind, _ in boxes(bytes_of_part)] == ["moof", "mdat"]
    visitor.close()


def test_a_connection_that_does_not_shake_hands_is_closed(make_hub, tmp_path):
    certificate, key = self_signed(tmp_path)
    hub = make_hub(http_certificate=certificate, http_private__key=key).start()
    with socket.create_connection(("127.0.0.1", hub.http_port), timeout=20) as silent:
        silent.sendall(b"\x16\x03\x01")
        assert silent.recv(1) == b""


def test_cookies_are_bound_to_the_host_under_tls(make_hub, tmp_path):
    certificate, key = self_signed(tmp_path)
    hub = make_hub(http_certificate=certificate, http_private__key=key).start()
    answer = Visitor(hub).sign_in(hub.told["signIn"]["participant"])
    assert answer.headers["set-cookie"].startswith("__Host-") and "Secure" in answer.headers["set-cookie"]
    assert "max-age=" in answer.headers["strict-transport-security"]


# The command line beside a running server

def test_a_stream_key_made_beside_a_running_server_works_until_it_is_revoked(hub, make_camera):
    room = hub.api("GET", f"/sessions/{hub.live_session}").json()["room"]
    made = hub.command("stream-key", "create", "--room", room, "--name", "OBS in the press room")
    assert made.returncode == 0, made.stderr
    identifier, key = made.stdout.split()[:2]
    camera = make_camera(f"{hub.told['rtmp']['url']}/{key}").start()
    eventually(lambda: hub.recordings(hub.live_session), within=20, saying="the desk publishes")

    listed = hub.command("stream-key", "list").stdout
    assert identifier in listed and key not in listed, "a key is shown once"
    assert hub.command("stream-key", "revoke", identifier).returncode == 0
    eventually(lambda: camera.process.poll() is not None, within=10, saying="the desk is cut off")
    again = make_camera(f"{hub.told['rtmp']['url']}/{key}").start()
    eventually(lambda: again.process.poll() is not None, within=15, saying="the desk is refused")


def test_help_reads_well(make_hub):
    hub = make_hub()
    for arguments in ([], ["serve"], ["check"], ["stream-key"], ["participant"], ["token"], ["recording"]):
        helped = subprocess.run([hub.program, *arguments, "--help"], capture_output=True, text=True, timeout=10)
        assert helped.returncode == 0 and "USAGE" in helped.stdout.upper()


def test_version_tells_the_version_of_the_program(make_hub):
    told = subprocess.run([make_hub().program, "version"], capture_output=True, text=True, timeout=10)
    assert told.returncode == 0 and told.stdout.startswith("hemicycle")
