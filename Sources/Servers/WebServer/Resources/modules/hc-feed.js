/** `<hc-feed>`: how the production desk's feed fares. It is asked for every two seconds while the page is looked at. */

import { call, Problem } from './api.js';
import { language, length, phrase } from './phrases.js';

/** Milliseconds between two questions. */
const pause = 2_000;
const none = '–';
const megabits = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', timeZoneName: 'short', hour12: false });

/**
 * @typedef {object} Health
 * @property {string} state `live`, `interrupted` or `ended`
 * @property {string} [since]
 * @property {string | null} [lastFrame]
 * @property {string | null} [lastKeyFrame]
 * @property {number} [bitrate]
 * @property {{width: number, height: number} | null} [picture]
 */

class FeedHealth extends HTMLElement {
  connectedCallback() {
    this.asking = setInterval(() => !document.hidden && this.ask(), pause);
    this.ask();
  }

  disconnectedCallback() {
    clearInterval(this.asking);
  }

  /** @private */
  async ask() {
    try {
      this.show(await call('GET', `/rooms/${this.dataset.room}/feed`));
    } catch (problem) {
      const isAbsent = problem instanceof Problem && problem.status === 404;
      this.say(isAbsent ? 'absent' : 'interrupted', phrase(isAbsent ? 'feed.absent' : 'feed.unknown'));
    }
  }

  /**
   * @private
   * @param {Health | null} health
   */
  show(health) {
    if (!health || health.state === 'ended') return this.say('absent', phrase('feed.absent'));
    const isLive = health.state === 'live';
    const quiet = ago(health.lastFrame);
    this.say(
      isLive ? 'flowing' : 'interrupted', phrase(isLive ? 'feed.flowing' : 'feed.interrupted'),
      isLive || quiet === null ? '' : phrase('feed.quiet', { length: length(quiet) }));
    const key = ago(health.lastKeyFrame);
    this.write('rate', isLive ? phrase('size.rate', { value: megabits.format((health.bitrate ?? 0) / 1_000_000) }) : none);
    this.write('key', key === null ? none : phrase('feed.ago', { length: length(key) }));
    this.write('picture', health.picture ? `${health.picture.width} × ${health.picture.height}` : none);
    this.write('since', health.since ? clock.format(new Date(health.since)) : none);
  }

  /**
   * @private
   * @param {'absent' | 'flowing' | 'interrupted'} state
   * @param {string} words
   * @param {string} [detail]
   */
  say(state, words, detail = '') {
    this.dataset.state = state;
    const badge = this.querySelector('[data-field="state"]');
    if (badge) badge.className = `badge badge-feed-${state}`;
    this.write('state', words);
    this.write('detail', detail);
    if (state === 'absent') for (const name of ['rate', 'key', 'picture', 'since']) this.write(name, none);
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
 * Seconds since an instant; null where there is none.
 * @param {string | null | undefined} instant
 */
function ago(instant) {
  const seconds = instant ? (Date.now() - new Date(instant).getTime()) / 1000 : NaN;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : null;
}

customElements.define('hc-feed', FeedHealth);
