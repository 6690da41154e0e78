/** One path: what it is for, how it is called, what it takes, and what it answers. */

import { answersPart } from './answers.js';
import { callPart } from './call.js';
import { element } from './element.js';
import { bodyPart, parametersPart, requestHeadersPart } from './parameters.js';

/** The section of a path. */
export function operationSection({ id, method, template, hasKey, operation, parameters, headers }) {
  const section = element(
    'section',
    'operation',
    titleOf(id, method, template, operation),
    element('p', '', operation.description),
    ...callPart(template, hasKey, operation, parameters),
    ...parametersPart(parameters),
    ...bodyPart(operation.requestBody),
    ...requestHeadersPart(headers),
    ...answersPart(operation.responses),
  );
  section.id = id;
  return section;
}

function titleOf(id, method, template, { summary }) {
  const link = element('a', '', ...partsOf(template));
  link.href = `#${id}`;
  return element(
    'header',
    '',
    element('h3', '', element('span', 'method', method), ' ', link),
    element('p', 'hint', summary),
  );
}

/** The path with its parameters marked, and breaks only behind slashes. */
function partsOf(template) {
  return template
    .split(/(\{[^}]+\}|\/)/)
    .filter((part) => part !== '')
    .flatMap((part) =>
      part === '/' ? [part, document.createElement('wbr')] : [part.startsWith('{') ? element('em', '', part) : part],
    );
}
