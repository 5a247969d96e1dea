"""Viewers of low-latency HLS, each with a playlist request and a request for the hinted part open for picture and for sound.

They decode nothing and keep nothing: what they cost is the server's. With --paced they ask for two fixed files at the same pace
instead, for servers that cannot let a request wait. What was asked in the measured time is printed as JSON.
"""

import argparse
import asyncio
import json
import re
import time

HINT = re.compile(rb'TYPE=PART,URI="((\d+)\.(\d+)\.m4s)"')
LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class Connection:
    """One kept-alive connection."""

    def __init__(self, host, port, cookie):
        self.place = (host, port)
        self.fields = f"Host: {host}:{port}\r\nCookie: {cookie}\r\n\r\n"
        self.streams = None

    async def get(self, path):
        if self.streams is None:
            self.streams = await asyncio.open_connection(*self.place, limit=1 << 20)
        reader, writer = self.streams
        writer.write(f"GET {path} HTTP/1.1\r\n{self.fields}".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(int(LENGTH.search(head)[1]))
        tally.count(head, body)
        return body


class Tally:
    def __init__(self):
        self.requests = self.bytes = self.refused = 0

    def count(self, head, body):
        self.requests += 1
        self.bytes += len(body)
        self.refused += not head.startswith(b"HTTP/1.1 200")


tally = Tally()


async def watch(connect, base):
    """Asks on and on for the part that comes next, and for the playlist that has it."""
    playlists, parts = connect(), connect()
    playlist = await playlists.get(f"{base}/index.m3u8")
    while True:
        name, segment, part = (match.decode() for match in HINT.search(playlist).groups())
        playlist, _ = await asyncio.gather(
            playlists.get(f"{base}/index.m3u8?_HLS_msn={segment}&_HLS_part={part}"), parts.get(f"{base}/{name}"))


async def pace(connect, paths, every, offset):
    """Asks for both files once in so many seconds."""
    connections = [connect() for _ in paths]
    due = time.monotonic() + offset
    while True:
        await asyncio.sleep(due - time.monotonic())
        due += every
        await asyncio.gather(*(connection.get(path) for connection, path in zip(connections, paths)))


async def run(arguments):
    def connect():
        return Connection(arguments.host, arguments.port, arguments.cookie)

    tracks = []
    for viewer in range(arguments.viewers):
        offset = arguments.paced * viewer / arguments.viewers
        for paths in (arguments.paths[:2], arguments.paths[2:]) if arguments.paced else arguments.paths:
            tracks.append(pace(connect, paths, arguments.paced, offset) if arguments.paced else watch(connect, paths))
    tasks = [asyncio.create_task(track) for track in tracks]
    await asyncio.sleep(arguments.warm)
    before = (tally.requests, tally.bytes, tally.refused)
    print("measuring", flush=True)
    await asyncio.sleep(arguments.seconds)
    requests, size, refused = (now - then for now, then in zip((tally.requests, tally.bytes, tally.refused), before))
    failed = [repr(task.exception()) for task in tasks if task.done()]
    print(json.dumps({"requests": requests, "bytes": size, "refused": refused, "failed": failed}), flush=True)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--host", default="127.0.0.1")
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--cookie", default="none")
    arguments.add_argument("--viewers", type=int, required=True)
    arguments.add_argument("--warm", type=float, default=2)
    arguments.add_argument("--seconds", type=float, default=8)
    arguments.add_argument("--paced", type=float, default=0, metavar="SECONDS", help="ask for the paths two by two, this often")
    arguments.add_argument("paths", nargs="+", help="the folders of the tracks' playlists; with --paced, the files")
    asyncio.run(run(arguments.parse_args()))


if __name__ == "__main__":
    main()
