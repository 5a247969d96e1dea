/** `<hc-announcements>`: what moderators have told everybody, the latest first; they announce and withdraw here. */

import { call, Problem } from './api.js';
import { eventsOf } from './events.js';
import { takeOverForms } from './forms.js';
import { write } from './people-list.js';
import { language, phrase } from './phrases.js';

/** @typedef {{announcement: string, isForAllRooms: boolean, at: string, text: string}} Announcement */

class Announcements extends HTMLElement {
  connectedCallback() {
    if (this.session) return;
    this.session = this.dataset.session ?? '';
    this.clock = new Intl.DateTimeFormat(language, { timeStyle: 'short', timeZone: this.dataset.zone || 'UTC', hour12: false });
    this.list = this.querySelector('[data-field="announcements"]');
    takeOverForms(this, (act, values) => this.perform(act, values));
    const events = eventsOf(this.session);
    events.on('announcement.made', ({ data }) => this.add(data));
    events.on('announcement.withdrawn', ({ data }) => this.drop(data.announcement));
    events.addEventListener('opened', () => this.ask());
  }

  /**
   * What was announced before the stream began, or while it was away.
   * @private
   */
  async ask() {
    const told = await call('GET', `/sessions/${this.session}/announcements`).catch(() => null);
    if (!told) return;
    const known = new Set(told.announcements.map((/** @type {Announcement} */ { announcement }) => announcement));
    for (const row of this.rows) if (!known.has(row.dataset.announcement)) row.remove();
    told.announcements.forEach(this.add, this);
    this.tidy();
  }

  /** @private */
  get rows() {
    return /** @type {HTMLElement[]} */ ([...(this.list?.children ?? [])]);
  }

  /**
   * @private
   * @param {Announcement} told
   */
  add(told) {
    if (!told.text || this.rows.some((row) => row.dataset.announcement === told.announcement)) return;
    const template = /** @type {HTMLTemplateElement} */ (this.querySelector('template[data-row]'));
    const row = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
    row.dataset.announcement = told.announcement;
    write(row, 'time', this.clock?.format(new Date(told.at)) ?? '');
    write(row, 'text', told.text);
    row.querySelector('time')?.setAttribute('datetime', told.at);
    row.querySelector('[data-for="everywhere"]')?.toggleAttribute('hidden', !told.isForAllRooms);
    row.querySelectorAll('input[name="announcement"]').forEach((input) => input.setAttribute('value', told.announcement));
    const next = this.rows.find((each) => (each.dataset.announcement ?? '') < told.announcement);
    this.list?.insertBefore(row, next ?? null);
    this.tidy();
  }

  /**
   * @private
   * @param {string} id
   */
  drop(id) {
    this.rows.find((row) => row.dataset.announcement === id)?.remove();
    this.tidy();
  }

  /** @private */
  tidy() {
    this.querySelector('[data-field="nothing"]')?.toggleAttribute('hidden', this.rows.length > 0);
  }

  /**
   * @private
   * @param {string} act
   * @param {Record<string, string>} values
   */
  async perform(act, { text, everywhere, announcement }) {
    const all = `/conferences/${this.dataset.conference}/announcements`;
    if (act === 'withdraw') {
      await call('DELETE', `${all}/${encodeURIComponent(announcement)}`);
      return this.drop(announcement);
    }
    try {
      this.add(await call('POST', everywhere ? all : `/sessions/${this.session}/announcements`, { text }));
    } catch (problem) {
      const isUnfit = problem instanceof Problem && problem.code === 'impossible';
      throw isUnfit ? new Problem(problem.status, { detail: phrase('forum.not-taken') }) : problem;
    }
  }
}

customElements.define('hc-announcements', Announcements);
