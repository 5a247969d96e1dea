"""The live page in Chromium, as a participant has it before them."""

import time

from .waiting import eventually

# The camera's clock, read off the picture: 16 squares at the top left, a 64th of the width each, bit 0 first; white is 1.
READ_CLOCK = """() => {
    const video = document.querySelector('hc-player video');
    if (!video || video.readyState < 2 || !video.videoWidth) return null;
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(video, 0, 0);
    const now = Date.now();
    const square = canvas.width / 64;
    let hundredths = 0;
    for (let bit = 0; bit < 16; bit++) {
        const [red, green, blue] = context.getImageData((bit + 0.5) * square, square / 2, 1, 1).data;
        if (red + green + blue > 384) hundredths |= 1 << bit;
    }
    return ((Math.floor(now / 10) - hundredths) & 0xffff) / 100;
}"""

READ_STATE = """() => {
    const player = document.querySelector('hc-player');
    const video = player?.querySelector('video');
    const quality = video?.getVideoPlaybackQuality();
    return {
        state: player?.dataset.state ?? null, behind: Number(player?.dataset.behind ?? NaN), way: player?.dataset.way ?? null,
        time: video?.currentTime ?? 0, frames: quality?.totalVideoFrames ?? 0, dropped: quality?.droppedVideoFrames ?? 0,
        error: video?.error?.message ?? null,
    };
}"""


class LivePage:
    def __init__(self, page, hub):
        self.page = page
        self.hub = hub
        self.complaints = []
        page.on("console", lambda message: self.complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def sign_in(self, link):
        self.page.goto(link)
        self.page.locator("main form[method=post] button").first.click()
        self.page.wait_for_load_state()
        return self

    def enter(self, session):
        self.page.goto(f"{self.hub.address}/sessions/{session}/live")
        return self

    @property
    def state(self):
        return self.page.evaluate(READ_STATE)

    @property
    def behind_camera(self):
        """Seconds between the clock in the picture on screen and now; None while there is no picture."""
        return self.page.evaluate(READ_CLOCK)

    @property
    def size(self):
        """Width and height of the picture on screen."""
        return self.page.evaluate("() => { const v = document.querySelector('hc-player video'); return [v.videoWidth, v.videoHeight] }")

    def plays(self, within=20, frames=30):
        """Waits until so many more frames have been shown and the time has moved; returns how long that took."""
        began = time.monotonic()
        before = self.state

        def moved():
            now = self.state
            # A player that starts afresh counts its frames from nothing again.
            shown = now["frames"] - before["frames"] if now["frames"] >= before["frames"] else now["frames"]
            return shown >= frames and now["time"] != before["time"]

        try:
            eventually(moved, within=within, saying=f"{frames} more frames are shown")
        except AssertionError as fault:
            raise AssertionError(f"{fault}\nbefore {before}\nnow {self.state}\n{self.complaints[-5:]}") from None
        return time.monotonic() - began

    def reaches(self, state, within):
        eventually(lambda: self.state["state"] == state, within=within, saying=f"the player's state is {state}; {self.state}")

    @property
    def reason(self):
        """Why the picture does not play as it was chosen, in the page's words; empty where it does."""
        return self.page.locator("[data-field=reason]").inner_text()

    @property
    def words(self):
        return self.page.locator("body").inner_text()
