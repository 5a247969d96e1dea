"""A production desk: the demonstration camera, pushing over RTMP."""

import os
import signal
import subprocess
from pathlib import Path

from .hub import ROOT


class Camera:
    rate = 30

    def __init__(self, destination: str, folder: Path, size="640x360", kbits=800):
        self.destination = destination
        self.log = folder / "camera.log"
        self.settings = {"CAMERA_SIZE": size, "CAMERA_RATE": str(self.rate), "CAMERA_KBITS": str(kbits)}
        self.process = None

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(ROOT / "Deploy" / "demonstration-camera"), self.destination], stdin=subprocess.DEVNULL, stderr=log,
                env=os.environ | self.settings)
        return self

    def stop(self):
        """Ends as a desk does that is switched off in order."""
        self.end(signal.SIGTERM)

    def drop(self):
        """Ends as a desk does whose line is cut."""
        self.end(signal.SIGKILL)

    def freeze(self):
        """Sends nothing more, and keeps its line."""
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)

    def end(self, by=signal.SIGTERM):
        if self.process and self.process.poll() is None:
            self.process.send_signal(by)
            self.process.wait(timeout=10)
        self.process = None

    @property
    def words(self):
        return self.log.read_text(errors="replace")
