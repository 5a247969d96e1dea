"""What it costs to serve viewers, and how that grows with them; nginx serves the same bytes in the same minute.

First what a request costs on kept-alive connections, as fast as wrk asks; then what a viewer of low-latency HLS costs at parts of
0.2 s, beyond what the session costs without any. Figures are processor time, read from /proc.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from harness.camera import Camera
from harness.hub import Hub
from harness.playlists import MediaPlaylist
from harness.visitor import Visitor
from harness.waiting import eventually

import nginx
import processor

CROWDS = (1, 10, 100)
SECONDS = 4
ROUNDS = 3
PART = 0.2
TRACKS = ("picture", "sound")


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("program", type=Path)
    program = arguments.parse_args().program.resolve()
    with tempfile.TemporaryDirectory(prefix="hemicycle-") as name:
        # All of wrk's requests come from one address.
        hub = Hub(
            program, Path(name) / "hub", media_part__duration=f"{PART * 1000:.0f}ms",
            http_media__requests__per__address=1_000_000)
        try:
            measure_start(hub)
            with Audience(hub, Path(name)) as audience:
                measure_requests(audience)
                measure_viewers(audience)
            print(f"resident after serving: {hub.resident_megabytes:.0f} MB")
        finally:
            hub.end()


def measure_start(hub):
    hub.start()
    first = hub.started_in
    hub.stop()
    hub.start()
    print(f"start to first answer: {first * 1000:.0f} ms with a new data folder, {hub.started_in * 1000:.0f} ms with it as left")
    print(f"resident when idle: {hub.resident_megabytes:.0f} MB")


class Audience:
    """A live session, and somebody with a pass to it."""

    def __init__(self, hub, folder):
        self.hub, self.folder = hub, folder
        self.camera = Camera(hub.desk_address, folder, size="1280x720", kbits=1500)
        self.visitor = Visitor(hub)

    def __enter__(self):
        self.camera.start()
        self.visitor.sign_in(self.hub.told["signIn"]["participant"])
        media = eventually(self.media, within=30, saying="the session is live")
        self.base = media.rsplit("/", 1)[0]
        eventually(lambda: self.visitor.get(f"{self.base}/sound/index.m3u8").status_code == 200, within=30, saying="a playlist")
        return self

    def __exit__(self, *_):
        self.visitor.close()
        self.camera.end()

    def media(self):
        return self.visitor.enter(self.hub.live_session).get("media")

    @property
    def cookies(self):
        """With a fresh pass."""
        self.media()
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.visitor.client.cookies.jar)

    def newest(self, track):
        """The paths of the playlist and of the newest part."""
        path = f"{self.base}/{track}/index.m3u8"
        segments = MediaPlaylist(self.visitor.get(path).text).segments
        return {"playlist": path, "part": f"{self.base}/{track}/{next(s for s in reversed(segments) if s.parts).parts[-1].uri}"}

    def bytes(self, path):
        return self.visitor.get(path, headers={"Accept-Encoding": "identity"}).content


# Requests


def measure_requests(audience):
    print("requests as fast as they come: µs of processor time each, best of", ROUNDS)
    for what in ("playlist", "part"):
        for crowd in CROWDS:
            pairs = [request_pair(audience, what, crowd) for _ in range(ROUNDS)]
            (ours, size), (theirs, _) = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
            ratio = min(pair[0][0] / pair[1][0] for pair in pairs)
            print(
                f"  {what:8} of {size:6} bytes, {crowd:3} connections: {ours:5.1f}, nginx {theirs:5.1f}"
                f" (ratios {', '.join(f'{pair[0][0] / pair[1][0]:.2f}' for pair in pairs)}; least {ratio:.2f})")


def request_pair(audience, what, crowd):
    hub, header = audience.hub, f"Cookie: {audience.cookies}"
    # The part last: it is there for some seconds only.
    path = audience.newest("picture")[what]
    body = audience.bytes(path)
    ours = request_cost(hub.process.pid, hub.address + path, header, crowd)
    with nginx.serving(audience.folder, {"body": body}) as (pid, port):
        theirs = request_cost(pid, f"http://127.0.0.1:{port}/body", "Cookie: none", crowd)
    return (ours, len(body)), (theirs, len(body))


def request_cost(pid, address, header, crowd):
    """Microseconds of processor time for one request."""
    before = processor.seconds(pid)
    told = subprocess.run(
        ["wrk", "-t1", f"-c{crowd}", f"-d{SECONDS}s", "-H", header, address], capture_output=True, text=True, check=True).stdout
    used = processor.seconds(pid) - before
    assert "Non-2xx" not in told, told
    return 1e6 * used / int(re.search(r"(\d+) requests in", told).group(1))


# Viewers


def measure_viewers(audience):
    print(f"viewers at parts of {PART} s, picture and sound: ms of processor time a second")
    alone = min(viewer_cost(audience, 0)[0] for _ in range(2))
    print(f"  the session alone: {alone:.1f}")
    for crowd in CROWDS:
        used, asked = viewer_cost(audience, crowd)
        theirs = paced_cost(audience, crowd)
        print(
            f"  {crowd:3} viewers: {used:6.1f}, each {(used - alone) / crowd:.2f}"
            f" ({asked / crowd:.1f} requests a second each); nginx for as many requests {theirs / crowd:.2f} each")


def viewer_cost(audience, crowd):
    """Milliseconds of processor time a second, and requests a second."""
    hub = audience.hub
    tracks = [f"{audience.base}/{track}" for track in TRACKS]
    return crowd_cost(hub.process.pid, crowd, ["--port", str(hub.http_port), "--cookie", audience.cookies, *tracks])


def paced_cost(audience, crowd):
    paths = [path for track in TRACKS for path in audience.newest(track).values()]
    files = {f"{place}.m4s": audience.bytes(path) for place, path in enumerate(paths)}
    with nginx.serving(audience.folder, files) as (pid, port):
        return crowd_cost(pid, crowd, ["--port", str(port), "--paced", str(PART), *(f"/{name}" for name in files)])[0]


def crowd_cost(pid, crowd, arguments):
    client = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("viewers.py")), "--viewers", str(crowd), *arguments],
        stdout=subprocess.PIPE, text=True)
    assert client.stdout.readline() == "measuring\n"
    before = processor.seconds(pid)
    told = json.loads(client.stdout.readline())
    used = processor.seconds(pid) - before
    client.wait()
    assert not told["refused"] and not told["failed"], told
    return 1000 * used / 8, told["requests"] / 8


if __name__ == "__main__":
    main()
