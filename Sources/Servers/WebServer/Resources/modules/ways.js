/**
 * By which way a session plays: by WebRTC, which has the shortest delay, or by HLS, which plays smoothest and can go back.
 *
 * Which it is follows from what the person has chosen, and from what has turned out to go. Tells `failed` and `ended` as the
 * playbacks do.
 */

import { PeerPlayback } from './peer-playback.js';
import { Playback } from './playback.js';

/** Milliseconds within which a second break is one too many for whoever has not asked for the shortest delay. */
const unsteady = 60_000;
/** The reasons that a new feed may do away with. */
const ofTheFeed = ['not-live', 'picture-reorders', 'no-common-codec'];
/** The reasons that have words of their own. */
const reasons = [...ofTheFeed, 'no-picture', 'unsteady'];
const memory = 'hemicycle.way';

export class Ways extends EventTarget {
  /**
   * @param {HTMLVideoElement} video
   * @param {string} library the address of hls.js, or empty
   * @param {string} session
   */
  constructor(video, library, session) {
    super();
    this.near = new PeerPlayback(video, `/whep/${session}`);
    this.smooth = new Playback(video, library);
    /** @type {PeerPlayback | Playback} */
    this.current = this.smooth;
    /** Why WebRTC is not played: a key of `player.not-near.…`; empty where it may be. */
    this.obstacle = '';
    this.brokeAt = -Infinity;
    /** Whether the person has gone back, which they do by HLS. */
    this.hasGoneBack = false;
    /** @type {number | null} seconds behind the live moment that they are still to be taken to */
    this.wayBack = null;
    this.near.addEventListener('failed', (event) => this.note(/** @type {CustomEvent} */ (event).detail.reason));
    for (const playback of [this.near, this.smooth]) {
      for (const kind of ['failed', 'ended']) {
        playback.addEventListener(kind, () => playback === this.current && this.dispatchEvent(new Event(kind)));
      }
    }
  }

  /** What the person has chosen: `automatic`, `shortest` or `smoothest`. */
  get choice() {
    return localStorage.getItem(memory) ?? 'automatic';
  }

  /** @param {string} choice */
  choose(choice) {
    localStorage.setItem(memory, choice);
    this.obstacle = '';
    this.hasGoneBack = false;
  }

  /** Why the chosen way is not the one that plays; empty where it is. */
  get reason() {
    return this.choice === 'smoothest' || this.hasGoneBack ? '' : this.obstacle;
  }

  /**
   * Plays what the door has given in place of whatever played.
   * @param {import('./admission.js').Admission} admission
   * @returns {Promise<boolean>} false where this browser can play no way
   */
  async attach({ media, mediaWithPass, state }) {
    this.current.detach();
    const pass = mediaWithPass?.match(/^\/~([^/]+)\//)?.[1] ?? '';
    this.current = state === 'running' && this.mayBeNear ? this.near : this.smooth;
    return this.current.attach(media ?? '', pass);
  }

  /** @private */
  get mayBeNear() {
    return this.choice !== 'smoothest' && !this.obstacle && !this.hasGoneBack && PeerPlayback.isPossible;
  }

  /**
   * @private
   * @param {string} reason
   */
  note(reason) {
    if (reason !== 'broken') return void (this.obstacle = reasons.includes(reason) ? reason : 'refused');
    const now = performance.now();
    if (this.choice === 'automatic' && now - this.brokeAt < unsteady) this.obstacle = 'unsteady';
    this.brokeAt = now;
  }

  /** Another feed may go where the last did not. */
  hope() {
    if (ofTheFeed.includes(this.obstacle)) this.obstacle = '';
  }

  /** To the live moment; true where that is by the other way, and to be started over. */
  goLive() {
    const hadGoneBack = this.hasGoneBack;
    this.hasGoneBack = false;
    this.wayBack = null;
    if (hadGoneBack && this.mayBeNear) return true;
    this.current.goLive();
    return false;
  }

  /**
   * Back from the live moment, at most to the beginning; true where that is by the other way, and to be started over.
   * @param {number} seconds
   */
  goBack(seconds) {
    this.hasGoneBack = true;
    this.wayBack = seconds;
    if (this.current === this.near) return true;
    this.takeBack();
    return false;
  }

  /** @private */
  takeBack() {
    // There is nothing to go back in before the playlist has come.
    if (this.wayBack === null || this.smooth.video.seekable.length === 0) return;
    this.smooth.goBack(this.wayBack);
    this.wayBack = null;
  }

  /** After a new beginning, goes on where the person wants to be; false where they are there. */
  settle() {
    if (this.wayBack === null) return this.current.skipSeen();
    this.takeBack();
    return true;
  }
}
