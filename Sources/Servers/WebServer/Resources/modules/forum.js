/** What the forums of a session (chat, questions, polls, hands) have in common: moderators open, close and clear them, and they follow the server. */

import { call, Problem } from './api.js';
import { eventsOf } from './events.js';
import { takeOverForms } from './forms.js';
import { language, phrase } from './phrases.js';

export class Forum extends HTMLElement {
  /**
   * @protected
   * @param {string} name `chat`, as in the addresses of the API
   */
  follow(name) {
    this.session = this.dataset.session ?? '';
    this.name = name;
    this.path = `/sessions/${this.session}/${name}`;
    this.moderates = this.dataset.moderates === 'yes';
    this.clock = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: this.dataset.zone || 'UTC', hour12: false });
    takeOverForms(this, (act, values, form) => this.perform(act, values, form));
    const events = eventsOf(this.session);
    events.on(`${name}.opened`, () => this.setOpen(true));
    events.on(`${name}.closed`, () => this.setOpen(false));
    events.on(`${name}.cleared`, () => this.fill([]));
    events.addEventListener('opened', () => this.ask());
    return events;
  }

  /**
   * What was said before the stream began, or while it was away.
   * @protected
   */
  async ask() {
    const told = await call('GET', /** @type {string} */ (this.path)).catch(() => null);
    if (!told) return;
    this.setOpen(told.isOpen);
    this.fill(this.said(told));
  }

  /**
   * The list that an answer brings.
   * @protected
   * @param {any} _told
   * @returns {any[]}
   */
  said(_told) {
    return [];
  }

  /**
   * Brings the list to what it should hold.
   * @protected
   * @param {any[]} _all
   */
  fill(_all) {}

  /**
   * @protected
   * @param {boolean} isOpen
   */
  setOpen(isOpen) {
    for (const part of this.querySelectorAll(':scope > [data-for], .ways [data-for]')) {
      part.toggleAttribute('hidden', (part.getAttribute('data-for') === 'open') !== isOpen);
    }
  }

  /**
   * @private
   * @param {string} act
   * @param {Record<string, string>} values
   * @param {HTMLFormElement} form
   */
  async perform(act, values, form) {
    try {
      if (act === 'open' || act === 'close') await call('PATCH', /** @type {string} */ (this.path), { isOpen: act === 'open' });
      else if (act === 'clear') await call('DELETE', /** @type {string} */ (this.path));
      else await this.act(act, values, form);
    } catch (problem) {
      throw problem instanceof Problem ? this.inOurWords(problem) : problem;
    }
  }

  /**
   * @protected
   * @param {string} _act
   * @param {Record<string, string>} _values
   * @param {HTMLFormElement} _form
   */
  async act(_act, _values, _form) {}

  /**
   * What stands against it, in the page's language.
   * @private
   * @param {Problem} problem
   */
  inOurWords(problem) {
    /** @type {Record<string, string>} */
    const words = {
      'too-many-requests': phrase('forum.too-fast'), impossible: phrase('forum.not-taken'),
      conflict: phrase('forum.untimely'),
    };
    return problem.code in words ? new Problem(problem.status, { detail: words[problem.code] }) : problem;
  }

  /**
   * A row of the template with who said it, when and what.
   * @protected
   * @param {{name: string, organisation: string, at: string, text: string}} said
   */
  makeRow(said) {
    const template = /** @type {HTMLTemplateElement} */ (this.querySelector('template[data-row]'));
    const row = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (template.content.cloneNode(true)).firstElementChild);
    write(row, 'author', said.name);
    write(row, 'organisation', said.organisation);
    write(row, 'time', this.clock?.format(new Date(said.at)) ?? '');
    write(row, 'text', said.text);
    row.querySelector('time')?.setAttribute('datetime', said.at);
    return row;
  }
}

/**
 * @param {Element} row
 * @param {string} name
 * @param {string} words
 */
export function write(row, name, words) {
  const field = row.querySelector(`[data-field="${name}"]`);
  if (field && field.textContent !== words) field.textContent = words;
}
