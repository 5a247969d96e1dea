/** Forms that work without scripts, done by the API where there are some. */

import { Problem } from './api.js';

/**
 * Takes over the forms of an element that carry `data-act`.
 * @param {HTMLElement} element has a `[data-field="problem"]` for what goes wrong
 * @param {(act: string, values: Record<string, string>, form: HTMLFormElement) => Promise<void>} perform
 */
export function takeOverForms(element, perform) {
  element.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset.act) return;
    event.preventDefault();
    const values = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    send(element, form, () => perform(form.dataset.act ?? '', values, form));
  });
}

/**
 * @param {HTMLElement} element
 * @param {HTMLFormElement} form
 * @param {() => Promise<void>} perform
 */
async function send(element, form, perform) {
  const button = form.querySelector('button');
  button?.setAttribute('disabled', '');
  tell(element, '');
  try {
    await perform();
    form.reset();
    form.closest('details')?.removeAttribute('open');
  } catch (problem) {
    tell(element, problem instanceof Problem ? problem.words : new Problem(0, {}).message);
  } finally {
    button?.removeAttribute('disabled');
  }
}

/**
 * @param {HTMLElement} element
 * @param {string} words
 */
function tell(element, words) {
  const field = element.querySelector('[data-field="problem"]');
  if (!field) return;
  field.textContent = words;
  field.toggleAttribute('hidden', !words);
}
