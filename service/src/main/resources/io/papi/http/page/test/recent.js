/** What was asked before. */

import { element } from './element.js';
import { milliseconds } from './source.js';

const MOST_RECENT = 20;

const at = (id) => document.getElementById(id);

/**
 * Adds a request.
 *
 * @param words what was asked
 * @param answer from: where it came from, or what was wrong; ms: its time, undefined if there is no
 *     answer
 * @param again asks it again
 */
export function remember(words, { from, isOk, ms }, again) {
  const button = element(
    'button',
    isOk ? '' : 'bad',
    element('span', 'ids', words),
    element('span', 'from', from),
    element('span', 'time', ms === undefined ? '' : milliseconds(ms)),
  );
  button.type = 'button';
  button.addEventListener('click', again);
  at('requests').prepend(element('li', '', button));
  at('requests').children[MOST_RECENT]?.remove();
  at('recent').hidden = false;
}
