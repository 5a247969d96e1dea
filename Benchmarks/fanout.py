"""What those cost who watch by WebRTC, and how they fare: so many of them at once, who watch one desk.

Processor time is the server's beyond what the session takes with nobody watching. The floor, measured right after each crowd, is a
bare loop that encrypts the same packets and sends them in the same groups, and does nothing else; its figure is one thread's.
"""

import argparse
import json
import statistics
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from harness.hub import Hub
from harness.visitor import Visitor
from harness.waiting import eventually

import desk
import processor

BITRATES = (2500, 600)
CROWDS = (1, 20, 100, 500)
SECONDS = 10


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("program", type=Path)
    arguments.add_argument("crowd", type=Path, help="the program of the crowd, WHEPCrowd")
    arguments.add_argument("--bitrates", type=int, nargs="+", default=BITRATES, metavar="KBITS")
    arguments.add_argument("--crowds", type=int, nargs="+", default=CROWDS, metavar="VIEWERS")
    arguments.add_argument("--seconds", type=float, default=SECONDS, help="how long each crowd is measured")
    arguments = arguments.parse_args()
    for kbits in arguments.bitrates:
        with Audience(arguments, kbits) as audience:
            print(f"{desk.SIZE} at {desk.RATE} frames a second and {kbits} kbit/s, a key frame every {desk.KEY_FRAMES} s")
            print(HEAD)
            for viewers in arguments.crowds:
                print(audience.measure(viewers), flush=True)


HEAD = (
    f"{'viewers':>8}{'ms/s each':>11}{'floor':>7}{'ratio':>7}{'packets/s':>11}{'lost':>7}{'KB each':>9}"
    f"{'first picture':>20}{'delay':>18}")


class Audience:
    """A live session, and a pass to it."""

    def __init__(self, arguments, kbits):
        self.program, self.crowd, self.seconds = arguments.program.resolve(), arguments.crowd.resolve(), arguments.seconds
        self.kbits = kbits

    def __enter__(self):
        with ExitStack() as stack:
            self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="hemicycle-")))
            film = desk.film(self.folder, self.kbits)
            self.hub = Hub(self.program, self.folder / "hub", http_requests__per__address=100_000)
            stack.callback(self.hub.end, quietly=True)
            self.hub.start()
            stack.callback(desk.ClockedDesk(self.hub.desk_address, film).end)
            self.visitor = Visitor(self.hub)
            stack.callback(self.visitor.close)
            self.visitor.sign_in(self.hub.told["signIn"]["participant"])
            eventually(lambda: self.admission.get("media"), within=30, saying="the session is live")
            time.sleep(desk.KEY_FRAMES + 1)
            self.alone, self.resident = self.used_alone(), self.hub.resident_megabytes
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *_):
        self.stack.close()

    @property
    def admission(self):
        return self.visitor.enter(self.hub.live_session)

    def used_alone(self):
        """Seconds of processor time a second, without viewers."""
        before = processor.exact_seconds(self.hub.process.pid)
        time.sleep(self.seconds)
        return (processor.exact_seconds(self.hub.process.pid) - before) / self.seconds

    def measure(self, viewers):
        used, resident, told = self.watch(viewers)
        floor = self.floor(viewers, told["pattern"])
        first, delays = told["firstPictures"], told["delays"]
        return (
            f"{viewers:>8}{used:>11.3f}{floor:>7.3f}{used / floor:>7.2f}{told['packets'] / self.seconds / viewers:>11.0f}"
            f"{told['lost']:>7}{resident:>9.0f}{spread(first, 1000, 0):>20}{spread(delays, 1000, 2):>18}")

    def watch(self, viewers):
        """Milliseconds of processor time for each viewer a second, kilobytes for each, and what they tell."""
        token = self.admission["mediaWithPass"].removeprefix("/~").split("/")[0]
        crowd = subprocess.Popen(
            [self.crowd, "watch", "--port", str(self.hub.http_port), "--pass", token, "--viewers", str(viewers), "--seconds",
             str(self.seconds), f"/whep/{self.hub.live_session}"], stdout=subprocess.PIPE, text=True)
        assert crowd.stdout.readline() == "measuring\n", "the crowd watches"
        before = processor.exact_seconds(self.hub.process.pid)
        told = json.loads(crowd.stdout.readline())
        used = (processor.exact_seconds(self.hub.process.pid) - before) / self.seconds - self.alone
        resident = self.hub.resident_megabytes - self.resident
        assert crowd.wait() == 0
        return 1000 * used / viewers, 1024 * resident / viewers, told

    def floor(self, viewers, pattern):
        path = self.folder / "pattern.json"
        path.write_text(json.dumps(pattern))
        told = json.loads(subprocess.check_output(
            [self.crowd, "floor", "--viewers", str(viewers), "--seconds", str(self.seconds), str(path)], text=True))
        assert told["refused"] == 0, told
        return 1000 * told["processorSeconds"] / self.seconds / viewers


def spread(microseconds, per_unit, places):
    """The middle one and the 99th of a hundred, in milliseconds."""
    if not microseconds:
        return "none"
    ordered = sorted(microseconds)
    middle, late = statistics.median(ordered) / per_unit, ordered[min(len(ordered) - 1, len(ordered) * 99 // 100)] / per_unit
    return f"{middle:.{places}f} (99 %: {late:.{places}f})"


if __name__ == "__main__":
    main()
