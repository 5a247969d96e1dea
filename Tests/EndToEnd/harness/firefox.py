"""Firefox, driven by WebDriver BiDi (W3C): Playwright has no driver for the one that Debian ships."""

import base64
import json
import subprocess

from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from .hub import free_port
from .livepage import LivePage
from .waiting import eventually

PROGRAM = "/usr/bin/firefox-esr"
PREFERENCES = {
    "remote.active-protocols": 1,
    "datareporting.policy.dataSubmissionEnabled": False,
    "media.autoplay.default": 0,
    "media.gmp-manager.updateEnabled": False,
    "intl.accept_languages": "en-GB",
}


class Firefox:
    """One browser with one page. `evaluate` takes a JavaScript function, as Playwright's does."""

    def __init__(self, folder):
        profile = folder / "firefox"
        profile.mkdir()
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items()]
        (profile / "user.js").write_text("\n".join(lines))
        port = free_port()
        self.log = (folder / "firefox.log").open("ab")
        self.process = subprocess.Popen(
            [PROGRAM, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", str(port)],
            stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        self.commands = 0
        self.line = eventually(lambda: self.dial(port), within=60, saying="Firefox answers", every=0.5)
        self.command("session.new", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})
        self.page = self.command("browsingContext.getTree")["contexts"][0]["context"]

    @staticmethod
    def dial(port):
        try:
            return connect(f"ws://127.0.0.1:{port}/session", max_size=1 << 26, legacy=True)
        except (OSError, WebSocketException):
            return None

    def command(self, method, **parameters):
        self.commands += 1
        self.line.send(json.dumps({"id": self.commands, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.line.recv(timeout=60))
            if answer.get("id") == self.commands:
                assert answer["type"] == "success", answer
                return answer["result"]

    def goto(self, address):
        self.command("browsingContext.navigate", context=self.page, url=address, wait="complete")

    def evaluate(self, function):
        answer = self.command(
            "script.evaluate", expression=f"(async () => JSON.stringify(await ({function})() ?? null))()",
            target={"context": self.page}, awaitPromise=True, userActivation=True)
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])

    def screenshot(self, path):
        path.write_bytes(base64.b64decode(self.command("browsingContext.captureScreenshot", context=self.page)["data"]))

    def end(self):
        self.line.close()
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


class FirefoxLivePage(LivePage):
    def __init__(self, firefox, hub):
        self.page = firefox
        self.hub = hub
        self.complaints = []

    def sign_in(self, link):
        self.page.goto(link)
        self.page.evaluate("() => document.querySelector('main form[method=post] button').click()")
        eventually(lambda: "/sign-in" not in self.page.evaluate("() => location.pathname"), within=20, saying="signed in")
        return self

    @property
    def reason(self):
        return self.page.evaluate("() => document.querySelector('[data-field=reason]').textContent")

    @property
    def words(self):
        return self.page.evaluate("() => document.body.innerText")
