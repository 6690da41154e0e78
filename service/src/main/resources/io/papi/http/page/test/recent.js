/** What was asked before. */

import { element } from './element.js';
import { milliseconds } from './source.js';

const MOST_RECENT = 20;

const at = (id) => document.getElementById(id);

/**
 * Adds a request.
 *
 * @param words what was asked
 * @param from where the answer came from, or what was wrong
 * @param answer undefined if there is none: then there is no time
 * @param again asks it again
 */
export function remember(words, from, answer, again) {
  const button = element(
    'button',
    answer?.isOk ? '' : 'bad',
    element('span', 'ids', words),
    element('span', 'from', from),
    element('span', 'time', answer ? milliseconds(answer.ms) : ''),
  );
  button.type = 'button';
  button.addEventListener('click', again);
  at('requests').prepend(element('li', '', button));
  at('requests').children[MOST_RECENT]?.remove();
  at('recent').hidden = false;
}
