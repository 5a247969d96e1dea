"""Production desks as they come: other programs, TLS, lines that fail, a server that stops."""

import signal
import socket
import ssl
import subprocess
import time

import pytest

from harness.certificate import self_signed
from harness.desk import Desk, film
from harness.hub import free_port
from harness.line import Line
from harness.waiting import eventually


@pytest.fixture
def secure_hub(make_hub, tmp_path):
    """A running server with RTMPS, and plain HTTP."""
    certificate, key = self_signed(tmp_path)
    return make_hub(rtmp_tls__port=free_port(), rtmp_certificate=certificate, rtmp_private__key=key).start()


@pytest.fixture
def run_desk(tmp_path):
    """Runs a program as a desk; what it says stands in `tmp_path`."""
    desks = []

    def run(*command):
        log = (tmp_path / f"desk-{len(desks)}.log").open("wb")
        desks.append(subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log))
        return desks[-1]

    yield run
    for desk in desks:
        if desk.poll() is None:
            desk.send_signal(signal.SIGCONT)
            desk.kill()
            desk.wait()


def ffmpeg(address, *more):
    sources = ["-re", "-f", "lavfi", "-i", "testsrc2=s=320x180:r=25", "-re", "-f", "lavfi", "-i", "sine=f=440:r=48000"]
    encoders = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "aac"]
    return ["ffmpeg", "-nostdin", "-v", "warning", *sources, *encoders, *more, "-f", "flv", address]


def gstreamer(address):
    picture = "videotestsrc is-live=true ! video/x-raw,width=320,height=180,framerate=25/1"
    encoder = "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=25 ! h264parse ! mux."
    sound = "audiotestsrc is-live=true ! audio/x-raw,rate=48000,channels=2 ! voaacenc ! mux."
    sink = f"flvmux name=mux streamable=true ! rtmp2sink location={address} tls-validation-flags=0"
    return ["gst-launch-1.0", "-q", *f"{picture} ! {encoder} {sound} {sink}".split()]


def feed(hub):
    """The feed in the room of the live session; nothing where there is none."""
    room = hub.api("GET", f"/sessions/{hub.live_session}").json()["room"]
    answer = hub.api("GET", f"/rooms/{room}/feed")
    return answer.json() if answer.status_code == 200 else {}


def is_live(hub, sound_rate=48000):
    now = feed(hub)
    return now.get("state") == "live" and now.get("picture", {}).get("height") == 180 and (
        now.get("sound", {}).get("sampleRate") == sound_rate and now["frameRate"] > 20)


def secure(hub):
    """The address of a desk that pushes within TLS."""
    key = hub.told["rtmp"]["key"]
    port = next(line.split(":")[1] for line in hub.configuration.read_text().splitlines() if "tls-port" in line)
    return f"rtmps://127.0.0.1:{port.strip()}/live/{key}"


# Programs

@pytest.mark.parametrize("program", [ffmpeg, gstreamer])
def test_RTMP_7_a_desk_publishes_within_tls(secure_hub, run_desk, program):
    run_desk(*program(secure(secure_hub)))
    eventually(lambda: is_live(secure_hub), within=30, saying="picture and sound come in")
    log = secure_hub.log.read_text()
    assert "A desk publishes by RTMPS" in log
    assert secure_hub.told["rtmp"]["key"] not in log, "a key is never logged"


def test_gstreamer_publishes_and_goes(hub, run_desk):
    desk = run_desk(*gstreamer(hub.desk_address))
    eventually(lambda: is_live(hub), within=30, saying="picture and sound come in")
    desk.send_signal(signal.SIGINT)
    eventually(lambda: feed(hub)["state"] == "interrupted", within=10, saying="it has gone")
    assert "GStreamer" in hub.log.read_text()


# TLS

def test_RTMP_7_old_versions_of_tls_plain_rtmp_and_silence_are_turned_away(secure_hub, run_desk):
    port = int(secure(secure_hub).split(":")[2].split("/")[0])
    silent = socket.create_connection(("127.0.0.1", port), timeout=25)
    plain = run_desk(*ffmpeg(f"rtmp://127.0.0.1:{port}/live/{secure_hub.told['rtmp']['key']}"))
    eventually(lambda: plain.poll() is not None, within=15, saying="ffmpeg gives up")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    with socket.create_connection(("127.0.0.1", port)) as line, pytest.raises((ssl.SSLError, ConnectionError)):
        context.wrap_socket(line)
    said = "RTMP connections turned away"
    eventually(lambda: said in secure_hub.log.read_text(), within=5, saying="trouble is counted and told")
    assert silent.recv(1) == b"", "who does not even begin is closed"


