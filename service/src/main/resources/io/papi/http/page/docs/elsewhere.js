/** What is said to other methods, and where there is no path. */

import { answerEntry } from './answers.js';
import { element } from './element.js';

/** The last section. */
export function elsewhereSection({ 'x-other-methods': methods, 'x-other-paths': paths }) {
  return [
    element('h2', '', 'Everything else', element('span', '', ' Other methods, and other paths.')),
    element(
      'section',
      'operation',
      element('div', 'answers', answerEntry(['405', methods]), answerEntry(['404', paths])),
    ),
  ];
}
