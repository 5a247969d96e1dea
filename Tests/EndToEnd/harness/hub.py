"""A Hemicycle server of a test's own: free ports on loopback, a data folder of its own, and the command line beside it."""

import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import httpx
import yaml

from .figures import report
from .waiting import eventually

ROOT = Path(__file__).resolve().parents[3]
CONFIGURATION = ROOT / "Config" / "hemicycle.yaml"


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Hub:
    """`stop_within` is what the server promises for a graceful stop, in seconds."""

    start_within = 20
    stop_within = 10

    def __init__(self, program: Path, folder: Path, **settings):
        self.program = program
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "server.log"
        self.http_port = free_port()
        self.rtmp_port = free_port()
        self.process = None
        self.more_environment = {}
        folder.mkdir(parents=True, exist_ok=True)
        self.configuration = folder / "hemicycle.yaml"
        self.configure(**settings)

    def configure(self, **settings):
        """Writes the configuration; keys are written as `http_private__key` for `http.private-key`."""
        sections = {
            "data": {"folder": str(self.data)},
            "http": {"host": "127.0.0.1", "port": self.http_port},
            "rtmp": {"host": "127.0.0.1", "port": self.rtmp_port},
            "webrtc": {"port": 0},
        }
        for name, value in settings.items():
            section, key = name.split("_", 1)
            sections.setdefault(section, {})[key.replace("__", "-")] = value
        self.configuration.write_text(yaml.safe_dump(sections))

    # Its life

    def start(self):
        """Starts it with the demonstration conference and waits for its first answer."""
        self.told_file.unlink(missing_ok=True)
        began = time.monotonic()
        self.process = self.spawn("serve", "--config", str(self.configuration), "--demonstration")
        eventually(self.is_ready, within=self.start_within, saying=f"the server answers\n{self.last_words()}", every=0.02)
        self.started_in = time.monotonic() - began
        self.told = json.loads(self.told_file.read_text())
        return self

    def spawn(self, *arguments):
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [str(self.program), *arguments], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder,
                env=self.environment)

    @property
    def environment(self):
        """Ours, without what would override the configuration, and with what a test adds."""
        ours = {key: value for key, value in os.environ.items() if not key.startswith("HEMICYCLE_")}
        return ours | self.more_environment

    def is_ready(self):
        assert self.process.poll() is None, f"the server has ended with {self.process.returncode}\n{self.last_words()}"
        try:
            answered = httpx.get(f"{self.address}/readyz", timeout=1, verify=False).status_code == 200
        except httpx.TransportError:
            return False
        return answered and self.told_file.exists() and self.told_file.read_text().rstrip().endswith("}")

    def stop(self):
        """Asks it to stop, as a service manager does; returns how long that took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=self.stop_within + 5)
        self.exit_status, self.process = self.process.returncode, None
        return time.monotonic() - began

    def kill(self):
        """Ends it at once, as a crash does."""
        self.process.kill()
        self.process.wait()
        self.process = None

    def end(self, quietly=False):
        """Whatever became of it, it does not outlive its test."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=self.stop_within + 5)
            except subprocess.TimeoutExpired:
                self.kill()
        if not quietly:
            print(f"--- {self.log}\n{self.last_words(60)}")

    def last_words(self, lines=20):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:]) if self.log.exists() else ""

    @property
    def resident_megabytes(self):
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def has_loaded(self, library):
        return library in Path(f"/proc/{self.process.pid}/maps").read_text()

    # What it told

    @property
    def told_file(self):
        return self.data / "demonstration.json"

    @property
    def address(self):
        scheme = "https" if yaml.safe_load(self.configuration.read_text())["http"].get("certificate") else "http"
        return f"{scheme}://127.0.0.1:{self.http_port}"

    @property
    def live_session(self):
        return self.told["sessions"]["live"]

    @property
    def desk_address(self):
        return f"{self.told['rtmp']['url']}/{self.told['rtmp']['key']}"

    # Beside it

    def command(self, *arguments, within=30):
        """The command line, with the same configuration."""
        return subprocess.run(
            [str(self.program), *arguments, "--config", str(self.configuration)], stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=within, cwd=self.folder, env=self.environment)

    def api(self, method, path, headers=None, **more):
        """A call of the interface for programs, with the demonstration's token."""
        return httpx.request(
            method, f"{self.address}/api/v1{path}",
            headers={"Authorization": f"Bearer {self.told['token']}", **(headers or {})}, timeout=10, verify=False, **more)

    def close_session(self, session, reason="The debate is over."):
        answer = self.api("POST", f"/sessions/{session}/close", json={"reason": reason})
        assert answer.status_code < 300, answer.text

    def open_session(self, session, reason="The debate goes on."):
        answer = self.api("POST", f"/sessions/{session}/open", json={"reason": reason})
        assert answer.status_code < 300, answer.text

    def pause_recording(self, session, reason="In camera."):
        answer = self.api("POST", f"/sessions/{session}/recording/pause", json={"reason": reason})
        assert answer.status_code == 202, answer.text

    def resume_recording(self, session, reason="In public again."):
        answer = self.api("POST", f"/sessions/{session}/recording/resume", json={"reason": reason})
        assert answer.status_code == 202, answer.text

    def recording_state(self, session):
        """How the recording of a running session fares."""
        answer = self.api("GET", f"/sessions/{session}/recording")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def listed(self, path, name):
        """The list of that name in what the interface for programs answers."""
        answer = self.api("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()[name]

    @property
    def conference(self):
        """The id of the demonstration conference."""
        conferences = self.listed("/conferences", "conferences")
        return next(conference["id"] for conference in conferences if conference["slug"] == self.told["conference"])

    def recordings(self, session):
        recordings = self.listed(f"/conferences/{self.conference}/recordings", "recordings")
        return [recording for recording in recordings if recording["session"] == session]

    def present(self, session):
        """The ids of the participants who are in a session."""
        return [person["participant"] for person in self.listed(f"/sessions/{session}/people", "people")]

    def remove(self, participant, session, reason):
        answer = self.api("POST", f"/sessions/{session}/removals", json={"participant": participant, "reason": reason})
        assert answer.status_code == 201, answer.text

    def readmit(self, participant, session):
        answer = self.api("DELETE", f"/sessions/{session}/removals/{participant}")
        assert answer.status_code == 204, answer.text

    def finished_recording(self, session, within=60):
        """The recording of a session that is over, once its file is made."""
        began = time.monotonic()

        def ready():
            return next((each for each in self.recordings(session) if each["state"] == "ready"), None)

        recording = eventually(ready, within=within, saying="the recording is finished", every=0.3)
        report("session closed to recording ready", time.monotonic() - began)
        return recording

    def recording_folder(self, recording):
        """Where a recording lies in the data folder."""
        return next(self.data.rglob(f"{recording['id']}/manifest.json")).parent
