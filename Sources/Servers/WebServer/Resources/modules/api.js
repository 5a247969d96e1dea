/** Calls of the documented API, as the browser's own person. */

import { phrase } from './phrases.js';

const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute('content') ?? '';

/** Longer than any answer takes that is not a stream; in milliseconds. */
const patience = 15_000;

/** What went wrong, as the server said it (RFC 9457), or because it could not be reached. */
export class Problem extends Error {
  /**
   * @param {number} status 0 where the server could not be reached
   * @param {{type?: string, title?: string, detail?: string, next?: string, reason?: string, until?: string, place?: number}} said
   */
  constructor(status, said) {
    super(said.detail ?? said.title ?? phrase(status === 0 ? 'problem.unreachable' : 'problem.unknown'));
    this.status = status;
    /** The last part of the problem's type: `removed`, `session-ended`. */
    this.code = said.type?.split(/[/#:]/).pop() ?? '';
    this.next = said.next ?? '';
    this.reason = said.reason ?? '';
    /** The instant from which it will be otherwise, where there is one. */
    this.until = said.until ?? '';
    /** Which one in the line for a seat, from 1; 0 where there is none. */
    this.place = said.place ?? 0;
  }

  /**
   * Both sentences: what is wrong, and what then; in the page's language where the page has them, else as the server said them.
   */
  get words() {
    const own = [`refusal.${this.code}.reason`, `refusal.${this.code}.next`].map((key) => phrase(key));
    const isSaid = own.every((sentence) => !sentence.startsWith('refusal.') && !sentence.includes('{'));
    return (isSaid ? own : [this.message, this.next]).filter(Boolean).join(' ');
  }
}

/**
 * @param {'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} method
 * @param {string} path below `/api/v1`
 * @param {object} [body]
 * @returns {Promise<any>} the answer's JSON, or null where it has none
 * @throws {Problem}
 */
export async function call(method, path, body) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json', 'Accept-Language': document.documentElement.lang };
  if (method !== 'GET') headers['X-Hemicycle-CSRF'] = token;
  if (body) headers['Content-Type'] = 'application/json';
  const signal = AbortSignal.timeout(patience);
  const answer = await fetch(`/api/v1${path}`, { method, headers, signal, body: body && JSON.stringify(body) }).catch(() => {
    throw new Problem(0, {});
  });
  const said = await answer.json().catch(() => null);
  if (!answer.ok) throw new Problem(answer.status, said ?? {});
  return said;
}
