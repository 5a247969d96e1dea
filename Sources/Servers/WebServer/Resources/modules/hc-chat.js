/**
 * `<hc-chat>`: what people write to everybody in the session; moderators switch it, hide, delete and clear here.
 *
 * The list follows what comes while its end is seen. Else it stays, and a button counts what is new.
 */

import { call } from './api.js';
import { Forum } from './forum.js';
import { counted } from './phrases.js';

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

class Chat extends Forum {
  connectedCallback() {
    if (this.session) return;
    this.waiting = 0;
    this.roll = /** @type {HTMLElement} */ (this.querySelector('.messages'));
    this.list = /** @type {HTMLElement} */ (this.querySelector('[data-field="messages"]'));
    this.button = /** @type {HTMLElement} */ (this.querySelector('[data-act="follow"]'));
    this.button.addEventListener('click', () => this.scrollToEnd());
    this.roll.addEventListener('scroll', () => this.isAtEnd && this.offer(0));
    this.listen(this.follow('chat'));
    this.scrollToEnd();
    new ResizeObserver(() => this.waiting === 0 && this.scrollToEnd()).observe(this.roll);
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
  }

  /**
   * @protected
   * @param {{messages: Message[]}} told
   */
  said(told) {
    return told.messages;
  }

  /**
   * Brings the list to what it should hold; rows that stay are left alone.
   * @protected
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
    if (wasAtEnd) this.scrollToEnd();
    else if (!next) this.offer((this.waiting ?? 0) + 1);
  }

  /**
   * @protected
   * @param {Message} message
   */
  makeRow(message) {
    const row = super.makeRow(message);
    row.dataset.message = message.message;
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

  /** @private */
  get isAtEnd() {
    const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = this.roll ?? {};
    return scrollHeight - scrollTop - clientHeight < nearEnd;
  }

  /** @private */
  scrollToEnd() {
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
   * @protected
   * @param {string} act
   * @param {Record<string, string>} values
   */
  async act(act, { text, message }) {
    const one = `${this.path}/messages/${encodeURIComponent(message ?? '')}`;
    switch (act) {
      case 'post': return this.post(text ?? '');
      case 'hide': case 'show': return void (await call('PATCH', one, { isHidden: act === 'hide' }));
      case 'delete': return void (await call('DELETE', one));
    }
  }

  /**
   * @private
   * @param {string} text
   */
  async post(text) {
    this.add(await call('POST', `${this.path}/messages`, { text }));
    this.scrollToEnd();
  }
}

customElements.define('hc-chat', Chat);
