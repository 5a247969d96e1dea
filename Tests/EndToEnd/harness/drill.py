"""The program killed, and the power cut, at random moments of a recording: what is left plays to the last second promised."""

import json
import random
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from datetime import datetime

from . import media
from .faulty_disk import FaultyDisk
from .waiting import eventually

# What a killed program loses: the chunk that was being made, and what waited to be written.
LOST_WHEN_KILLED = 1.0
# What a power cut takes: what came since the last sync (1 s apart), and the sync itself, on top of that.
LOST_WITHOUT_POWER = 2.5
# How far picture and sound may be apart.
OUT_OF_STEP = 0.04
FRAME = 1 / 30


@dataclass
class Outcome:
    """What became of one moment."""

    what: str
    lost: float
    promised: float

    def __str__(self):
        return f"{self.what}: {self.lost:.2f} s lost, {self.promised:.1f} s allowed"


def kills(hub, make_camera, moments, chance: random.Random):
    """Kills the server at so many random moments of one session, and starts it again; then looks at the one recording of them all."""
    hub.start()
    camera = make_camera(hub.desk_address).start()
    killed = []
    for _ in range(moments):
        grows(hub)
        time.sleep(chance.uniform(0, 2))
        hub.kill()
        killed.append(time.time())
        camera.end()
        hub.start()
        camera.start()
    grows(hub)
    recording = finish(hub)
    outcomes = [Outcome(f"killed at {at:.2f}", lost_before(at, hub, recording), LOST_WHEN_KILLED) for at in killed]
    check_files(hub, recording, holes=moments)
    return outcomes


def grows(hub, by=100_000):
    """Waits until so much more of the picture has been written."""

    def size():
        return sum(file.stat().st_size for file in hub.data.glob("recordings/*/picture-*.mp4"))

    before = size()
    eventually(lambda: size() > before + by, within=40, saying=f"the recording grows\n{hub.last_words()}", every=0.05)


def finish(hub):
    hub.close_session(hub.live_session)
    recording = hub.finished_recording(hub.live_session, within=120)
    verified = hub.command("recording", "verify", recording["id"], within=120)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    return recording


def manifest(hub, recording):
    return json.loads((hub.recording_folder(recording) / "manifest.json").read_text())


def instant(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()


def lost_before(killed, hub, recording):
    """How much before that instant is missing from any track; the hole behind it is named as a restart."""
    tracks = manifest(hub, recording)["tracks"]
    assert {track["track"] for track in tracks} == {"picture", "sound"}
    holes = [next(gap for gap in track["gaps"] if instant(gap["to"]) > killed) for track in tracks]
    assert all(hole["cause"] == "restart" for hole in holes), f"no restart is named behind {killed}: {holes}"
    return killed - min(instant(hole["from"]) for hole in holes)


def check_files(hub, recording, holes):
    """Every frame decodes, nothing is missing but the holes that are named, and sound and picture are in step."""
    (file,) = media.movies(recording)
    path = hub.recording_folder(recording) / file["name"]
    media.decode_whole(path)
    found = media.gaps(media.frame_times(path), longer_than=1.5 * FRAME)
    named = next(track["gaps"] for track in manifest(hub, recording)["tracks"] if track["track"] == "picture")
    assert len(found) == len(named) == holes, f"{len(found)} holes, {len(named)} named, {holes} made"
    apart = out_of_step(path)
    assert apart <= OUT_OF_STEP, f"picture and sound are {apart * 1000:.0f} ms apart"


def out_of_step(path):
    """How far the camera's beeps, one a second, are at most from its key frames, one a second, which it makes at the same instants."""
    packets = media.probe(path, "-select_streams", "v:0", "-show_entries", "packet=pts_time,flags")["packets"]
    keys = [float(packet["pts_time"]) for packet in packets if packet["flags"].startswith("K")]
    beeps = beeps_in(path)
    assert len(beeps) >= len(keys) / 2, f"{len(beeps)} beeps to {len(keys)} key frames"
    return max(min(abs(beep - key) for key in keys) for beep in beeps)


def beeps_in(path):
    """When the camera's beeps begin: 40 ms four times as high as its tone."""
    only_beeps = "highpass=f=1200,highpass=f=1200,highpass=f=1200,silencedetect=noise=-40dB:d=0.3"
    said = subprocess.run(
        ["ffmpeg", "-nostdin", "-hide_banner", "-i", path, "-vn", "-af", only_beeps, "-f", "null", "-"], capture_output=True,
        text=True, timeout=300, check=True).stderr
    edges = [(kind, float(at)) for kind, at in re.findall(r"silence_(start|end): (-?[\d.]+)", said)]
    pairs = zip(edges, edges[1:])
    return [begins for (kind, begins), (_, ends) in pairs if kind == "end" and 0.02 < ends - begins < 0.08]


def power_cuts(hub, make_twin, make_camera, disk: FaultyDisk, moments, chance: random.Random):
    """Cuts the power at so many random moments of one session: starts a twin on what a disk must, and may, hold then."""
    hub.more_environment = disk.environment
    hub.start()
    make_camera(hub.desk_address).start()
    grows(hub)
    for number in range(moments):
        time.sleep(chance.uniform(0.3, 2))
        twin = make_twin()
        cut_at = time.time()
        synced = disk.cut_power(hub, twin, chance)
        ends = promised_ends(twin, synced)
        twin.start()
        recording = finish(twin)
        kept = kept_ends(twin, recording)
        for track, end in ends.items():
            assert kept[track] >= end, f"the {track} was synced until {end} and is kept until {kept[track]}"
        check_files(twin, recording, holes=0)
        twin.stop()
        shutil.rmtree(twin.folder)
        yield Outcome(f"power cut {number + 1}", cut_at - min(kept.values()), LOST_WITHOUT_POWER)


def promised_ends(hub, synced):
    """The instant up to which each track was synced."""
    ends = {}
    for path, length in synced.items():
        if path.suffix != ".index":
            continue
        lines = (hub.data / path).read_bytes()[:length].splitlines(keepends=True)
        entries = [json.loads(line) for line in lines if line.endswith(b"\n")]
        if len(entries) > 1:
            header, last = entries[0], entries[-1]
            origin = instant(json.loads((hub.data / path).with_name("manifest.json").read_text())["origin"])
            ends[header["track"]] = origin + (last["time"] + last["duration"]) / header["timescale"] - 0.001
    return ends


def kept_ends(hub, recording):
    return {track["track"]: instant(track["stretches"][-1]["to"]) for track in manifest(hub, recording)["tracks"]}
