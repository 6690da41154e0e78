/**
 * How a path is called: an example that works as it is where all its parameters have one. Each way
 * to call it is a block of its own in this part.
 */

import { copyTextOf } from './clipboard.js';
import { element } from './element.js';
import { exactText } from './json.js';
import { quote } from './shell.js';

/** The part of a path's section that is to be copied. */
export function callPart(template, operation, parameters) {
  const path = exampleOf(template, parameters);
  return [
    element(
      'div',
      'call',
      block('curl', `curl ${quote(location.origin + path)}`),
      ...testLink(operation, path),
    ),
  ];
}

/** A text with a button that copies it. */
function block(name, text) {
  const pre = element('pre', '', text);
  pre.tabIndex = 0;
  pre.ariaLabel = `The call by ${name}`;
  const button = element('button', '', 'Copy');
  button.type = 'button';
  const said = element('span', 'said');
  said.ariaLive = 'polite';
  button.addEventListener('click', async () => {
    said.textContent = await copyTextOf(pre);
  });
  return element('div', 'block', pre, button, said);
}

/** Datasets have names on the test page, queries their paths. */
function testLink({ tags }, path) {
  if (tags.includes('Service') || path.includes('{')) {
    return [];
  }
  const link = element('a', '', 'Try it on the test page');
  link.href = `/test#${tags.includes('Datasets') ? path.slice(1) : path}`;
  return [element('p', '', link)];
}

/** A parameter in the path without an example stays as it is in the template. */
function exampleOf(template, parameters) {
  const path = template.replaceAll(/\{([^}]+)\}/g, (whole, name) => {
    const example = parameters.find((each) => each.name === name)?.example;
    return example === undefined ? whole : [example].flat().map(encoded).join(',');
  });
  const query = parameters
    .filter(({ in: place, required, example }) => place === 'query' && required && example !== undefined)
    .map(({ name, example }) => `${encoded(name)}=${encoded(example)}`)
    .join('&');
  return query === '' ? path : `${path}?${query}`;
}

function encoded(value) {
  return encodeURIComponent(exactText(value)).replaceAll('%3A', ':');
}
