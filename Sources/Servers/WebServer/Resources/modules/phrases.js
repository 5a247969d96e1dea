/** The sentences of the page's language that its modules speak, and how that language writes numbers and times. */

export const language = document.documentElement.lang || 'en';

/** @type {Record<string, string>} */
const sentences = JSON.parse(document.getElementById('phrases')?.textContent || '{}');
const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

/**
 * The sentence of a key with its arguments in place; the key itself where the page did not bring it.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function phrase(key, values = {}) {
  const sentence = sentences[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * The sentence for a number, in the right plural form.
 * @param {string} key
 * @param {number} count
 */
export function counted(key, count) {
  const form = `${key}.${plurals.select(count)}`;
  return phrase(form in sentences ? form : `${key}.other`, { count: numbers.format(count) });
}

/**
 * The word for a code, such as the capacity `adviser`; the code itself where there is none.
 * @param {string} family
 * @param {string} code
 */
export function named(family, code) {
  return sentences[`${family}.${code}`] ?? code;
}

/**
 * A length in its two largest units: `4 min 10 s`.
 * @param {number} seconds
 */
export function length(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  if (hours > 0) return phrase('length.hours', { hours, minutes });
  if (minutes > 0) return phrase('length.minutes', { minutes, seconds: whole % 60 });
  return phrase('length.seconds', { seconds: whole });
}

/**
 * A size in decimal units, as disks are sold: `1.4 GB`.
 * @param {number} bytes
 */
export function size(bytes) {
  const units = ['bytes', 'kilobytes', 'megabytes', 'gigabytes', 'terabytes'];
  let [value, unit] = [Math.max(0, bytes), 0];
  while (value >= 999.5 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  const written = value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return phrase(`size.${units[unit]}`, { value: written });
}
