/** `<hc-notice>`: the latest announcement, at once and until its reader puts it away or it is withdrawn. */

import { eventsOf } from './events.js';

class Notice extends HTMLElement {
  connectedCallback() {
    if (this.box) return;
    this.box = /** @type {HTMLElement} */ (this.querySelector('[data-field="shown"]'));
    this.querySelector('[data-act="dismiss"]')?.addEventListener('click', () => this.dismiss());
    const events = eventsOf(this.dataset.session ?? '');
    events.on('announcement.made', ({ data }) => this.show(data));
    events.on('announcement.withdrawn', ({ data }) => data.announcement === this.shown && this.hide());
  }

  /**
   * @private
   * @param {{announcement: string, text: string}} told
   */
  show({ announcement, text }) {
    if (!this.box || !text) return;
    this.shown = announcement;
    const words = this.box.querySelector('[data-field="text"]');
    if (words) words.textContent = text;
    this.box.hidden = false;
  }

  /**
   * Whoever has put it away goes on where they were: at the beginning of the page's own.
   * @private
   */
  dismiss() {
    const hadFocus = this.contains(document.activeElement);
    this.hide();
    if (hadFocus) document.getElementById('main')?.focus({ preventScroll: true });
  }

  /** @private */
  hide() {
    this.shown = undefined;
    if (this.box) this.box.hidden = true;
  }
}

customElements.define('hc-notice', Notice);
