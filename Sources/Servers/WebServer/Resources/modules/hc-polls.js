/** `<hc-polls>`: what moderators ask the room; everybody casts one ballot, moderators draft, open, close and publish here. */

import { call } from './api.js';
import { Forum, write } from './forum.js';
import { counted, named, phrase } from './phrases.js';

/**
 * @typedef {object} Poll
 * @property {string} poll its id
 * @property {string} at
 * @property {string} text
 * @property {{text: string, votes?: number}[]} choices
 * @property {boolean} takesSeveral
 * @property {boolean} isAnonymous
 * @property {string} state
 * @property {number} ballots
 * @property {boolean} [hasOwnBallot] unknown in what is told to all
 * @property {number[]} [ownChoices]
 */

/** What each act of a moderator brings a poll to. */
const states = { begin: 'open', end: 'closed', publish: 'published' };

class Polls extends Forum {
  connectedCallback() {
    if (this.session) return;
    this.list = /** @type {HTMLElement} */ (this.querySelector('[data-field="polls"]'));
    /** @type {Map<string, Poll>} what each row shows */
    this.shown = new Map();
    const events = this.follow('polls');
    for (const kind of ['poll.drafted', 'poll.opened', 'poll.closed', 'poll.published']) {
      events.on(kind, ({ data }) => this.hear(kind, data));
    }
    events.on('poll.deleted', ({ data }) => this.drop(data.poll));
    events.on('tallies', ({ data }) => this.count(data.counts ?? {}));
  }

  /**
   * @protected
   * @param {{polls: Poll[]}} told
   */
  said(told) {
    return told.polls;
  }

  /**
   * @protected
   * @param {Poll[]} polls
   */
  fill(polls) {
    const known = new Set(polls.map(({ poll }) => poll));
    for (const row of this.rows) if (!known.has(row.dataset.poll ?? '')) this.drop(row.dataset.poll ?? '');
    for (const poll of polls) this.put(poll);
    this.tidy();
  }

  /**
   * Only moderators are told the votes of a poll that is closed: they ask for them.
   * @private
   * @param {string} kind
   * @param {Poll} poll
   */
  hear(kind, poll) {
    this.put(poll);
    if (kind === 'poll.opened' || kind === 'poll.published') {
      write(this, 'news', `${named('polls.state', poll.state)}: ${poll.text}`);
    }
    if (kind === 'poll.closed' && this.moderates) this.ask();
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
    return this.rows.find((row) => row.dataset.poll === id);
  }

  /**
   * What everybody is told says nothing of one's own ballot: that stays as it was known.
   * @private
   * @param {Poll} told
   */
  put(told) {
    const known = this.shown?.get(told.poll);
    const poll = {
      ...told, hasOwnBallot: told.hasOwnBallot ?? known?.hasOwnBallot ?? false,
      ownChoices: told.ownChoices ?? known?.ownChoices ?? [], ballots: Math.max(told.ballots, known?.ballots ?? 0),
    };
    const isSame = known && JSON.stringify(known) === JSON.stringify(poll);
    this.shown?.set(poll.poll, poll);
    const row = this.row(poll.poll) ?? this.append(poll);
    if (!isSame) this.write(row, poll);
    this.tidy();
  }

  /**
   * @private
   * @param {Poll} poll
   */
  append(poll) {
    const row = this.makeRow({ name: '', organisation: '', at: poll.at, text: poll.text });
    row.dataset.poll = poll.poll;
    row.querySelectorAll('input[name="poll"]').forEach((input) => input.setAttribute('value', poll.poll));
    this.list?.append(row);
    return row;
  }

  /**
   * @private
   * @param {HTMLElement} row
   * @param {Poll} poll
   */
  write(row, poll) {
    row.dataset.state = poll.state;
    write(row, 'state', named('polls.state', poll.state));
    write(row, 'legend', poll.text);
    write(row, 'ballots', counted('polls.ballots', poll.ballots));
    write(row, 'kind', phrase(poll.takesSeveral ? 'polls.several' : 'polls.single'));
    write(row, 'secrecy', phrase(poll.isAnonymous ? 'polls.anonymous' : 'polls.named'));
    const takesBallot = this.isOpen !== false && poll.state === 'open' && !(poll.isAnonymous && poll.hasOwnBallot);
    this.offer(row, poll, takesBallot);
    const choices = /** @type {HTMLElement} */ (row.querySelector('[data-field="choices"]'));
    choices.toggleAttribute('hidden', takesBallot);
    choices.replaceChildren(...poll.choices.map((choice, place) => this.makeResult(choice, place, poll)));
    row.querySelector('[data-field="voted"]')?.toggleAttribute('hidden', !poll.hasOwnBallot);
    for (const [act, before] of Object.entries({ begin: 'draft', end: 'open', publish: 'closed' })) {
      row.querySelector(`form[data-act="${act}"]`)?.toggleAttribute('hidden', poll.state !== before);
    }
  }

