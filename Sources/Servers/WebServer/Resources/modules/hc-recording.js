/**
 * `<hc-recording>`: plays one file of a recording, with its chapters as a list and on a time line, small pictures where the pointer
 * is on that line, and keys. Without scripts the browser's own controls play it, and each chapter is an address.
 */

import { phrase } from './phrases.js';
import { clock } from './place.js';
import { readThumbnails } from './thumbnails.js';

/** Seconds that J and L go. */
const leap = 10;
/** Seconds into a chapter from which P goes to its beginning rather than to the one before. */
const settled = 3;

class RecordingPlayer extends HTMLElement {
  connectedCallback() {
    const video = this.querySelector('video');
    const slider = this.querySelector('[data-act="seek"]');
    if (!video || !(slider instanceof HTMLInputElement) || this.video) return;
    this.video = video;
    this.slider = slider;
    this.length = Number(this.dataset.seconds) || 0;
    /** @type {HTMLAnchorElement[]} */
    this.chapters = [...this.querySelectorAll('a[data-seconds]')].filter((each) => each instanceof HTMLAnchorElement);
    for (const chapter of this.chapters) {
      chapter.addEventListener('click', (event) => {
        event.preventDefault();
        this.go(Number(chapter.dataset.seconds));
        video.play().catch(() => {});
      });
    }
    slider.addEventListener('input', () => this.go(Number(slider.value)));
    video.addEventListener('timeupdate', () => this.follow());
    video.addEventListener('seeking', () => this.follow());
    this.addEventListener('keydown', (event) => this.press(event));
    this.drawTicks();
    this.previewWith(slider);
    this.field('line')?.removeAttribute('hidden');
    this.field('keys')?.removeAttribute('hidden');
    this.follow();
    this.takePlaces();
  }

  /**
   * @private
   * @param {number} seconds
   */
  go(seconds) {
    if (!this.video) return;
    this.video.currentTime = Math.min(Math.max(0, seconds), this.length || Infinity);
    this.follow();
  }

  /** Shows where the picture stands. @private */
  follow() {
    if (!this.video || !this.slider) return;
    const now = this.video.currentTime;
    if (document.activeElement !== this.slider || Math.abs(Number(this.slider.value) - now) > 1) this.slider.value = String(now);
    this.slider.setAttribute('aria-valuetext', phrase('recording.player-at', { time: clock(now), length: clock(this.length) }));
    const current = this.chapterAt(now);
    for (const chapter of this.chapters ?? []) {
      if (chapter === current) chapter.setAttribute('aria-current', 'true');
      else chapter.removeAttribute('aria-current');
    }
  }

  /**
   * @private
   * @param {number} seconds
   */
  chapterAt(seconds) {
    // A seek lands on a frame, which may begin a little before the chapter.
    return this.chapters?.filter((each) => Number(each.dataset.seconds) <= seconds + 0.1).at(-1);
  }

  /**
   * @private
   * @param {KeyboardEvent} event
   */
  press(event) {
    const video = this.video;
    if (!video || event.ctrlKey || event.metaKey || event.altKey) return;
    const now = video.currentTime;
    /** @type {Record<string, () => void>} */
    const keys = {
      j: () => this.go(now - leap),
      l: () => this.go(now + leap),
      k: () => (video.paused ? video.play().catch(() => {}) : video.pause()),
      n: () => this.goChapter(this.chapters?.find((each) => Number(each.dataset.seconds) > now + 0.1)),
      p: () => this.goChapter(this.chapterAt(now - settled) ?? this.chapters?.[0]),
    };
    const act = keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /**
   * @private
   * @param {HTMLAnchorElement | undefined} chapter
   */
  goChapter(chapter) {
    if (chapter) this.go(Number(chapter.dataset.seconds));
  }

  /** Where chapters begin, on the time line. @private */
  drawTicks() {
    const ticks = this.field('ticks');
    if (!ticks || !(this.length && this.length > 0)) return;
    for (const chapter of this.chapters ?? []) {
      const tick = document.createElement('span');
      tick.style.insetInlineStart = `${(100 * Number(chapter.dataset.seconds)) / this.length}%`;
      tick.title = chapter.textContent?.trim() ?? '';
      ticks.append(tick);
    }
  }

  /**
   * The small picture of the place under the pointer, or of the one that the keyboard has come to.
   * @private
   * @param {HTMLInputElement} slider
   */
  previewWith(slider) {
    slider.addEventListener('pointermove', (event) => {
      const box = slider.getBoundingClientRect();
      const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
      this.preview((document.dir === 'rtl' ? 1 - share : share) * (this.length ?? 0));
    });
    for (const event of ['pointerleave', 'blur']) slider.addEventListener(event, () => this.preview(null));
    slider.addEventListener('keydown', () => requestAnimationFrame(() => this.preview(Number(slider.value))));
  }

  /**
   * @private
   * @param {number | null} seconds null for none
   */
  async preview(seconds) {
    const box = this.field('preview');
    if (!box || !this.length) return;
    this.wanted = seconds;
    box.toggleAttribute('hidden', seconds === null);
    if (seconds === null) return;
    this.thumbnails ??= readThumbnails(this.dataset.thumbnails);
    const thumbnail = (await this.thumbnails).find((each) => seconds >= each.start && seconds < each.end);
    if (this.wanted !== seconds) return;
    box.style.insetInlineStart = `${(100 * seconds) / this.length}%`;
    const words = this.field('words');
    if (words) words.textContent = [clock(seconds), this.chapterAt(seconds)?.querySelector('bdi')?.textContent].filter(Boolean).join(' · ');
    const picture = this.field('picture');
    picture?.toggleAttribute('hidden', !thumbnail);
    if (picture && thumbnail) thumbnail.show(picture);
  }

  /** The forms for new chapters begin with the place where the picture stands. @private */
  takePlaces() {
    const place = this.closest('.recording-main')?.querySelector('form[data-new] [name="place"]');
    if (!(place instanceof HTMLInputElement) || !this.video) return;
    this.video.addEventListener('timeupdate', () => (place.value = clock(this.place)));
  }

  /** How far into the recording the picture stands, which may have files before this one; in seconds. */
  get place() {
    return (Number(this.dataset.offset) || 0) + (this.video?.currentTime ?? 0);
  }

  /**
   * @private
   * @param {string} name
   * @returns {HTMLElement | null}
   */
  field(name) {
    return this.querySelector(`[data-field="${name}"]`);
  }
}

customElements.define('hc-recording', RecordingPlayer);
