/**
 * Keeps a live picture as close to live as its playlist asks for, by playing a little faster while it is further behind.
 *
 * hls.js does the same only while it holds more than a second, and with short parts there is never as much between the picture and
 * the live moment.
 */

/** Seconds behind the wanted distance: from the first on it is made up for, from the second on faster, from the third on not at all. */
const late = { little: 0.05, much: 0.5, byChoice: 4 };
const rates = { little: 1.05, much: 1.1 };
/** Parts that must be there ahead of the picture: the next one comes only when it is whole. */
const partsAhead = 1.2;
/** Seconds of calm after which the standstills before them no longer count; twice as many after each time that this was too soon. */
const calm = 8;

export class Pace {
  /**
   * @param {HTMLVideoElement} video
   * @param {any} hls
   */
  constructor(video, hls) {
    this.video = video;
    this.hls = hls;
    this.calm = calm;
    this.hasForgiven = false;
    this.stoodStillAt = performance.now();
    this.keep = () => {
      this.forgive();
      const { rate } = this;
      if (video.playbackRate !== rate) video.playbackRate = rate;
    };
    this.note = () => {
      this.stoodStillAt = performance.now();
      if (this.hasForgiven) this.calm *= 2;
      this.hasForgiven = false;
    };
    video.addEventListener('timeupdate', this.keep);
    video.addEventListener('waiting', this.note);
  }

  end() {
    this.video.removeEventListener('timeupdate', this.keep);
    this.video.removeEventListener('waiting', this.note);
    this.video.playbackRate = 1;
  }

  /**
   * hls.js goes further back at each standstill and stays there. Most belong to a slow beginning, and are forgotten once it is over.
   * @private
   */
  forgive() {
    const { latestLevelDetails, targetLatency } = this.hls;
    const wanted = latestLevelDetails?.partHoldBack || 0;
    if (!wanted || targetLatency === null || targetLatency <= wanted) return;
    if (performance.now() - this.stoodStillAt < this.calm * 1000) return;
    this.hls.targetLatency = wanted;
    this.hasForgiven = true;
  }

  /** @private */
  get rate() {
    const { latency, targetLatency, latestLevelDetails } = this.hls;
    if (!latestLevelDetails?.live || targetLatency === null) return 1;
    const excess = latency - targetLatency;
    const isBorne = this.ahead > partsAhead * (latestLevelDetails.partTarget || 1);
    if (!isBorne || excess < late.little || excess > late.byChoice) return 1;
    return excess < late.much ? rates.little : rates.much;
  }

  /**
   * Seconds that could be played without anything new.
   * @private
   */
  get ahead() {
    const { buffered, currentTime } = this.video;
    for (let index = 0; index < buffered.length; index += 1) {
      if (buffered.start(index) <= currentTime && currentTime < buffered.end(index)) return buffered.end(index) - currentTime;
    }
    return 0;
  }
}
