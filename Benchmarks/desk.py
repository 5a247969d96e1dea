"""A desk that says in each frame when it sends it, so that a viewer knows how far behind it is."""

import itertools
import subprocess
import time
from dataclasses import replace

from harness.desk import PICTURE, Desk, is_configuration, read

# User data (H.264 §D.1.7): a name in place of its UUID, and monotonic nanoseconds in digits, in which nothing has to be escaped.
NAME = b"hemicycle-clock:"
LENGTH = len(NAME) + 16
# What follows in a tag: neither parameter sets nor the end.
FRAME = b"\1"
SIZE, RATE, KEY_FRAMES = "1280x720", 30, 4


def film(folder, kbits, seconds=20):
    """A test picture in noise, as evenly as an encoder at constant bitrate makes it. Key frames stand `KEY_FRAMES` seconds apart."""
    path = folder / f"film-{kbits}.flv"
    subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", f"testsrc2=s={SIZE}:r={RATE},noise=alls=12:allf=t",
         "-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-profile:v", "baseline", "-pix_fmt", "yuv420p",
         "-x264-params", f"sliced-threads=0:keyint={RATE * KEY_FRAMES}:scenecut=0", "-b:v", f"{kbits}k", "-maxrate", f"{kbits}k",
         "-bufsize", f"{kbits // 2}k", "-t", str(seconds), path], check=True)
    return read(path)


class ClockedDesk(Desk):
    """Pushes a film over and over until it is ended."""

    def __init__(self, address, film):
        super().__init__(address, self.repeated(film))

    @staticmethod
    def repeated(film):
        yield next(filter(is_configuration, film))
        for number, frame in enumerate(itertools.cycle(filter(is_frame, film))):
            yield replace(frame, due=number / RATE, time=1000 * number // RATE)

    def say(self, chunk_stream, kind, body, milliseconds=0):
        if kind == PICTURE and body[1:2] == FRAME:
            body = body[:5] + clock() + body[5:]
        super().say(chunk_stream, kind, body, milliseconds)


def is_frame(tag):
    return tag.kind == PICTURE and tag.body[1:2] == FRAME


def clock():
    """The message of this moment, behind its length."""
    unit = bytes([6, 5, LENGTH]) + NAME + b"%016x" % time.monotonic_ns() + b"\x80"
    return len(unit).to_bytes(4) + unit
