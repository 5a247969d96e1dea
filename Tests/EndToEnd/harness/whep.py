"""Those who watch by WebRTC: Chromium in a page of the hub, and aiortc, a client that takes no hint that it should stop."""

import asyncio
import threading
import time

import httpx
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription

from aiortc.mediastreams import MediaStreamError

from .livepage import READ_CLOCK
from .waiting import eventually

WATCH = """async address => {
    const connection = new RTCPeerConnection();
    const video = document.body.appendChild(document.createElement('video'));
    window.watching = { connection, video, firstFrame: null };
    video.id = 'watching';
    video.muted = true;
    connection.addTransceiver('video', { direction: 'recvonly' });
    connection.addTransceiver('audio', { direction: 'recvonly' });
    video.srcObject = new MediaStream();
    connection.ontrack = event => {
        video.srcObject.addTrack(event.track);
        video.play();
        if (event.track.kind === 'audio') watching.ear = listen(event.track);
    };
    const listen = track => {
        const context = new AudioContext();
        const ear = context.createAnalyser();
        ear.fftSize = 16384;
        context.createMediaStreamSource(new MediaStream([track])).connect(ear);
        return ear;
    };
    const began = performance.now();
    video.requestVideoFrameCallback(now => { watching.firstFrame = (now - began) / 1000; });
    await connection.setLocalDescription();
    const answer = await fetch(address, {
        method: 'POST', body: connection.localDescription.sdp, headers: { 'Content-Type': 'application/sdp' },
    });
    if (answer.status === 201) await connection.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
    return { status: answer.status, location: answer.headers.get('Location') };
}"""

READ_STATISTICS = """async () => {
    const all = [...(await watching.connection.getStats()).values()];
    const video = all.find(each => each.type === 'inbound-rtp' && each.kind === 'video') ?? {};
    const audio = all.find(each => each.type === 'inbound-rtp' && each.kind === 'audio') ?? {};
    const pair = all.find(each => each.type === 'candidate-pair' && each.nominated);
    return {
        frames: video.framesDecoded ?? 0, lost: video.packetsLost ?? 0, packets: video.packetsReceived ?? 0,
        wishes: video.pliCount ?? 0, firstFrame: watching.firstFrame, connection: watching.connection.connectionState,
        skew: (video.estimatedPlayoutTimestamp - audio.estimatedPlayoutTimestamp) / 1000,
        way: all.find(each => each.id === pair?.remoteCandidateId)?.protocol ?? null,
    };
}"""

READ_TONE = """() => {
    const levels = new Float32Array(watching.ear.frequencyBinCount);
    watching.ear.getFloatFrequencyData(levels);
    const loudest = levels.indexOf(Math.max(...levels));
    return levels[loudest] > -60 ? loudest * watching.ear.context.sampleRate / watching.ear.fftSize : null;
}"""


class ChromiumWatching:
    """In a page of somebody who is signed in."""

    def __init__(self, live_page, session):
        self.page = live_page.page
        self.page.goto(f"{live_page.hub.address}/me")
        self.answer = self.page.evaluate(WATCH, f"{live_page.hub.address}/whep/{session}")

    @property
    def statistics(self):
        return self.page.evaluate(READ_STATISTICS)

    @property
    def tone(self):
        """The loudest frequency that is heard, in Hz; None in silence."""
        return self.page.evaluate(READ_TONE)

    @property
    def behind_camera(self):
        return self.page.evaluate(READ_CLOCK.replace("hc-player video", "#watching"))

    def sees(self, frames, within=15):
        target = self.statistics["frames"] + frames
        eventually(
            lambda: self.statistics["frames"] >= target, within=within, saying=f"{frames} more frames; {self.statistics}")


class StubbornViewer:
    """aiortc with a pass in `Authorization`. `frames` counts what it has decoded, `last` is when the last came."""

    def __init__(self, hub, session, token):
        self.address = f"{hub.address}/whep/{session}"
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/sdp"}
        self.frames, self.last = 0, None
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self._await(self._watch())

    def _await(self, work):
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(timeout=20)

    async def _watch(self):
        self.connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self.connection.addTransceiver("video", direction="recvonly")
        self.connection.addTransceiver("audio", direction="recvonly")

        @self.connection.on("track")
        def take(track):
            if track.kind == "video":
                self.reading = asyncio.ensure_future(self._read(track))

        await self.connection.setLocalDescription(await self.connection.createOffer())
        async with httpx.AsyncClient() as client:
            answer = await client.post(self.address, content=self.connection.localDescription.sdp, headers=self.headers)
        assert answer.status_code == 201, answer.text
        self.location = answer.headers["Location"]
        await self.connection.setRemoteDescription(RTCSessionDescription(answer.text, "answer"))

    async def _read(self, track):
        try:
            while True:
                await track.recv()
                self.frames, self.last = self.frames + 1, time.monotonic()
        except MediaStreamError:
            pass

    def end(self):
        self._await(self.connection.close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(timeout=5)
