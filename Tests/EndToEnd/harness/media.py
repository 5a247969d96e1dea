"""Looking into media: what ffprobe and ffmpeg say of a file, and the boxes of a fragment."""

import hashlib
import json
import struct
import subprocess


def probe(source, *entries):
    answer = subprocess.run(
        ["ffprobe", "-v", "error", "-of", "json", *entries, str(source)], capture_output=True, text=True, timeout=120)
    assert answer.returncode == 0 and not answer.stderr, answer.stderr
    return json.loads(answer.stdout)


def decode_whole(path):
    """Decodes every frame; fails on the first thing that ffmpeg has to say."""
    # ffmpeg guesses a frame rate, too low a one where there are gaps, and would complain of times rounded to it.
    as_they_are = ["-fps_mode", "passthrough", "-enc_time_base", "-1"]
    answer = subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "warning", "-xerror", "-err_detect", "explode", "-i", str(path), *as_they_are, "-f", "null", "-"],
        capture_output=True, text=True, timeout=300)
    assert answer.returncode == 0 and not answer.stderr, answer.stderr


def frame_times(path, stream="v:0"):
    """The presentation times of a stream's packets, in seconds, in order."""
    packets = probe(path, "-select_streams", stream, "-show_entries", "packet=pts_time")["packets"]
    return sorted(float(packet["pts_time"]) for packet in packets)


def gaps(times, longer_than):
    """The holes in a row of times: (from, length)."""
    return [(a, b - a) for a, b in zip(times, times[1:]) if b - a > longer_than]


def camera_clocks(path):
    """What the demonstration camera's clock says in each frame: hundredths of a second since 1970, of which it shows 16 bits."""
    squares = subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-i", str(path), "-map", "v:0", "-fps_mode", "passthrough",
         "-vf", "crop=iw/4:iw/64:0:0,scale=16:1:flags=area,format=gray", "-f", "rawvideo", "-"],
        capture_output=True, check=True, timeout=300).stdout
    frames = [squares[at:at + 16] for at in range(0, len(squares), 16)]
    return [sum(1 << bit for bit, brightness in enumerate(frame) if brightness > 128) for frame in frames]


def duration(path):
    return float(probe(path, "-show_entries", "format=duration")["format"]["duration"])


def movies(recording):
    """Of the files that the interface for programs lists of a recording those that play, in the order of time."""
    return [file for file in recording["files"] if file["kind"] == "movie"]


def codecs(path):
    """Of pictures and sounds; chapters are a track as well."""
    streams = probe(path, "-show_entries", "stream=codec_name,codec_type")["streams"]
    return {stream["codec_name"] for stream in streams if stream["codec_type"] in ("video", "audio")}


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def boxes(data):
    """The boxes of ISO/IEC 14496-12 in `data`: (type, payload)."""
    position = 0
    while position < len(data):
        size, kind = struct.unpack_from(">I4s", data, position)
        assert 8 <= size <= len(data) - position, f"a box of {size} bytes where {len(data) - position} are left"
        yield kind.decode("latin-1"), data[position + 8 : position + size]
        position += size


def decode_time(fragment):
    """The tfdt of a fragment's only track, in ticks."""
    moof = dict(boxes(fragment))["moof"]
    traf = dict(boxes(moof))["traf"]
    tfdt = dict(boxes(traf))["tfdt"]
    return struct.unpack_from(">Q" if tfdt[0] == 1 else ">I", tfdt, 4)[0]
