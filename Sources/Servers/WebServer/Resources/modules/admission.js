/** The right to the session: asked for at the door, and asked for again before it runs out. */

import { call, Problem } from './api.js';

/**
 * @typedef {object} Admission
 * @property {string | null} media the address of the playlist; null while there is nothing to play
 * @property {string | null} mediaWithPass the same with the pass in it
 * @property {string} passExpires
 * @property {string} state
 */

/** Milliseconds before its end at which a pass is renewed. */
const margin = 60_000;
/** Milliseconds between two renewals, at least. */
const shortest = 5_000;

export class Door {
  /**
   * @param {string} session
   * @param {(admission: Admission) => void} admitted
   * @param {(problem: Problem) => void} refused
   */
  constructor(session, admitted, refused) {
    this.path = `/sessions/${session}/admission`;
    this.admitted = admitted;
    this.refused = refused;
    this.isAsking = false;
  }

  /** Asks now; another question on its way is not asked twice. */
  async ask() {
    if (this.isAsking) return;
    this.isAsking = true;
    clearTimeout(this.next);
    try {
      const admission = /** @type {Admission} */ (await call('POST', this.path));
      this.askIn(renewal(admission));
      this.admitted(admission);
    } catch (problem) {
      this.refused(problem instanceof Problem ? problem : new Problem(0, {}));
    } finally {
      this.isAsking = false;
    }
  }

  /**
   * Asks after so many milliseconds, give or take a quarter, so that a full room does not ask at once.
   * @param {number} pause
   */
  askIn(pause) {
    clearTimeout(this.next);
    this.next = setTimeout(() => this.ask(), pause * (0.75 + Math.random() / 4));
  }

  close() {
    clearTimeout(this.next);
  }
}

/**
 * How long a pass may rest before it is renewed, in milliseconds.
 * @param {Admission} admission
 */
function renewal({ passExpires }) {
  const left = new Date(passExpires).getTime() - Date.now();
  if (!(left > 0)) return margin;
  return Math.max(shortest, left > 2 * margin ? left - margin : left / 2);
}
