/**
 * `<hc-player>`: the live picture of a session.
 *
 * Its `data-state` is `idle` before the door is asked, `waiting` while there is nothing to play, `playing`, `gone` when the
 * picture stopped coming, `ended`, or `removed`. From each but `ended` it finds back by itself. `data-behind` is in seconds;
 * `data-way` says how it plays.
 */

import { Door } from './admission.js';
import { eventsOf } from './events.js';
import { language, phrase } from './phrases.js';
import { PlayerControls } from './player-controls.js';
import { Ways } from './ways.js';

/** Milliseconds without a new picture after which it counts as gone. */
const goneAfter = 3_000;
/** Milliseconds without a new picture after which the door is asked again, and again. */
const askAfter = 8_000;
/** Milliseconds until the door is asked again when there was nothing to play, or no entry. */
const pauses = { nothing: 4_000, unreachable: 2_000, refused: 15_000 };
/** Seconds of an ended session that nobody is kept for. */
const leavesUnseen = 8;

class LivePlayer extends HTMLElement {
  connectedCallback() {
    const video = this.querySelector('video');
    if (!video || this.ways) return;
    this.video = video;
    video.muted = true;
    this.session = this.dataset.session ?? '';
    this.ways = new Ways(video, this.dataset.library ?? '', this.session);
    this.controls = new PlayerControls(this, video, () => this.goLive(), (seconds) => this.goBack(seconds));
    this.controls.offerWays(this.ways.choice, (choice) => this.choose(choice));
    this.door = new Door(this.session, (admission) => this.enter(admission), (problem) => this.refuse(problem));
    this.seenAt = 0;
    this.isStuck = false;
    this.seenTime = -1;
    this.listen(eventsOf(this.session));
    this.say('waiting', phrase('player.connecting'));
    this.watching = setInterval(() => this.watch(), 500);
    this.door.ask();
  }

  /** @private */
  get playback() {
    return this.ways?.current;
  }

  disconnectedCallback() {
    clearInterval(this.watching);
    this.door?.close();
    this.playback?.detach();
  }

  /**
   * @private
   * @param {import('./events.js').SessionEvents} events
   */
  listen(events) {
    for (const kind of ['session.opened', 'session.live', 'session.closed', 'feed.started', 'feed.resumed']) {
      events.on(kind, () => {
        this.ways?.hope();
        this.door?.ask();
      });
    }
    for (const kind of ['removed', 'banned']) {
      events.on(`participant.${kind}`, ({ data }) => this.isMe(data) && this.expel(kind, data.reason ?? ''));
    }
    events.on('participant.readmitted', ({ data }) => this.isMe(data) && this.door?.ask());
    events.addEventListener('restored', () => this.door?.ask());
    this.ways?.addEventListener('failed', () => this.startOver());
    this.ways?.addEventListener('ended', () => this.startOver());
    addEventListener('online', () => this.door?.ask());
  }

  /**
   * @private
   * @param {{participant?: string}} data
   */
  isMe(data) {
    return data.participant === this.dataset.participant;
  }

  /**
   * The door is open: plays what there is, which of a session that is over is its recording.
   * @private
   * @param {import('./admission.js').Admission} admission
   */
  async enter(admission) {
    const { media, state } = admission;
    if (state === 'ended' && (this.wasSeen || !media)) return this.finish();
    if (!media) return this.wait();
    if (media === this.playback?.address && !this.isStuck) return;
    this.isStuck = false;
    if (!this.wasSeen) this.say('waiting', phrase('player.starting'));
    if (!this.wasSeen) this.seenAt = performance.now();
    this.isFresh = true;
    const plays = await this.ways?.attach(admission);
    if (!plays) this.say('waiting', phrase('player.unplayable'), phrase('player.unplayable-more'));
    else this.controls?.reveal();
  }

  /**
   * There is nothing to play, or no longer.
   * @private
   */
  wait() {
    this.playback?.detach();
    if (!this.wasSeen) this.say('waiting', phrase('player.waiting'), phrase('player.waiting-more'));
    this.door?.askIn(pauses.nothing);
  }

  /**
   * @private
   * @param {import('./api.js').Problem} problem
   */
  refuse(problem) {
    if (problem.code === 'removed' || problem.code === 'banned') {
      return this.expel(problem.code, problem.reason, problem.message);
    }
    if (problem.code === 'session-ended') return this.end();
    if (problem.code.startsWith('waiting-')) return location.reload();
    if (problem.status === 0 || problem.status >= 500) return this.door?.askIn(this.unreachable());
    this.playback?.detach();
    this.wasSeen = false;
    if (problem.code === 'doors-closed') this.say('waiting', phrase('player.early'), opening(problem.until));
    else this.say('waiting', phrase('player.refused'), problem.words);
    this.door?.askIn(pauses.refused);
  }

  /**
   * The picture may play on from what was received; only where there is none is the silence told.
   * @private
   * @returns {number} when to ask again, in milliseconds
   */
  unreachable() {
    if (!this.wasSeen) this.say('waiting', phrase('player.unreachable'), phrase('problem.unreachable'));
    return pauses.unreachable;
  }

  /** @private */
  startOver() {
    this.playback?.detach();
    this.door?.ask();
  }

  /** @private */
  goLive() {
    if (this.ways?.goLive()) this.startOver();
  }

  /**
   * @private
   * @param {number} seconds before the live moment
   */
  goBack(seconds) {
    if (this.ways?.goBack(seconds)) this.startOver();
  }

