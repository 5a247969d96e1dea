"""A disk beneath the recordings that a test makes slow, lets fail, or cuts the power of."""

import random
import shutil
import signal
import subprocess
from contextlib import contextmanager
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".c")
PAGE = 4096


class FaultyDisk:
    """Beneath the recordings of the servers that are started with its `environment`; see faulty_disk.c."""

    def __init__(self, folder: Path):
        self.library = folder / "faulty_disk.so"
        self.control = folder / "fault"
        compiler = shutil.which("clang") or shutil.which("cc")
        assert compiler, "a C compiler is needed; Deploy/install-packages build installs one"
        subprocess.run(
            [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", self.library, SOURCE], check=True, timeout=60)

    @property
    def environment(self):
        return {"LD_PRELOAD": str(self.library), "FAULTY_DISK": str(self.control)}

    @contextmanager
    def fault(self, words):
        """`slow 2000`, `fail writes` or `fail syncs` while the block runs."""
        partial = self.control.with_suffix(".partial")
        partial.write_text(words)
        partial.rename(self.control)
        try:
            yield
        finally:
            self.control.unlink()

    def synced(self):
        """The length up to which each file was on the disk at its last sync, by path."""
        lengths = {}
        for line in Path(f"{self.control}.synced").read_text().splitlines():
            length, path = line.split(" ", 1)
            lengths[path.removesuffix(".partial")] = int(length)
        return lengths

    def cut_power(self, hub, twin, chance: random.Random):
        """Gives `twin` the data folder that a power cut would leave of `hub` now: of what was not synced, any part may be there.

        Returns the lengths of the files of recordings that were synced, by path within the data folder.
        """
        hub.process.send_signal(signal.SIGSTOP)
        try:
            lengths = self.synced()
            shutil.copytree(hub.data, twin.data, symlinks=True, ignore=shutil.ignore_patterns("*.sock"))
        finally:
            hub.process.send_signal(signal.SIGCONT)
        synced = {}
        for file in [*twin.data.glob("recordings/*/*.mp4"), *twin.data.glob("recordings/*/*.index")]:
            within = file.relative_to(twin.data)
            synced[within] = lengths.get(str(hub.data / within), 0)
            tear(file, synced[within], chance)
        return synced


def tear(file: Path, synced: int, chance: random.Random):
    """Takes from a file what a power cut may take: it ends anywhere behind what was synced, and pages there may be zeros."""
    length = file.stat().st_size
    assert synced <= length, f"{file} is shorter than it was when it was synced"
    with file.open("r+b") as torn:
        torn.truncate(chance.randint(synced, length))
        end = torn.seek(0, 2)
        page = -(-synced // PAGE) * PAGE
        while page < end:
            if chance.random() < 0.3:
                torn.seek(page)
                torn.write(bytes(min(PAGE, end - page)))
            page += PAGE
