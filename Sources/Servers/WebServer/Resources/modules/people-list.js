/** Lists of people that follow the server without moving under a hand. */

import { named } from './phrases.js';

/**
 * @typedef {object} Person
 * @property {string} participant
 * @property {string} name
 * @property {string} [capacity]
 * @property {string} [organisation]
 * @property {string} [reason] of the removal
 * @property {'session' | 'conference'} [extent] what they were removed from
 */

/**
 * Brings a list to what it should hold; rows that stay are left alone.
 * @param {Element} list
 * @param {Person[]} people
 * @param {(person: Person) => HTMLElement} make
 */
export function fill(list, people, make) {
  /** @type {Map<string, HTMLElement>} */
  const rows = new Map();
  list.querySelectorAll('.person').forEach((row) => {
    if (row instanceof HTMLElement) rows.set(row.dataset.participant ?? '', row);
  });
  for (const person of people) {
    if (!rows.delete(person.participant)) list.append(make(person));
  }
  rows.forEach((row) => row.remove());
}

/**
 * A row of the element's template for a person.
 * @param {Element} element
 * @param {Person} person
 */
export function makeRow(element, person) {
  const template = /** @type {HTMLTemplateElement} */ (element.querySelector('template[data-row]'));
  const row = /** @type {HTMLElement} */ (/** @type {Element} */ (template.content.firstElementChild).cloneNode(true));
  row.dataset.participant = person.participant;
  write(row, 'name', person.name);
  write(row, 'details', [named('capacity', person.capacity ?? ''), person.organisation].filter(Boolean).join(' · '));
  row.querySelectorAll('input[name="participant"]').forEach((input) => input.setAttribute('value', person.participant));
  return row;
}

/**
 * Whether a pointer or the keyboard is in a list of the element.
 * @param {Element} element
 */
export function isInUse(element) {
  const hovers = matchMedia('(hover: hover)').matches && element.querySelector('.people:hover');
  return Boolean(hovers) || element.querySelector('.people :focus-visible, .people details[open]') !== null;
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string} words
 */
export function write(element, name, words) {
  const field = element.querySelector(`[data-field="${name}"]`);
  if (field && field.textContent !== words) field.textContent = words;
}
