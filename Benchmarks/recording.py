"""What recording adds to relaying, in processor time for each feed: beside `ffmpeg -c copy` to MP4 of the same media in the same minute.

The server is fed by RTMP, in so many rooms at once, first without recording and then with it; fsync and SHA-256 are in its figure,
while ffmpeg neither syncs nor hashes. Processor time is read from the kernel, for the whole process.
"""

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

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
        rooms = add_rooms(hub, feeds, is_recorded)
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
        assert all_flow(hub, rooms)
        return used / passed / feeds * 1000, beside / passed / feeds * 1000


def add_rooms(hub, count, is_recorded):
    """The ids of rooms that are on for an hour from now, in the next version of the programme."""
    exported = hub.command("conference", "export", hub.told["conference"])
    assert exported.returncode == 0, exported.stdout + exported.stderr
    programme = yaml.safe_load(exported.stdout)
    now = datetime.now(UTC)
    names = [f"Room {number} of the benchmark" for number in range(count)]
    for number, name in enumerate(names):
        programme["rooms"].append({"key": f"benchmark-{number}", "name": {"en": name}})
        programme["sessions"].append({
            "key": f"benchmark-{number}", "room": f"benchmark-{number}", "title": {"en": name}, "format": "debate",
            "starts": (now - timedelta(minutes=1)).isoformat(), "ends": (now + timedelta(hours=1)).isoformat(), "recorded": is_recorded})
    file = hub.folder / "benchmark.yaml"
    file.write_text(yaml.safe_dump(programme, sort_keys=False, allow_unicode=True))
    applied = hub.command("conference", "apply", str(file))
    assert applied.returncode == 0, applied.stdout + applied.stderr
    rooms = {room["name"]["en"]: room["id"] for room in hub.listed(f"/conferences/{hub.conference}/rooms", "rooms")}
    return [rooms[name] for name in names]


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
