/**
 * Plays a session in a `<video>` by WebRTC (WHEP), half a second and less behind the desk.
 *
 * Tells `failed`, with the reason in `detail`, where it cannot begin or breaks off; it is spoken to as a `Playback` is.
 */

/** Milliseconds within which there is a picture, or none is waited for any longer. */
const patience = 3_500;
/** Milliseconds between two looks at how it plays, and until a session is asked for again that has no picture yet. */
const pauses = { look: 250, ask: 700 };

/** Why it does not play: a key of `player.not-near.…`. */
class Refusal extends Error {}

export class PeerPlayback extends EventTarget {
  /**
   * @param {HTMLVideoElement} video
   * @param {string} endpoint where offers go
   */
  constructor(video, endpoint) {
    super();
    this.video = video;
    this.endpoint = endpoint;
    this.address = '';
    this.way = '';
    this.isOver = false;
    this.ahead = 0;
    /** What lies before it plays by HLS, however long that is. */
    this.sinceBeginning = Infinity;
    /** Pictures that were decoded since it began. */
    this.progress = 0;
    /** @type {number | null} seconds from the server to the screen */
    this.behind = null;
    /** @type {RTCPeerConnection | null} */
    this.connection = null;
    this.began = 0;
    /** Why there is no picture yet. */
    this.refusal = 'no-picture';
    /** The viewer that the server has made of the offer. */
    this.viewer = '';
    this.buffered = { delay: 0, pictures: 0 };
  }

  static get isPossible() {
    return 'RTCPeerConnection' in window;
  }

  /**
   * @param {string} address names what is played
   * @param {string} pass
   */
  async attach(address, pass) {
    this.detach();
    const connection = new RTCPeerConnection();
    Object.assign(this, { address, connection, way: 'webrtc', progress: 0, behind: null, refusal: 'no-picture' });
    this.began = performance.now();
    this.buffered = { delay: 0, pictures: 0 };
    this.receive(connection);
    this.looking = setInterval(() => this.look(connection), pauses.look);
    this.negotiate(connection, pass).catch((problem) => {
      this.fail(connection, problem instanceof Refusal ? problem.message : 'no-picture');
    });
    return true;
  }

  detach() {
    clearInterval(this.looking);
    // Where they are connected, closing tells the server.
    const isTold = this.connection?.connectionState === 'connected';
    if (this.viewer && !isTold) fetch(this.viewer, { method: 'DELETE', keepalive: true }).catch(() => {});
    this.connection?.close();
    if (this.connection) this.video.srcObject = null;
    this.connection = null;
    this.address = this.way = this.viewer = '';
  }

  noteShown() {}

  /** What was seen is never shown again. */
  skipSeen() {
    return false;
  }

  skipHole() {
    return false;
  }

  goLive() {
    this.video.play().catch(() => {});
  }

  goBack() {}

  /**
   * @private
   * @param {RTCPeerConnection} connection
   */
  receive(connection) {
    const stream = new MediaStream();
    for (const kind of ['video', 'audio']) connection.addTransceiver(kind, { direction: 'recvonly' });
    connection.addEventListener('track', ({ track, receiver }) => {
      stream.addTrack(track);
      receiver.transport?.addEventListener('statechange', () => this.follow(connection, receiver.transport?.state));
    });
    connection.addEventListener('connectionstatechange', () => this.follow(connection, connection.connectionState));
    this.video.playbackRate = 1;
    this.video.srcObject = stream;
    this.video.play().catch(() => {});
  }

  /**
   * The server closes what it sends no more; where it is gone, nothing answers. Neither way it has to be told.
   * @private
   * @param {RTCPeerConnection} connection
   * @param {string} [state]
   */
  follow(connection, state) {
    if (this.connection !== connection) return;
    if (state !== 'closed' && state !== 'failed' && state !== 'disconnected') return;
    this.viewer = '';
    this.fail(connection, this.progress > 0 ? 'broken' : 'no-picture');
  }

  /**
   * @private
   * @param {RTCPeerConnection} connection
   * @param {string} pass
   */
  async negotiate(connection, pass) {
    await connection.setLocalDescription();
    const answer = await this.ask(connection, connection.localDescription?.sdp ?? '', pass);
    if (!answer) return;
    const location = new URL(answer.headers.get('Location') ?? '', new URL(this.endpoint, document.baseURI)).pathname;
    // Somebody may have left meanwhile.
    if (this.connection !== connection) return void fetch(location, { method: 'DELETE' }).catch(() => {});
    this.viewer = location;
    await connection.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
  }

  /**
   * Asks until there is a picture to send.
   * @private
   * @param {RTCPeerConnection} connection
   * @param {string} body
   * @param {string} pass
   */
  async ask(connection, body, pass) {
    const headers = { 'Content-Type': 'application/sdp', Authorization: `Bearer ${pass}` };
    while (this.connection === connection) {
      const answer = await fetch(this.endpoint, { method: 'POST', body, headers, signal: AbortSignal.timeout(patience) });
      if (answer.ok) return answer;
      const code = (await answer.json().catch(() => null))?.type?.split(/[/#:]/).pop();
      if (code !== 'not-live') throw new Refusal(code);
      this.refusal = code;
      await new Promise((resolve) => setTimeout(resolve, pauses.ask));
    }
    return null;
  }

  /**
   * @private
   * @param {RTCPeerConnection} connection
   */
  async look(connection) {
    const statistics = [...(await connection.getStats()).values()];
    if (this.connection !== connection) return;
    const picture = statistics.find(({ type, kind }) => type === 'inbound-rtp' && kind === 'video');
    this.progress = picture?.framesDecoded ?? 0;
    this.measure(picture, statistics.find(({ type, nominated }) => type === 'candidate-pair' && nominated));
    if (!this.progress && performance.now() - this.began > patience) this.fail(connection, this.refusal);
  }

  /**
   * How long pictures are on their way, and wait until they are shown.
   * @private
   * @param {any} picture
   * @param {any} pair
   */
  measure(picture, pair) {
    const [delay, pictures] = [picture?.jitterBufferDelay ?? 0, picture?.jitterBufferEmittedCount ?? 0];
    if (pictures <= this.buffered.pictures) return;
    const waiting = (delay - this.buffered.delay) / (pictures - this.buffered.pictures);
    this.behind = waiting + (pair?.currentRoundTripTime ?? 0) / 2;
    this.buffered = { delay, pictures };
  }

  /**
   * @private
   * @param {RTCPeerConnection} connection
   * @param {string} reason
   */
  fail(connection, reason) {
    if (this.connection !== connection) return;
    this.dispatchEvent(new CustomEvent('failed', { detail: { reason } }));
  }
}
