/** The player's own controls, which stand in the page's HTML: place, pause, sound, volume, beginning, live, full screen. */

import { language, phrase } from './phrases.js';
import { clock } from './place.js';

/** Seconds behind from which the way back to the live moment is offered. */
const offersLive = 8;
/** Seconds since the beginning from which ways back are offered. */
const offersBack = 20;
/** Seconds that one press goes back. */
const leap = 30;
/** Seconds behind from which the delay is told as on a clock. */
const longBehind = 90;

export class PlayerControls {
  /**
   * @param {HTMLElement} player
   * @param {HTMLVideoElement} video
   * @param {() => void} goLive
   * @param {(seconds: number) => void} goBack from the live moment
   */
  constructor(player, video, goLive, goBack) {
    this.player = player;
    this.video = video;
    this.on('pause', () => (video.paused ? goLive() : video.pause()));
    this.on('sound', () => this.setSound(video.muted));
    this.on('sound-on', () => this.setSound(true));
    this.on('live', goLive);
    this.on('beginning', () => goBack(Infinity));
    this.on('back', () => goBack(this.ahead + leap));
    /** Seconds between what is shown and the newest there is. */
    this.ahead = 0;
    this.followPlace(goLive, goBack);
    this.on('full', () => this.toggleFullScreen());
    this.followVolume();
    for (const event of ['play', 'pause', 'volumechange']) video.addEventListener(event, () => this.show());
    document.addEventListener('fullscreenchange', () => this.show());
  }

  /**
   * Says how far behind the picture is.
   * @param {number | null} behind seconds
   * @param {string} way
   * @param {boolean} isPlaying
   */
  tell(behind, way, isPlaying) {
    const isPaused = this.video.paused;
    const isLive = isPlaying && !isPaused && behind !== null && behind < offersLive;
    this.write('delay', this.delayWords(behind, isPaused, isPlaying));
    this.field('delay-mark')?.toggleAttribute('data-live', isLive);
    this.act('live')?.toggleAttribute('hidden', !isPlaying || isLive || (behind === null && !isPaused));
    this.write('played-by', way ? phrase(`player.by.${way}`) : '');
    this.act('sound-on')?.toggleAttribute('hidden', !isPlaying || !this.video.muted);
  }

  /**
   * Says where what is shown lies between the beginning and the newest there is.
   * @param {{sinceBeginning: number, ahead: number} | undefined} playback undefined while nothing plays
   */
  tellPlace(playback) {
    const sinceBeginning = playback?.sinceBeginning ?? 0;
    for (const name of ['beginning', 'back']) this.act(name)?.toggleAttribute('hidden', sinceBeginning < offersBack);
    this.ahead = playback?.ahead ?? 0;
    const length = Math.ceil(sinceBeginning + this.ahead);
    // Of what came by WebRTC nothing can be shown again.
    const hasPlace = Number.isFinite(length) && length >= offersBack;
    this.slider?.toggleAttribute('hidden', !hasPlace);
    if (!this.slider || this.isChoosing || !hasPlace) return;
    this.slider.min = String(-length);
    this.slider.value = String(Math.round(-this.ahead));
    this.tellChosen();
  }

  /**
   * @private
   * @param {() => void} goLive
   * @param {(seconds: number) => void} goBack
   */
  followPlace(goLive, goBack) {
    const slider = this.act('place');
    if (!(slider instanceof HTMLInputElement)) return;
    this.slider = slider;
    slider.addEventListener('input', () => {
      this.isChoosing = true;
      this.tellChosen();
    });
    slider.addEventListener('change', () => {
      this.isChoosing = false;
      const seconds = -Number(slider.value);
      if (seconds < offersLive / 2) goLive();
      else goBack(seconds);
    });
  }

  /** @private */
  tellChosen() {
    if (!this.slider) return;
    const time = clock(-Number(this.slider.value));
    const words = phrase('player.behind-clock', { time });
    this.slider.setAttribute('aria-valuetext', words);
    this.slider.title = words;
  }

  /**
   * @param {string} chosen
   * @param {(choice: string) => void} choose
   */
  offerWays(chosen, choose) {
    const list = this.act('choice');
    if (!(list instanceof HTMLSelectElement)) return;
    list.value = chosen;
    list.addEventListener('change', () => choose(list.value));
  }