  /**
   * The ballot paper; what somebody has ticked and not sent yet stays.
   * @private
   * @param {HTMLElement} row
   * @param {Poll} poll
   * @param {boolean} takesBallot
   */
  offer(row, poll, takesBallot) {
    const form = /** @type {HTMLElement} */ (row.querySelector('form[data-act="cast"]'));
    const controls = /** @type {HTMLElement} */ (row.querySelector('[data-field="controls"]'));
    form.toggleAttribute('hidden', !takesBallot);
    if (!takesBallot) controls.replaceChildren();
    else if (!controls.children.length) controls.append(...poll.choices.map((choice, place) => makeControl(choice, place, poll)));
  }

  /**
   * @private
   * @param {{text: string, votes?: number}} choice
   * @param {number} place
   * @param {Poll} poll
   */
  makeResult({ text, votes }, place, poll) {
    const [item, words] = [document.createElement('li'), document.createElement('bdi')];
    words.textContent = text;
    item.append(words);
    if (poll.ownChoices?.includes(place)) item.append(' ', makeSpan('badge', phrase('polls.own')));
    if (votes === undefined || votes === null) return item;
    const bar = document.createElement('progress');
    bar.setAttribute('aria-hidden', 'true');
    [bar.max, bar.value] = [Math.max(poll.ballots, 1), votes];
    item.append(' ', makeSpan('poll-votes', counted('polls.votes', votes)), bar);
    return item;
  }

  /**
   * @private
   * @param {Record<string, number>} counts by the poll's id
   */
  count(counts) {
    for (const poll of this.shown?.values() ?? []) {
      const ballots = counts[poll.poll];
      if (ballots !== undefined) this.put({ ...poll, ballots });
    }
  }

  /**
   * @private
   * @param {string} id
   */
  drop(id) {
    this.row(id)?.remove();
    this.shown?.delete(id);
    this.tidy();
  }

  /** @private */
  tidy() {
    this.querySelector('[data-field="nothing"]')?.toggleAttribute('hidden', this.rows.length > 0);
  }

  /**
   * @protected
   * @param {boolean} isOpen
   */
  setOpen(isOpen) {
    super.setOpen(isOpen);
    this.isOpen = isOpen;
    for (const poll of this.shown?.values() ?? []) this.write(/** @type {HTMLElement} */ (this.row(poll.poll)), poll);
  }

  /**
   * @protected
   * @param {string} act
   * @param {Record<string, string>} values
   * @param {HTMLFormElement} form
   */
  async act(act, values, form) {
    const one = `${this.path}/${encodeURIComponent(values.poll ?? '')}`;
    if (act === 'draft') return this.draft(values);
    if (act === 'cast') return this.cast(one, values.poll, new FormData(form).getAll('choices[]').map(Number));
    if (act === 'delete') return void (await call('DELETE', one));
    await call('PATCH', one, { state: states[/** @type {keyof typeof states} */ (act)] });
  }

  /**
   * @private
   * @param {Record<string, string>} values
   */
  async draft({ text, choices, several, anonymous }) {
    const lines = (choices ?? '').split('\n').map((line) => line.trim()).filter(Boolean);
    const order = { text: text ?? '', choices: lines, takesSeveral: Boolean(several), isAnonymous: Boolean(anonymous) };
    this.put(await call('POST', /** @type {string} */ (this.path), order));
  }

  /**
   * @private
   * @param {string} path
   * @param {string} id
   * @param {number[]} choices
   */
  async cast(path, id, choices) {
    const { ballots } = await call('PUT', `${path}/ballot`, { choices });
    const poll = this.shown?.get(id);
    if (poll) this.put({ ...poll, ballots, hasOwnBallot: true, ownChoices: poll.isAnonymous ? [] : choices });
    this.row(id)?.querySelectorAll('input[name="choices[]"]').forEach((input) => {
      if (input instanceof HTMLInputElement) input.defaultChecked = choices.includes(Number(input.value));
    });
    write(this, 'news', phrase('polls.voted'));
  }
}

/**
 * @param {{text: string}} choice
 * @param {number} place
 * @param {Poll} poll
 */
function makeControl({ text }, place, poll) {
  const [label, input, words] = [document.createElement('label'), document.createElement('input'), document.createElement('bdi')];
  [input.type, input.name, input.value] = [poll.takesSeveral ? 'checkbox' : 'radio', 'choices[]', String(place)];
  input.defaultChecked = Boolean(poll.ownChoices?.includes(place));
  words.textContent = text;
  label.append(input, ' ', words);
  return label;
}

/**
 * @param {string} name of its class
 * @param {string} words
 */
function makeSpan(name, words) {
  const span = document.createElement('span');
  span.className = name;
  span.textContent = words;
  return span;
}

customElements.define('hc-polls', Polls);
