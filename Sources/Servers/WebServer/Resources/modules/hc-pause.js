/** `<hc-pause>`: pauses and resumes the recording of a session. */

import { call } from './api.js';
import { takeOverForms } from './forms.js';

class RecordingPause extends HTMLElement {
  connectedCallback() {
    if (this.session) return;
    this.session = this.dataset.session ?? '';
    takeOverForms(this, async (act, { reason }) => {
      const told = await call('POST', `/sessions/${this.session}/recording/${act}`, { reason });
      this.show(told?.recording ?? 'off');
    });
    this.closest('section')?.addEventListener('recorder', (event) => this.show(/** @type {CustomEvent} */ (event).detail));
  }

  /**
   * @private
   * @param {string} status
   */
  show(status) {
    this.querySelector('[data-for="pause"]')?.toggleAttribute('hidden', status === 'off' || status === 'paused');
    this.querySelector('[data-for="resume"]')?.toggleAttribute('hidden', status !== 'paused');
  }
}

customElements.define('hc-pause', RecordingPause);