  /**
   * Says why the picture does not play as it was chosen.
   * @param {string} reason
   */
  tellReason(reason) {
    this.write('reason', reason ? phrase(`player.not-near.${reason}`) : '');
  }

  /** Shows the controls once there is something to control. */
  reveal() {
    this.field('controls')?.removeAttribute('hidden');
  }

  /**
   * @private
   * @param {number | null} behind
   * @param {boolean} isPaused
   * @param {boolean} isPlaying
   */
  delayWords(behind, isPaused, isPlaying) {
    if (!isPlaying) return '';
    if (isPaused) return phrase('player.paused');
    if (behind === null) return phrase('player.live');
    if (behind >= longBehind) return phrase('player.behind-clock', { time: clock(behind) });
    return `${behind < offersLive ? `${phrase('player.live')} · ` : ''}${phrase('player.behind', { seconds: seconds(behind) })}`;
  }

  /** @private */
  show() {
    const { paused, muted, volume } = this.video;
    this.picture('pause', paused ? 'play' : 'pause', phrase(paused ? 'player.play' : 'player.pause'));
    const silent = muted || volume === 0;
    this.picture('sound', silent ? 'sound-off' : 'sound', phrase(silent ? 'player.unmute' : 'player.mute'));
    this.picture('full', document.fullscreenElement === this.player ? 'small-screen' : 'full-screen', fullScreenWords(this.player));
    if (!muted) this.act('sound-on')?.setAttribute('hidden', '');
  }

  /**
   * @private
   * @param {string} act
   * @param {string} icon
   * @param {string} words
   */
  picture(act, icon, words) {
    const button = this.act(act);
    const use = button?.querySelector('use');
    use?.setAttribute('href', (use.getAttribute('href') ?? '').replace(/#.*/, `#${icon}`));
    button?.setAttribute('aria-label', words);
    button?.setAttribute('title', words);
  }

  /**
   * @private
   * @param {boolean} isOn
   */
  setSound(isOn) {
    this.video.muted = !isOn;
    if (isOn && this.video.volume === 0) this.video.volume = 1;
    if (isOn) this.video.play().catch(() => {});
  }

  /** @private */
  followVolume() {
    const slider = this.act('volume');
    if (!(slider instanceof HTMLInputElement)) return;
    slider.addEventListener('input', () => {
      this.video.volume = Number(slider.value);
      this.video.muted = this.video.volume === 0;
    });
    this.video.addEventListener('volumechange', () => {
      slider.value = String(this.video.muted ? 0 : this.video.volume);
    });
    slider.value = this.video.muted ? '0' : String(this.video.volume);
  }

  /** @private */
  toggleFullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (this.player.requestFullscreen) this.player.requestFullscreen().catch(() => {});
    // On iPhones only the video itself can fill the screen.
    else /** @type {any} */ (this.video).webkitEnterFullscreen?.();
  }

  /**
   * @private
   * @param {string} act
   * @param {() => void} listener
   */
  on(act, listener) {
    this.act(act)?.addEventListener('click', listener);
  }

  /**
   * @private
   * @param {string} name
   * @returns {HTMLElement | null}
   */
  act(name) {
    return this.player.querySelector(`[data-act="${name}"]`);
  }

  /**
   * @private
   * @param {string} name
   * @returns {HTMLElement | null}
   */
  field(name) {
    return this.player.querySelector(`[data-field="${name}"]`);
  }

  /**
   * Writes only what changed, so that nothing is told twice.
   * @private
   * @param {string} name
   * @param {string} words
   */
  write(name, words) {
    const field = this.field(name);
    if (field && field.textContent !== words) field.textContent = words;
  }
}

/**
 * Whole seconds, and tenths where they are felt.
 * @param {number} behind
 */
function seconds(behind) {
  return behind < 1.5 ? Math.max(0.1, behind).toLocaleString(language, { maximumFractionDigits: 1 }) : Math.round(behind);
}

/** @param {HTMLElement} player */
function fullScreenWords(player) {
  return phrase(document.fullscreenElement === player ? 'player.small-screen' : 'player.full-screen');
}
