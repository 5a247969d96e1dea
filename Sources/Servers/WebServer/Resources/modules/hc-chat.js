/**
 * `<hc-chat>`: what people write to everybody in the session; moderators switch it, hide, delete and clear here.
 *
 * The list follows what comes while its end is seen. Else it stays, and a button counts what is new.
 */

import { call, Problem } from './api.js';
import { eventsOf } from './events.js';
import { takeOverForms } from './forms.js';
import { counted, language, phrase } from './phrases.js';

/** Messages kept on the page. */
const longest = 200;
/** Pixels from the end within which it counts as seen. */
const nearEnd = 40;

/**
 * @typedef {object} Message
 * @property {string} message its id; sorts by time
 * @property {string} name
 * @property {string} organisation
 * @property {string} at
 * @property {string} text
 * @property {boolean} [isHidden]
 */

class Chat extends HTMLElement {
  connectedCallback() {
    if (this.session) return;
    this.session = this.dataset.session ?? '';
    this.path = `/sessions/${this.session}/chat`;
    this.moderates = this.dataset.moderates === 'yes';
    this.waiting = 0;
    this.clock = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: this.dataset.zone || 'UTC', hour12: false });
    this.roll = /** @type {HTMLElement} */ (this.querySelector('.messages'));
    this.list = /** @type {HTMLElement} */ (this.querySelector('[data-field="messages"]'));
    this.button = /** @type {HTMLElement} */ (this.querySelector('[data-act="follow"]'));
    this.button.addEventListener('click', () => this.follow());
    this.roll.addEventListener('scroll', () => this.isAtEnd && this.offer(0));
    takeOverForms(this, (act, values) => this.perform(act, values));
    this.listen(eventsOf(this.session));
    this.follow();
    new ResizeObserver(() => this.waiting === 0 && this.follow()).observe(this.roll);
  }

  /**
   * @private
   * @param {import('./events.js').SessionEvents} events
   */
  listen(events) {
    events.on('chat.posted', ({ data }) => this.add(data));
    events.on('chat.shown', ({ data }) => (this.moderates ? this.mark(data.message, false) : this.add(data)));
    events.on('chat.hidden', ({ data }) => (this.moderates ? this.mark(data.message, true) : this.drop(data.message)));
    events.on('chat.deleted', ({ data }) => this.drop(data.message));
    events.on('chat.cleared', () => this.fill([]));
    events.on('chat.opened', () => this.setOpen(true));
    events.on('chat.closed', () => this.setOpen(false));
    events.addEventListener('opened', () => this.ask());
  }

  /**
   * What was said before the stream began, or while it was away.
   * @private
   */
  async ask() {
    const told = await call('GET', this.path).catch(() => null);
    if (!told) return;
    this.setOpen(told.isOpen);
    this.fill(told.messages);
  }

  /**
   * Brings the list to what it should hold; rows that stay are left alone.
   * @private
   * @param {Message[]} messages
   */
  fill(messages) {
    const oldest = messages[0]?.message ?? '';
    const known = new Map(messages.map((message) => [message.message, message]));
    for (const row of this.rows) {
      const id = row.dataset.message ?? '';
      if (!known.has(id) && (id >= oldest || messages.length === 0)) row.remove();
    }
    for (const message of messages) {
      this.add(message);
      this.mark(message.message, Boolean(message.isHidden));
    }
    this.tidy();
  }

  /** @private */
  get rows() {
    return /** @type {HTMLElement[]} */ ([...(this.list?.children ?? [])]);
  }

  /**
   * @private
   * @param {string} id
   */
  row(id) {
    return this.rows.find((row) => row.dataset.message === id);
  }

  /**
   * @private
   * @param {Message} message
   */
  add(message) {
    if (this.row(message.message)) return;
    const wasAtEnd = this.isAtEnd;
    const next = this.rows.find((row) => (row.dataset.message ?? '') > message.message);
    this.list?.insertBefore(this.makeRow(message), next ?? null);
    while (this.rows.length > longest) this.rows[0].remove();
    this.tidy();
    if (wasAtEnd) this.follow();
    else if (!next) this.offer((this.waiting ?? 0) + 1);
  }

  /**
   * @private
   * @param {Message} message
   */
  makeRow(message) {
    const template = /** @type {HTMLTemplateElement} */ (this.querySelector('template[data-row]'));
    const row = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (template.content.cloneNode(true)).firstElementChild);
    const instant = new Date(message.at);
    row.dataset.message = message.message;
    write(row, 'author', message.name);
    write(row, 'organisation', message.organisation);
    write(row, 'time', this.clock?.format(instant) ?? '');
    write(row, 'text', message.text);
    row.querySelector('time')?.setAttribute('datetime', message.at);
    row.querySelectorAll('input[name="message"]').forEach((input) => input.setAttribute('value', message.message));
    return row;
  }

  /**
   * @private
   * @param {string} id
   * @param {boolean} isHidden
   */
  mark(id, isHidden) {
    const row = this.row(id);
    row?.classList.toggle('message-hidden', isHidden);
    row?.querySelectorAll('[data-for="hidden"]').forEach((part) => part.toggleAttribute('hidden', !isHidden));
    row?.querySelectorAll('[data-for="shown"]').forEach((part) => part.toggleAttribute('hidden', isHidden));
  }

  /**
   * @private
   * @param {string} id
   */
  drop(id) {
    this.row(id)?.remove();
    this.tidy();
  }

  /** @private */
  tidy() {
    this.querySelector('[data-field="nothing"]')?.toggleAttribute('hidden', this.rows.length > 0);
  }

  /**
   * @private
   * @param {boolean} isOpen
   */
  setOpen(isOpen) {
    for (const part of this.querySelectorAll(':scope > [data-for], .ways [data-for]')) {
      part.toggleAttribute('hidden', (part.getAttribute('data-for') === 'open') !== isOpen);
    }
  }

  /** @private */
  get isAtEnd() {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = this.roll ?? {};
    return scrollHeight - scrollTop - clientHeight < nearEnd;
  }

  /** @private */
  follow() {
    if (this.roll) this.roll.scrollTop = this.roll.scrollHeight;
    this.offer(0);
  }

  /**
   * @private
   * @param {number} count of messages that wait below
   */
  offer(count) {
    this.waiting = count;
    if (!this.button) return;
    this.button.textContent = count > 0 ? counted('chat.waiting', count) : '';
    this.button.toggleAttribute('hidden', count === 0);
  }

  /**
   * @private
   * @param {string} act
   * @param {Record<string, string>} values
   */
  async perform(act, { text, message }) {
    const one = `${this.path}/messages/${encodeURIComponent(message ?? '')}`;
    switch (act) {
      case 'post': return this.post(text ?? '');
      case 'open': case 'close': return void (await call('PATCH', /** @type {string} */ (this.path), { isOpen: act === 'open' }));
      case 'hide': case 'show': return void (await call('PATCH', one, { isHidden: act === 'hide' }));
      case 'delete': return void (await call('DELETE', one));
      case 'clear': return void (await call('DELETE', `${this.path}/messages`));
    }
  }

  /**
   * @private
   * @param {string} text
   */
  async post(text) {
    try {
      this.add(await call('POST', `${this.path}/messages`, { text }));
      this.follow();
    } catch (problem) {
      throw problem instanceof Problem ? inOurWords(problem) : problem;
    }
  }
}

/**
 * What stands against a message, in the page's language.
 * @param {Problem} problem
 */
function inOurWords(problem) {
  /** @type {Record<string, string>} */
  const words = {
    'too-many-requests': phrase('chat.too-fast'), 'invalid-request': phrase('chat.not-taken'), conflict: phrase('chat.closed'),
  };
  return problem.code in words ? new Problem(problem.status, { detail: words[problem.code] }) : problem;
}

/**
 * @param {Element} row
 * @param {string} name
 * @param {string} words
 */
function write(row, name, words) {
  const field = row.querySelector(`[data-field="${name}"]`);
  if (field) field.textContent = words;
}

customElements.define('hc-chat', Chat);
