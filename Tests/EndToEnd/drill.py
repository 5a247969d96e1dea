"""Kills the program and cuts the power at random moments of a recording, and says what was lost.

It runs servers of its own in a folder that is removed afterwards; a running Hemicycle is left alone.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from harness.camera import Camera
from harness.drill import kills, power_cuts
from harness.faulty_disk import FaultyDisk
from harness.hub import ROOT, Hub

# Moments in one session; the next session begins with an empty folder, so that looking at it stays quick.
IN_A_SESSION = 10


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--program", type=Path, default=ROOT / ".build" / "debug" / "hemicycle")
    arguments.add_argument("--moments", type=int, default=100, help="of each kind (100)")
    arguments.add_argument("--seed", type=int, default=random.randrange(1 << 32), help="of the moments (a random one, printed)")
    arguments.add_argument("--within", type=int, default=3600, help="seconds after which nothing more is begun (3600)")
    chosen = arguments.parse_args()
    print(f"hemicycle {chosen.program}\nseed {chosen.seed}", flush=True)
    drill = Drill(chosen)
    for kind in (drill.kills, drill.power_cuts):
        drill.report(kind)
    sys.exit(1 if drill.faults else 0)


class Drill:
    def __init__(self, chosen):
        self.chosen = chosen
        self.chance = random.Random(chosen.seed)
        self.deadline = time.monotonic() + chosen.within
        self.faults = 0

    def report(self, kind):
        """Every moment in a line, then all of them in one."""
        outcomes = []
        while len(outcomes) < self.chosen.moments and time.monotonic() < self.deadline:
            count = min(IN_A_SESSION, self.chosen.moments - len(outcomes))
            with tempfile.TemporaryDirectory(prefix="hemicycle-") as folder:
                for outcome in kind(Path(folder), count):
                    outcomes.append(outcome)
                    is_kept = outcome.lost <= outcome.promised
                    self.faults += not is_kept
                    print(f"  {outcome}{'' if is_kept else '  NOT KEPT'}", flush=True)
        lost = [outcome.lost for outcome in outcomes] or [0]
        print(
            f"{len(outcomes)} of {self.chosen.moments} moments ({kind.__name__.replace('_', ' ')}): every file plays and verifies, "
            f"every hole is named; lost {statistics.median(lost):.2f} s in the middle, {max(lost):.2f} s at most", flush=True)

    def kills(self, folder, count):
        with Stage(self.chosen.program, folder) as stage:
            yield from kills(stage.hub(), stage.camera, count, self.chance)

    def power_cuts(self, folder, count):
        with Stage(self.chosen.program, folder) as stage:
            yield from power_cuts(stage.hub(), stage.hub, stage.camera, FaultyDisk(folder), count, self.chance)


class Stage:
    """Servers and cameras that end with it."""

    def __init__(self, program, folder):
        self.program, self.folder = program.resolve(), folder
        self.hubs, self.cameras = [], []

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        for camera in self.cameras:
            camera.end()
        for hub in self.hubs:
            hub.end(quietly=kind is None)

    def hub(self):
        self.hubs.append(Hub(self.program, self.folder / f"hub-{len(self.hubs)}"))
        return self.hubs[-1]

    def camera(self, destination):
        self.cameras.append(Camera(destination, self.folder, size="640x360", kbits=800))
        return self.cameras[-1]


if __name__ == "__main__":
    main()