def test_check_looks_at_the_port_and_the_certificate_of_rtmps(make_hub, tmp_path):
    certificate, key = self_signed(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        hub = make_hub(rtmp_tls__port=port, rtmp_certificate=certificate, rtmp_private__key=key)
        answer = hub.command("check")
        assert answer.returncode == 1 and f"127.0.0.1:{port}" in answer.stdout and "rtmp.tls-port" in answer.stdout
    sound = hub.command("check")
    assert sound.returncode == 0 and "rtmps port" in sound.stdout and "rtmps certificate" in sound.stdout, sound.stdout
    (tmp_path / "old").mkdir()
    certificate, key = self_signed(tmp_path / "old", days=-1)
    hub.configure(rtmp_tls__port=port, rtmp_certificate=certificate, rtmp_private__key=key)
    assert "expired" in hub.command("check").stdout
    hub.configure(rtmp_tls__port=port)
    assert "rtmp.tls-port needs a certificate" in hub.command("check").stderr


# Taking over

def test_a_desk_whose_line_failed_silently_takes_over_from_itself(hub, run_desk):
    line = Line(hub.rtmp_port)
    try:
        old = run_desk(*ffmpeg(f"rtmp://127.0.0.1:{line.port}/live/{hub.told['rtmp']['key']}"))
        eventually(lambda: is_live(hub), within=30, saying="the desk publishes")
        line.cut()
        too_early = run_desk(*ffmpeg(hub.desk_address))
        eventually(lambda: too_early.poll() is not None, within=10, saying="the newcomer is refused")
        assert old.poll() is None and feed(hub)["state"] == "live", "nobody knows yet that the line is dead"
        time.sleep(2)  # what the rule asks for
        run_desk(*ffmpeg(hub.desk_address))
        eventually(lambda: feed(hub)["interruptions"] == 1 and is_live(hub), within=15, saying="it has taken over")
        assert "Another connection with this stream key has taken over" in hub.log.read_text()
    finally:
        line.end()
    time.sleep(1)
    assert is_live(hub), "what is left of the old connection changes nothing"


def test_a_desk_that_stood_still_is_displaced_and_told(hub, run_desk):
    old = run_desk(*ffmpeg(hub.desk_address))
    eventually(lambda: is_live(hub), within=30, saying="the desk publishes")
    old.send_signal(signal.SIGSTOP)
    time.sleep(2.5)  # what the rule asks for
    run_desk(*ffmpeg(hub.desk_address))
    eventually(lambda: feed(hub)["interruptions"] == 1 and is_live(hub), within=15, saying="the newcomer has taken over")
    old.send_signal(signal.SIGCONT)
    eventually(lambda: old.poll() is not None, within=15, saying="the old one is told and ends")
    assert is_live(hub)


# Stopping

def test_RTMP_5_only_a_desk_that_can_come_anew_is_asked_to_when_the_server_stops(hub, tmp_path):
    tags = film(tmp_path, seconds=30)
    desk = Desk(hub.desk_address, tags, capsEx=1)
    eventually(lambda: is_live(hub), within=30, saying="the desk publishes")
    hub.process.send_signal(signal.SIGTERM)
    eventually(lambda: b"NetConnection.Connect.ReconnectRequest" in desk.heard, within=5, saying="it is asked")
    assert not desk.is_over.is_set(), "and heard until it leaves"
    desk.end()
    assert hub.process.wait(timeout=hub.stop_within) == 0
    hub.process = None

    hub.start()
    desk = Desk(hub.desk_address, tags)
    eventually(lambda: is_live(hub), within=30, saying="the desk publishes")
    hub.stop()
    eventually(lambda: b"NetStream.Failed" in desk.heard, within=5, saying="it is told why it is closed")
    assert b"ReconnectRequest" not in desk.heard
    desk.end()
