/** Adds to every time of the page what the reader's own clock will show, where that differs. */

import { language, phrase } from './phrases.js';

const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit', hour12: false });
const day = new Intl.DateTimeFormat(language, { weekday: 'short', hour: '2-digit', minute: '2-digit', hour12: false });

/**
 * `UTC+5:30`, as the server writes it.
 * @param {Date} date
 */
function offset(date) {
  const minutes = -date.getTimezoneOffset();
  if (minutes === 0) return 'UTC';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

/**
 * Whether the written time is the reader's own already.
 * @param {string} written
 * @param {Date} start
 */
function agrees(written, start) {
  const own = clock.format(start);
  return written.includes(own) || written.includes(own.replace(/^0/, ''));
}

/** @param {HTMLTimeElement} time */
function explain(time) {
  const start = new Date(time.dateTime);
  const end = time.dataset.until ? new Date(time.dataset.until) : null;
  if (Number.isNaN(start.getTime()) || agrees(time.textContent ?? '', start)) return;
  const own = document.createElement('span');
  own.className = 'local-time';
  own.textContent = end
    ? phrase('local.span', { start: day.format(start), end: clock.format(end), zone: offset(start) })
    : phrase('local.day', { time: day.format(start), zone: offset(start) });
  time.after(' ', own);
}

export function explainTimes() {
  document.querySelectorAll('time[datetime]:not([data-plain])').forEach((time) => {
    if (time instanceof HTMLTimeElement) explain(time);
  });
}
