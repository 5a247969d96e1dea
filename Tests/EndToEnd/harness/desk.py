"""A desk written by hand, for what no encoder does on purpose: it pushes what ffmpeg has encoded, with whatever times."""

import socket
import struct
import subprocess
import threading
import time
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

SOUND, PICTURE, DATA = 8, 9, 18
HANDSHAKE = b"\x03" + bytes(1536) + bytes(1536)


@dataclass(frozen=True)
class Tag:
    """One message of media: sent so many seconds after the first, with a time in milliseconds written on it."""

    kind: int
    due: float
    time: int
    body: bytes

    def at(self, milliseconds):
        return replace(self, time=int(milliseconds))


def film(folder, seconds, size="320x180", rate=25, sample_rate=48000, b_frames=0, name="film"):
    """What ffmpeg makes of a test picture and a tone, as tags. Key frames stand a second apart."""
    path = folder / f"{name}.flv"
    subprocess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", f"testsrc2=s={size}:r={rate}", "-f", "lavfi", "-i",
         f"sine=f=440:r={sample_rate}", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-bf", str(b_frames),
         "-g", str(rate), "-keyint_min", str(rate), "-sc_threshold", "0", "-c:a", "aac", "-t", str(seconds), path],
        check=True)
    return read(path)


def read(path):
    data = path.read_bytes()
    position, tags = 9 + 4, []
    while position + 11 <= len(data):
        kind, size = data[position], int.from_bytes(data[position + 1 : position + 4])
        milliseconds = int.from_bytes(data[position + 4 : position + 7]) | data[position + 7] << 24
        body = data[position + 11 : position + 11 + size]
        tags.append(Tag(kind, milliseconds / 1000, milliseconds, body))
        position += 11 + size + 4
    return tags


def write(path, tags):
    """An FLV file, for a program that reads one."""
    data = bytearray(b"FLV\x01\x05" + struct.pack(">II", 9, 0))
    for tag in tags:
        stamp = tag.time.to_bytes(4)
        data += bytes([tag.kind]) + len(tag.body).to_bytes(3) + stamp[1:] + stamp[:1] + bytes(3) + tag.body
        data += (11 + len(tag.body)).to_bytes(4)
    path.write_bytes(bytes(data))


def is_configuration(tag):
    return tag.kind in (SOUND, PICTURE) and tag.body[1:2] == b"\0"


# AMF0

def amf(value):
    match value:
        case None:
            return b"\x05"
        case str():
            return b"\x02" + struct.pack(">H", len(value)) + value.encode()
        case dict():
            members = b"".join(struct.pack(">H", len(name)) + name.encode() + amf(each) for name, each in value.items())
            return b"\x03" + members + b"\0\0\x09"
        case _:
            return b"\x00" + struct.pack(">d", value)


class Desk:
    """Pushes tags in real time, from a thread of its own. `heard` is what the server has said, as it came."""

    def __init__(self, address, tags, **capabilities):
        parts = urlsplit(address)
        application, key = parts.path.lstrip("/").split("/", 1)
        self.tags = tags
        self.heard = bytearray()
        self.is_over = threading.Event()
        self.socket = socket.create_connection((parts.hostname, parts.port))
        self.socket.sendall(HANDSHAKE)
        self.say(2, 1, (0x7FFFFF).to_bytes(4))
        for number, (name, *arguments) in enumerate(
            [("connect", {"app": application, **capabilities}), ("createStream", None), ("publish", None, key, "live")], 1
        ):
            self.say(3, 20, amf(name) + amf(number) + b"".join(amf(each) for each in arguments))
        self.threads = [threading.Thread(target=work, daemon=True) for work in (self.listen, self.push)]
        for thread in self.threads:
            thread.start()

    def say(self, chunk_stream, kind, body, milliseconds=0):
        is_extended = milliseconds >= 0xFFFFFF
        header = bytes([chunk_stream]) + min(milliseconds, 0xFFFFFF).to_bytes(3) + len(body).to_bytes(3)
        header += bytes([kind]) + (1).to_bytes(4, "little") + (milliseconds.to_bytes(4) if is_extended else b"")
        self.socket.sendall(header + body)

    def push(self):
        began = time.monotonic()
        try:
            for tag in self.tags:
                time.sleep(max(0, began + tag.due - time.monotonic()))
                self.say({SOUND: 4, PICTURE: 6, DATA: 5}[tag.kind], tag.kind, tag.body, tag.time & 0xFFFFFFFF)
        except OSError:
            return
        finally:
            self.is_over.set()

    def listen(self):
        try:
            while data := self.socket.recv(65536):
                self.heard += data
        except OSError:
            pass

    def wait(self, within):
        assert self.is_over.wait(within), "the desk has sent everything"

    def end(self):
        self.socket.close()
        for thread in self.threads:
            thread.join(timeout=5)
