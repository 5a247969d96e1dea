/**
 * Plays one live address in a `<video>`: with hls.js wherever it can, by the browser itself as the last resort.
 *
 * Tells `failed` where it cannot go on by itself, and `ended` where the stream has come to its end.
 */

import { Pace } from './pace.js';

/** Milliseconds within which a second media error is not mended in place again. */
const mendingPause = 5_000;
/** Seconds that a viewer's clock may be wrong by before the playlist's own reckoning is used instead. */
const believable = 600;

const settings = {
  lowLatencyMode: true,
  enableWorker: false,
  backBufferLength: 30,
  maxBufferLength: 20,
  // `Pace` sees to it.
  maxLiveSyncPlaybackRate: 1,
  // Seconds further behind for each time that the picture stood still. A whole second, as the library has it, would double the
  // delay for what is mostly a slow beginning.
  liveSyncOnStallIncrease: 0.25,
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
    /** @type {Pace | null} */
    this.pace = null;
    this.mendedAt = -Infinity;
    this.edge = NaN;
    /** Whether the playlist says that nothing follows. */
    this.isOver = false;
    /** What was shown last, in milliseconds of UTC; a new beginning does not show it again. */
    this.shownUntil = -Infinity;
    video.addEventListener('ended', () => this.address && this.dispatchEvent(new Event('ended')));
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
    this.edge = NaN;
    this.isOver = false;
    this.pace?.end();
    this.hls?.destroy();
    this.pace = this.hls = null;
    if (this.way === 'native-hls') this.video.removeAttribute('src');
    this.way = '';
  }

  /** The instant of what is shown; null where nothing tells. */
  get shown() {
    return /** @type {Date | null} */ (this.hls ? this.hls.playingDate : this.nativeDate);
  }

  /** Changes while the picture moves. */
  get progress() {
    return this.video.currentTime;
  }

  /** Remembers that what is shown now was seen. */
  noteShown() {
    this.shownUntil = this.shown?.getTime() ?? this.shownUntil;
  }

  /** After a new beginning, goes on where the picture was last seen; false where nothing had to be passed over. */
  skipSeen() {
    const seconds = (this.shownUntil - (this.shown?.getTime() ?? Infinity)) / 1000;
    if (!(seconds > 0.5 && seconds < believable)) return false;
    const target = this.video.currentTime + seconds;
    this.video.currentTime = Number.isFinite(this.edge) ? Math.min(target, this.edge - 0.1) : target;
    return true;
  }

  /** Seconds between what is shown and now; null where nothing tells. */
  get behind() {
    const { shown } = this;
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

  /**
   * Back from the newest there is, at most to the oldest that may be played.
   * @param {number} seconds
   */
  goBack(seconds) {
    const { seekable } = this.video;
    // What was seen is to be seen again.
    this.shownUntil = -Infinity;
    if (seekable.length > 0) this.video.currentTime = Math.max(seekable.start(0) + 0.1, this.video.currentTime + this.ahead - seconds);
    this.video.play().catch(() => {});
  }

  /** Seconds between the oldest that may be played and what is shown. */
  get sinceBeginning() {
    const { seekable, currentTime } = this.video;
    return seekable.length > 0 ? currentTime - seekable.start(0) : 0;
  }

  /** Seconds between what is shown and the newest there is. */
  get ahead() {
    return Number.isFinite(this.edge) ? this.edge - this.video.currentTime : 0;
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
    hls.on(Hls.Events.LEVEL_UPDATED, (/** @type {string} */ _, /** @type {any} */ { details }) => {
      this.edge = details.edge;
      this.isOver = !details.live;
    });
    hls.loadSource(address);
    hls.attachMedia(this.video);
    this.hls = hls;
    this.pace = new Pace(this.video, hls);
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
