/**
 * `<hc-questions>`: what people ask, with the most votes first; moderators approve, answer, dismiss, hide and delete here.
 *
 * Votes count at once. What that does to the order waits behind a button while a pointer or the keyboard is in the list.
 */

import { call } from './api.js';
import { Forum, write } from './forum.js';
import { counted, named } from './phrases.js';

/**
 * @typedef {object} Question
 * @property {string} question its id; sorts by time
 * @property {string} participant who asked it
 * @property {string} name
 * @property {string} organisation
 * @property {string} at
 * @property {string} text
 * @property {string} standing
 * @property {number} votes
 * @property {boolean} [hasOwnVote]
 */

/** Where each act of a moderator puts a question. */
const standings = { approve: 'approved', answer: 'answered', dismiss: 'dismissed', hide: 'hidden' };

class Questions extends Forum {
  connectedCallback() {
    if (this.session) return;
    this.list = /** @type {HTMLElement} */ (this.querySelector('[data-field="questions"]'));
    this.button = this.querySelector('[data-act="arrange"]');
    this.button?.addEventListener('click', () => this.arrange());
    for (const row of this.rows) row.dataset.votes = row.querySelector('[data-field="votes"]')?.textContent?.replace(/\D/g, '') ?? '0';
    const events = this.follow('questions');
    for (const kind of ['question.asked', 'question.approved', 'question.answered']) {
      events.on(kind, ({ data }) => this.put({ ...data, standing: standingAfter(kind, data) }));
    }
    events.on('question.dismissed', ({ data }) => this.withdraw(data.question, 'dismissed'));
    events.on('question.hidden', ({ data }) => this.withdraw(data.question, 'hidden'));
    events.on('question.deleted', ({ data }) => this.drop(data.question));
    events.on('tallies', ({ data }) => this.count(data.counts ?? {}));
    this.list.addEventListener('pointerleave', () => setTimeout(() => this.settle(), 0));
    this.list.addEventListener('focusout', () => setTimeout(() => this.settle(), 0));
  }

  /**
   * @protected
   * @param {{questions: Question[]}} told
   */
  said(told) {
    return told.questions;
  }

  /**
   * @protected
   * @param {Question[]} questions
   */
  fill(questions) {
    const known = new Set(questions.map(({ question }) => question));
    for (const row of this.rows) if (!known.has(row.dataset.question ?? '')) row.remove();
    for (const question of questions) this.put(question);
    this.settle();
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
    return this.rows.find((row) => row.dataset.question === id);
  }

  /**
   * @private
   * @param {Question} question
   */
  put(question) {
    const row = this.row(question.question) ?? this.append(question);
    if (question.hasOwnVote !== undefined) row.dataset.voted = question.hasOwnVote ? 'yes' : '';
    this.write(row, question.standing, question.votes);
    this.settle();
  }

  /**
   * @private
   * @param {Question} question
   */
  append(question) {
    const row = this.makeRow(question);
    row.dataset.question = question.question;
    row.dataset.own = question.participant === this.dataset.participant ? 'yes' : '';
    row.querySelectorAll('input[name="question"]').forEach((input) => input.setAttribute('value', question.question));
    this.list?.append(row);
    return row;
  }

  /**
   * @private
   * @param {HTMLElement} row
   * @param {string} standing
   * @param {number} votes
   */
  write(row, standing, votes) {
    row.dataset.standing = standing;
    row.dataset.votes = String(votes);
    write(row, 'standing', named('questions.standing', standing));
    write(row, 'votes', counted('questions.votes', votes));
    const hasVoted = row.dataset.voted ? row.dataset.voted === 'yes' : false;
    hide(row, 'vote', standing !== 'approved' || hasVoted);
    hide(row, 'withdraw', standing !== 'approved' || !hasVoted);
    for (const [act, its] of Object.entries(standings)) hide(row, act, standing === its);
  }

  /**
   * It is no longer for everybody: moderators keep it, and who asked it keeps one that is dismissed.
   * @private
   * @param {string} id
   * @param {string} standing
   */
  withdraw(id, standing) {
    const row = this.row(id);
    const stays = this.moderates || (standing === 'dismissed' && row?.dataset.own === 'yes');
    if (row && stays) this.write(row, standing, Number(row.dataset.votes));
    else this.drop(id);
  }

  /**
   * @private
   * @param {string} id
   */
  drop(id) {
    this.row(id)?.remove();
    this.settle();
  }

  /**
   * @private
   * @param {Record<string, number>} counts by the question's id
   */
  count(counts) {
    for (const row of this.rows) {
      const votes = counts[row.dataset.question ?? ''];
      if (votes !== undefined) this.write(row, row.dataset.standing ?? '', votes);
    }
    this.settle();
  }

  /** @private */
  get inOrder() {
    return this.rows.sort((one, other) =>
      Number(other.dataset.votes) - Number(one.dataset.votes)
      || (one.dataset.question ?? '').localeCompare(other.dataset.question ?? ''));
  }

  /**
   * Puts the rows in order, where nobody's hand is in them; else offers to.
   * @private
   */
  settle() {
    this.querySelector('[data-field="nothing"]')?.toggleAttribute('hidden', this.rows.length > 0);
    const isInOrder = this.inOrder.every((row, place) => row === this.rows[place]);
    const hovers = matchMedia('(hover: hover)').matches && this.list?.matches(':hover');
    const isInUse = hovers || this.list?.querySelector(':focus-visible, details[open]');
    if (!isInOrder && !isInUse) this.arrange();
    else this.button?.toggleAttribute('hidden', isInOrder);
  }

  /** @private */
  arrange() {
    this.list?.append(...this.inOrder);
    this.button?.setAttribute('hidden', '');
  }

  /**
   * @protected
   * @param {string} act
   * @param {Record<string, string>} values
   */
  async act(act, { text, question }) {
    const one = `${this.path}/${encodeURIComponent(question ?? '')}`;
    if (act === 'ask') return this.put(await call('POST', /** @type {string} */ (this.path), { text: text ?? '' }));
    if (act === 'delete') return void (await call('DELETE', one));
    if (act === 'vote' || act === 'withdraw') return this.vote(one, question, act === 'vote');
    await call('PATCH', one, { standing: standings[/** @type {keyof typeof standings} */ (act)] });
  }

  /**
   * @private
   * @param {string} path
   * @param {string} id
   * @param {boolean} wants
   */
  async vote(path, id, wants) {
    const told = await call(wants ? 'PUT' : 'DELETE', `${path}/vote`);
    const row = this.row(id);
    if (!row) return;
    row.dataset.voted = told.hasOwnVote ? 'yes' : '';
    this.write(row, row.dataset.standing ?? '', told.votes);
    this.settle();
  }
}

/**
 * @param {string} kind of event
 * @param {Question} question
 */
function standingAfter(kind, question) {
  return question.standing ?? kind.split('.')[1];
}

/**
 * @param {Element} row
 * @param {string} act
 * @param {boolean} isHidden
 */
function hide(row, act, isHidden) {
  row.querySelector(`form[data-act="${act}"]`)?.toggleAttribute('hidden', isHidden);
}

customElements.define('hc-questions', Questions);
