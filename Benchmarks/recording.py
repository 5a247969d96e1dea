"""What recording adds to relaying, in processor time for each feed: beside `ffmpeg -c copy` to MP4 of the same media in the same minute.

The server is fed by RTMP, in so many rooms at once, first without recording and then with it; fsync and SHA-256 are in its figure,
while ffmpeg neither syncs nor hashes. Processor time is read from the kernel, for the whole process.
"""

import argparse
import os
import sqlite3
import statistics
import subprocess
import tempfile
import time
import uuid
from contextlib import ExitStack
from pathlib import Path

from harness.hub import Hub
from harness.waiting import eventually

FEEDS = (1, 4, 16)
SECONDS = 20
# The middle one of so many counts.
ROUNDS = 3
SIZE, RATE, KBITS = "1280x720", 30, 2000


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("program", type=Path)
    program = arguments.parse_args().program.resolve()
    with tempfile.TemporaryDirectory(prefix="hemicycle-") as name:
        folder = Path(name)
        source = make_source(folder / "source.flv")
        print(f"{SIZE} at {KBITS} kbit/s with sound; processor time for each feed, in ms a second")
        print(f"{'feeds':>5} {'relayed':>8} {'recorded':>9} {'recording':>10} {'ffmpeg':>7} {'ratio':>6}")
        for feeds in FEEDS:
            compare(program, folder / f"{feeds}", source, feeds)


def make_source(path):
    subprocess.run(
        ["ffmpeg", "-nostdin", "-loglevel", "error", "-f", "lavfi", "-i", f"testsrc2=size={SIZE}:rate={RATE}", "-f", "lavfi", "-i",
         "sine=sample_rate=48000", "-t", str(SECONDS + 40), "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency",
         "-g", str(RATE), "-pix_fmt", "yuv420p", "-b:v", f"{KBITS}k", "-maxrate", f"{KBITS}k", "-minrate", f"{KBITS}k", "-bufsize",
         f"{KBITS}k", "-x264-params", "nal-hrd=cbr", "-c:a", "aac", "-b:a", "96k", "-ac", "2", path], check=True)
    return path


def compare(program, folder, source, feeds):
    rounds = []
    for number in range(ROUNDS):
        relayed, _ = measure(program, folder / f"relayed-{number}", source, feeds, is_recorded=False)
        recorded, beside = measure(program, folder / f"recorded-{number}", source, feeds, is_recorded=True)
        rounds.append((relayed, recorded, recorded - relayed, beside))
    relayed, recorded, recording, beside = (statistics.median(column) for column in zip(*rounds))
    print(
        f"{feeds:>5} {relayed:>8.2f} {recorded:>9.2f} {recording:>10.2f} {beside:>7.2f} {recording / beside:>6.2f}", flush=True)


def measure(program, folder, source, feeds, is_recorded):
    """Milliseconds of processor time a second for each feed: of the server, and of ffmpeg beside it where it records."""
    hub = Hub(program, folder)
    with ExitStack() as stack:
        stack.callback(hub.end, quietly=True)
        hub.start()
        token, conference = hub.told["token"], hub.conference
        hub.stop()
        rooms = add_rooms(hub, conference, feeds, is_recorded)
        hub.process = hub.spawn("serve", "--config", str(hub.configuration))
        eventually(hub.is_ready, within=20, saying="the server answers", every=0.05)
        for room in rooms:
            push(stack, source, f"{hub.told['rtmp']['url']}/{key_for(hub, room)}")
        eventually(lambda: all_flow(hub, rooms), within=30, saying="every feed flows", every=0.5)
        time.sleep(3)
        copies = [copy(stack, source, folder / f"copy-{number}.mp4") for number in range(feeds if is_recorded else 0)]
        before, began = processor_time(hub.process.pid), time.monotonic()
        time.sleep(SECONDS)
        used = processor_time(hub.process.pid) - before
        passed = time.monotonic() - began
        beside = sum(processor_time(each.pid) for each in copies)
        assert token and all_flow(hub, rooms)
        return used / passed / feeds * 1000, beside / passed / feeds * 1000


def add_rooms(hub, conference, count, is_recorded):
    """Rooms that are on for an hour from now, in the next version of the programme, straight into the database of a stopped server."""
    database = sqlite3.connect(hub.data / "hemicycle.sqlite")
    now = time.time_ns() // 1000
    (version,) = database.execute("SELECT max(number) + 1 FROM programme_version WHERE conference = ?", [conference]).fetchone()
    database.execute("INSERT INTO programme_version VALUES (?, ?, 'published', ?)", [conference, version, now])
    title, position = database.execute("SELECT name, (SELECT max(position) FROM room) + 1 FROM room LIMIT 1").fetchone()
    rooms = []
    for number in range(count):
        room, session = f"room_{uuid.uuid4()}", f"session_{uuid.uuid4()}"
        database.execute(
            "INSERT INTO room (id, conference, name, position) VALUES (?, ?, ?, ?)", [room, conference, title, position + number])
        database.execute("INSERT INTO session (id, conference) VALUES (?, ?)", [session, conference])
        database.execute(
            "INSERT INTO session_content (conference, version, session, room, title, format, audiences, starts_at, ends_at,"
            " is_recorded) VALUES (?, ?, ?, ?, ?, 'debate', '[]', ?, ?, ?)",
            [conference, version, session, room, title, now - 60_000_000, now + 3_600_000_000, int(is_recorded)])
        rooms.append(room)
    database.commit()
    database.close()
    return rooms


def key_for(hub, room):
    made = hub.command("stream-key", "create", "--room", room, "--name", "benchmark")
    assert made.returncode == 0, made.stdout + made.stderr
    return made.stdout.splitlines()[1]


def all_flow(hub, rooms):
    return all(hub.api("GET", f"/rooms/{room}/feed").json().get("state") == "live" for room in rooms)


def push(stack, source, destination):
    begin(stack, ["-stream_loop", "-1", "-i", source, "-c", "copy", "-f", "flv", destination])


def copy(stack, source, destination):
    return begin(stack, ["-i", source, "-c", "copy", destination])


def begin(stack, arguments):
    process = subprocess.Popen(
        ["ffmpeg", "-nostdin", "-loglevel", "error", "-re", *arguments], stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


def processor_time(process):
    """Seconds, of the process and all its threads."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
