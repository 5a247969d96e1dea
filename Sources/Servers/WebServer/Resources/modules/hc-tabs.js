/**
 * `<hc-tabs>`: makes tabs of its sections, whose headings name them (ARIA Authoring Practices, Tabs). Without scripts they
 * are sections under headings.
 */

class Tabs extends HTMLElement {
  connectedCallback() {
    this.panels = [...this.querySelectorAll(':scope > [data-tab]')];
    if (this.panels.length < 2 || this.bar) return;
    this.bar = document.createElement('div');
    this.bar.className = 'tab-bar';
    this.bar.setAttribute('role', 'tablist');
    this.tabs = this.panels.map((panel) => this.makeTab(panel));
    this.bar.append(...this.tabs);
    this.prepend(this.bar);
    this.classList.add('tabbed');
    const wanted = this.panels.findIndex((panel) => `#${panel.id}` === location.hash);
    this.choose(Math.max(wanted, 0));
  }

  /**
   * @private
   * @param {Element} panel
   */
  makeTab(panel) {
    const tab = document.createElement('button');
    tab.type = 'button';
    tab.id = `tab-${panel.id}`;
    tab.textContent = panel.querySelector('h2')?.textContent ?? panel.id;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', panel.id);
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    tab.addEventListener('click', () => this.choose(this.panels?.indexOf(panel) ?? 0));
    tab.addEventListener('keydown', (event) => this.move(event));
    return tab;
  }

  /**
   * @private
   * @param {number} chosen
   */
  choose(chosen) {
    this.tabs?.forEach((tab, index) => {
      tab.setAttribute('aria-selected', String(index === chosen));
      tab.tabIndex = index === chosen ? 0 : -1;
    });
    this.panels?.forEach((panel, index) => panel.toggleAttribute('hidden', index !== chosen));
  }

  /**
   * @private
   * @param {KeyboardEvent} event
   */
  move(event) {
    const tabs = this.tabs ?? [];
    const from = tabs.findIndex((tab) => tab === event.target);
    const forward = getComputedStyle(this).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const backward = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
    const to = { [forward]: from + 1, [backward]: from - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const chosen = (to + tabs.length) % tabs.length;
    this.choose(chosen);
    tabs[chosen]?.focus();
  }
}

customElements.define('hc-tabs', Tabs);
