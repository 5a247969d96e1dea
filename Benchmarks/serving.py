"""Requests per second of processor time, for what viewers ask for most: a playlist and a part; nginx serves the same bytes beside.

Wall-clock figures of a small machine lie, since the client takes its share of the same cores; processor time is read from /proc.
"""

import argparse
import os
import re
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from harness.camera import Camera
from harness.hub import Hub, free_port
from harness.playlists import MediaPlaylist
from harness.visitor import Visitor
from harness.waiting import eventually

SECONDS = 5
CONNECTIONS = 64
ROUNDS = 3

NGINX = """
{user} daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{ access_log off; sendfile on; keepalive_requests 1000000; types {{ video/mp4 m4s; }}
        client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4;
        scgi_temp_path {folder}/t5; server {{ listen 127.0.0.1:{port}; root {folder}/files; }} }}
"""


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("program", type=Path)
    program = arguments.parse_args().program.resolve()
    with tempfile.TemporaryDirectory(prefix="hemicycle-") as name:
        folder = Path(name)
        hub = Hub(program, folder / "hub")
        try:
            measure_start(hub)
            measure_serving(hub, folder)
        finally:
            hub.end()


def measure_start(hub):
    hub.start()
    first = hub.started_in
    hub.stop()
    hub.start()
    print(f"start to first answer: {first * 1000:.0f} ms with a new data folder, {hub.started_in * 1000:.0f} ms with it as left")
    print(f"resident when idle: {hub.resident_megabytes:.0f} MB")


def measure_serving(hub, folder):
    camera = Camera(hub.desk_address, folder, size="1280x720", kbits=1500).start()
    visitor = Visitor(hub)
    visitor.sign_in(hub.told["signIn"]["participant"])
    media = eventually(lambda: visitor.enter(hub.live_session).get("media"), within=30, saying="the session is live")
    base = f"{media.rsplit('/', 1)[0]}/picture"
    plain = {"Accept-Encoding": "identity"}
    try:
        eventually(lambda: visitor.get(f"{base}/index.m3u8").status_code == 200, within=30, saying="a playlist")
        for what in ("playlist", "part"):
            for _ in range(ROUNDS):
                path = newest(visitor, base)[what]
                body = visitor.get(path, headers=plain).content
                compare(what, body, hub, path, cookies(visitor), folder)
        print(f"resident after serving: {hub.resident_megabytes:.0f} MB")
    finally:
        visitor.close()
        camera.end()


def newest(visitor, base):
    playlist = MediaPlaylist(visitor.get(f"{base}/index.m3u8").text)
    segment = next(segment for segment in reversed(playlist.segments) if segment.parts)
    return {"playlist": f"{base}/index.m3u8", "part": f"{base}/{segment.parts[-1].uri}"}


def cookies(visitor):
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.client.cookies.jar)


def compare(what, body, hub, path, cookie, folder):
    ours = requests_per_processor_second(hub.process.pid, hub.address + path, f"Cookie: {cookie}")
    with nginx(folder, body) as (pid, address):
        theirs = requests_per_processor_second(pid, address, "Cookie: none")
    print(
        f"{what} of {len(body)} bytes: {ours:.0f} requests per processor second"
        f" ({1e6 / ours:.0f} µs each), nginx {theirs:.0f}, ratio {theirs / ours:.1f}")


@contextmanager
def nginx(folder, body):
    """An nginx that serves `body`: the process that does the work, and the address."""
    port = free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "files").mkdir(exist_ok=True)
    (folder / "files" / "body").write_bytes(body)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, user=user))
    process = subprocess.Popen(["nginx", "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        yield eventually(lambda: child_of(process.pid), within=5, saying="nginx works"), f"http://127.0.0.1:{port}/body"
    finally:
        process.terminate()
        process.wait()


def child_of(pid):
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0]) if children else None


def requests_per_processor_second(pid, address, header):
    before = processor_seconds(pid)
    told = subprocess.run(
        ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-H", header, address], capture_output=True, text=True, check=True).stdout
    used = processor_seconds(pid) - before
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", told)
    assert not refused, told
    return int(re.search(r"(\d+) requests in", told).group(1)) / used


def processor_seconds(pid):
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
