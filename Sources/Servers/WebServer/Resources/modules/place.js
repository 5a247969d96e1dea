/** Places in a recording, as people write them. */

/**
 * `1:02:03`
 * @param {number} seconds
 */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/**
 * `1:02:03.250`, to the millisecond where it is not whole.
 * @param {number} seconds
 */
export function place(seconds) {
  const thousandths = Math.max(0, Math.round(seconds * 1000));
  const rest = thousandths % 1000;
  return clock(Math.floor(thousandths / 1000)) + (rest ? `.${String(rest).padStart(3, '0')}` : '');
}

/**
 * Seconds; not a number where it is no place.
 * @param {string} text
 */
export function secondsOf(text) {
  const parts = text.trim().split(':').map((part) => (/^\d+([.,]\d+)?$/.test(part) ? Number(part.replace(',', '.')) : NaN));
  return parts.length > 3 ? NaN : parts.reduce((sum, part) => sum * 60 + part, 0);
}
