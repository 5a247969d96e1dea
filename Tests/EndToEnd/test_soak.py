"""A live session through faults on a schedule from a seed, watched by viewers who believe nothing.

`make soak DURATION=8h SEED=7` runs it for as long as one likes; a minute of it is part of all tests.
"""

import random
import re
import time

from harness.figures import report
from harness.strict import StrictViewer, disagreements
from harness.waiting import eventually

UNITS = {"s": 1, "m": 60, "h": 3600}
# Seconds between two faults: time to recover, and to be looked at.
CALM = (6, 14)


def seconds(text):
    number, unit = re.fullmatch(r"(\d+)([smh])", text).groups()
    return int(number) * UNITS[unit]


class Desk:
    """The camera and what may happen to it, and to the server."""

    def __init__(self, hub, make_camera):
        self.hub = hub
        self.make_camera = make_camera
        self.camera = make_camera(hub.desk_address).start()
        self.size = "640x360"

    def line_is_cut(self, away):
        self.camera.drop()
        time.sleep(away)
        self.camera.start()

    def switched_off(self, away):
        self.camera.stop()
        time.sleep(away)
        self.camera.start()

    def line_stutters(self, away):
        self.camera.freeze()
        time.sleep(away)
        self.camera.thaw()

    def picture_changes(self, away):
        self.camera.stop()
        self.size = "320x180" if self.size == "640x360" else "640x360"
        self.camera = self.make_camera(self.hub.desk_address, size=self.size).start()

    def server_restarts(self, away):
        self.hub.stop()
        self.camera.end()
        self.hub.start()
        self.camera.start()

    @property
    def faults(self):
        return [self.line_is_cut, self.line_stutters, self.switched_off, self.picture_changes, self.server_restarts]


def test_HLS_every_point_holds_through_faults(request, hub, make_camera, make_visitor):
    until = time.monotonic() + seconds(request.config.getoption("--duration"))
    seed = int(request.config.getoption("--seed"))
    chance = random.Random(seed)
    desk = Desk(hub, make_camera)
    visitor = make_visitor()
    path = eventually(lambda: visitor.enter(hub.live_session).get("media"), within=20, saying="the session is live")
    base = path.rsplit("/", 1)[0]
    eventually(lambda: visitor.get(path).status_code == 200, within=20, saying="there is a playlist")
    viewers = [StrictViewer(hub.address, base, rendition, visitor.client.cookies) for rendition in ("picture", "sound")]
    for viewer in viewers:
        viewer.start()
    happened, waiting = [], []
    while time.monotonic() < until:
        time.sleep(chance.uniform(*CALM))
        # Each fault comes once before any comes again.
        waiting = waiting or chance.sample(desk.faults, len(desk.faults))
        fault = waiting.pop()
        happened.append(fault.__name__.replace("_", " "))
        fault(chance.uniform(1, 8))
        visitor.enter(hub.live_session)
        for viewer in viewers:
            viewer.client.cookies.update(visitor.client.cookies)
    time.sleep(CALM[0])
    for viewer in viewers:
        viewer.finish()
    tell(seed, happened, viewers)
    faults = [fault for viewer in viewers for fault in viewer.faults] + disagreements(*viewers)
    assert not faults, "\n".join([f"seed {seed}: {', '.join(happened)}", *faults])
    assert all(viewer.counts["parts"] > 20 and viewer.counts["gap parts"] > 0 for viewer in viewers)


def tell(seed, happened, viewers):
    report(f"soak with seed {seed}", ", ".join(happened), "")
    for viewer in viewers:
        report(f"soak, {viewer.rendition}", ", ".join(f"{count} {what}" for what, count in viewer.counts.items()), "")
        report(f"soak, {viewer.rendition}: longest time without a new part", viewer.longest_pause)
