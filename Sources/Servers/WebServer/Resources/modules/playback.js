/**
 * Plays one live address in a `<video>`: with hls.js wherever it can, by the browser itself as the last resort.
 *
 * Tells `failed` where it cannot go on by itself, and `ended` where the stream has come to its end.
 */

/** Milliseconds within which a second media error is not mended in place again. */
const mendingPause = 5_000;
/** Seconds that a viewer's clock may be wrong by before the playlist's own reckoning is used instead. */
const believable = 600;

const settings = {
  lowLatencyMode: true,
  enableWorker: false,
  backBufferLength: 30,
  maxBufferLength: 20,
  maxLiveSyncPlaybackRate: 1.1,
};

export class Playback extends EventTarget {
  /**
   * @param {HTMLVideoElement} video
   * @param {string} library the address of hls.js, or empty
   */
  constructor(video, library) {
    super();
    this.video = video;
    this.library = library;
    this.address = '';
    /** By which way it plays: `ll-hls`, `native-hls`, or nothing yet. */
    this.way = '';
    /** @type {any} */
    this.hls = null;
    this.mendedAt = -Infinity;
    video.addEventListener('ended', () => this.dispatchEvent(new Event('ended')));
    video.addEventListener('error', () => this.way === 'native-hls' && this.fail(0));
  }

  /**
   * Plays this address in place of whatever played.
   * @param {string} address
   * @returns {Promise<boolean>} false where this browser can play neither way
   */
  async attach(address) {
    this.detach();
    this.address = address;
    const Hls = await this.loadLibrary();
    if (this.address !== address) return true;
    if (Hls?.isSupported()) this.attachLibrary(Hls, address);
    else if (this.video.canPlayType('application/vnd.apple.mpegurl')) this.attachNative(address);
    else return false;
    this.video.play().catch(() => {});
    return true;
  }

  detach() {
    this.address = '';
    this.hls?.destroy();
    this.hls = null;
    if (this.way === 'native-hls') this.video.removeAttribute('src');
    this.way = '';
  }

  /** Seconds between what is shown and now; null where nothing tells. */
  get behind() {
    const shown = this.hls ? this.hls.playingDate : this.nativeDate;
    const byClock = shown ? (Date.now() - shown.getTime()) / 1000 : NaN;
    if (Math.abs(byClock) < believable) return Math.max(0, byClock);
    return Number.isFinite(this.hls?.latency) ? this.hls.latency : null;
  }

  /** To the newest that may be played. */
  goLive() {
    const edge = this.hls?.liveSyncPosition ?? this.lastSeekable;
    if (Number.isFinite(edge)) this.video.currentTime = edge;
    this.video.play().catch(() => {});
  }

  /** Jumps over a hole in what was received; false where there is none ahead. */
  skipHole() {
    const { buffered, currentTime } = this.video;
    for (let index = 0; index < buffered.length; index += 1) {
      if (buffered.start(index) > currentTime) {
        this.video.currentTime = buffered.start(index) + 0.05;
        return true;
      }
    }
    return false;
  }

  /** @private */
  async loadLibrary() {
    if (!this.library) return null;
    const module = await import(this.library).catch(() => null);
    return module?.Hls ?? null;
  }

  /**
   * @private
   * @param {any} Hls
   * @param {string} address
   */
  attachLibrary(Hls, address) {
    const hls = new Hls(settings);
    hls.on(Hls.Events.ERROR, (/** @type {string} */ _, /** @type {any} */ data) => {
      if (data.fatal) this.mend(Hls, data);
    });
    hls.loadSource(address);
    hls.attachMedia(this.video);
    this.hls = hls;
    this.way = 'll-hls';
  }

  /**
   * @private
   * @param {string} address
   */
  attachNative(address) {
    this.video.src = address;
    this.way = 'native-hls';
  }

  /**
   * A decoder's trouble is mended in place once; everything else needs a new beginning.
   * @private
   * @param {any} Hls
   * @param {any} data
   */
  mend(Hls, data) {
    const now = performance.now();
    if (data.type === Hls.ErrorTypes.MEDIA_ERROR && now - this.mendedAt > mendingPause) {
      this.mendedAt = now;
      this.hls?.recoverMediaError();
    } else {
      this.fail(data.response?.code ?? 0);
    }
  }

  /**
   * @private
   * @param {number} status of the answer that ended it; 0 where there was none
   */
  fail(status) {
    this.dispatchEvent(new CustomEvent('failed', { detail: { status } }));
  }

  /** @private */
  get nativeDate() {
    // Safari's own extension.
    const start = /** @type {any} */ (this.video).getStartDate?.();
    if (!start || Number.isNaN(start.getTime())) return null;
    return new Date(start.getTime() + this.video.currentTime * 1000);
  }

  /** @private */
  get lastSeekable() {
    const { seekable } = this.video;
    return seekable.length > 0 ? seekable.end(seekable.length - 1) - 1 : NaN;
  }
}