  /**
   * @private
   * @param {string} choice
   */
  choose(choice) {
    this.ways?.choose(choice);
    this.startOver();
  }

  /**
   * The session has ended: whoever has gone back sees it to its end.
   * @private
   */
  finish() {
    if (this.dataset.state === 'playing' && (this.playback?.ahead ?? 0) > leavesUnseen) return;
    this.end();
  }

  /** @private */
  end() {
    this.leave();
    this.say('ended', phrase('player.ended'), phrase('player.ended-more'), phrase('player.to-session'));
  }

  /**
   * @private
   * @param {string} kind `removed` from the session, or `banned` from the whole conference
   * @param {string} reason
   * @param {string} [words] the server's own, where it gave no reason apart
   */
  expel(kind, reason, words = '') {
    this.leave();
    const more = reason ? phrase('player.removed-more', { reason }) : words || phrase('player.removed-no-reason');
    this.say('removed', kind === 'banned' ? phrase('player.banned') : phrase('player.removed'), more, phrase('player.to-session'));
    this.door?.askIn(pauses.refused);
  }

  /** @private */
  leave() {
    this.door?.close();
    this.playback?.detach();
    this.wasSeen = false;
    if (document.fullscreenElement === this) document.exitFullscreen();
  }

  /**
   * Looks whether the picture moves.
   * @private
   */
  watch() {
    const now = performance.now();
    const time = this.playback?.progress ?? 0;
    if (this.playback?.address && time !== this.seenTime && !this.video?.seeking) this.see(time, now);
    else if (this.wasSeen && !this.isPausedByHand()) this.miss(now - this.seenAt);
    const isPlaying = this.dataset.state === 'playing';
    const behind = isPlaying ? this.playback?.behind ?? null : null;
    this.tell(behind);
    this.controls?.tellReason(this.ways?.reason ?? '');
    this.controls?.tell(behind, this.playback?.way ?? '', isPlaying);
    this.controls?.tellPlace(isPlaying ? this.playback : undefined);
  }

  /**
   * @private
   * @param {number} time
   * @param {number} now
   */
  see(time, now) {
    const isFirst = this.seenTime < 0 || !this.wasSeen;
    this.seenTime = time;
    if (isFirst && (this.video?.readyState ?? 0) < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    if (this.isFresh && this.ways?.settle()) return;
    this.isFresh = false;
    this.wasSeen = true;
    this.seenAt = now;
    this.playback?.noteShown();
    if (this.dataset.state !== 'playing') this.say('playing', '');
  }

  /**
   * @private
   * @param {number} silence milliseconds
   */
  miss(silence) {
    if (silence < goneAfter) return;
    const seconds = Math.round(silence / 1000);
    this.say('gone', phrase('player.gone'), phrase('player.gone-more', { seconds }));
    if (this.playback?.skipHole()) return;
    // A server that stops ends its playlists, and may be gone before their last parts were fetched.
    if (this.playback?.isOver) return this.startOver();
    if (silence > askAfter && performance.now() - (this.askedAt ?? 0) > askAfter) this.askAgain();
  }

  /**
   * Either there is nothing to show, and the door says what is the matter; or a player of playlists has lost its way, which only a
   * new beginning helps. By WebRTC there is a picture as soon as there is one to send.
   * @private
   */
  askAgain() {
    this.askedAt = performance.now();
    this.isStuck = this.playback?.way !== 'webrtc';
    this.door?.ask();
  }

  /** @private */
  isPausedByHand() {
    return this.dataset.state === 'playing' && this.video?.paused === true && this.playback?.address !== '';
  }

  /**
   * @private
   * @param {number | null} behind
   */
  tell(behind) {
    if (behind === null) delete this.dataset.behind;
    else this.dataset.behind = behind.toFixed(1);
    this.dataset.way = this.playback?.way ?? '';
  }

  /**
   * Shows a state in words, on the picture itself.
   * @private
   * @param {'waiting' | 'playing' | 'gone' | 'ended' | 'removed'} state
   * @param {string} words
   * @param {string} [more]
   * @param {string} [way] the words of a link to the session's page
   */
  say(state, words, more = '', way = '') {
    this.dataset.state = state;
    this.write('words', words);
    this.write('more', more);
    this.write('way', way);
    this.querySelector('[data-field="way"]')?.toggleAttribute('hidden', !way);
    this.querySelector('[data-field="notice"]')?.toggleAttribute('hidden', state === 'playing');
    this.querySelector('[data-field="controls"]')?.toggleAttribute('hidden', state !== 'playing' && state !== 'gone');
  }

  /**
   * @private
   * @param {string} name
   * @param {string} words
   */
  write(name, words) {
    const field = this.querySelector(`[data-field="${name}"]`);
    if (field && field.textContent !== words) field.textContent = words;
  }
}

/**
 * When the doors open, by the reader's own clock.
 * @param {string} until
 */
function opening(until) {
  const instant = new Date(until);
  if (Number.isNaN(instant.getTime())) return phrase('player.waiting-more');
  /** @type {Intl.DateTimeFormatOptions} */
  const day = { weekday: 'long', hour: '2-digit', minute: '2-digit', hour12: false, timeZoneName: 'short' };
  return phrase('player.early-more', { time: new Intl.DateTimeFormat(language, day).format(instant) });
}

customElements.define('hc-player', LivePlayer);
