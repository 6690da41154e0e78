/** The API as the service describes it: its paths, drawn from the OpenAPI document. */

import { resolved, pathsByTag } from './description.js';
import { element } from './element.js';
import { parseExactly } from './json.js';
import { operationSection } from './operation.js';
import { elsewhereSection } from './elsewhere.js';
import { signingInSection } from './signing-in.js';

const DESCRIPTION = '/openapi.json';

const at = (id) => document.getElementById(id);

try {
  draw(resolved(parseExactly(await (await fetch(DESCRIPTION)).text())));
} catch (error) {
  const words = `The service was not reached, or its description could not be read: ${error.message}`;
  at('main').replaceChildren(element('p', 'note bad', words));
}
at('main').ariaBusy = 'false';
closeOnPhones();
goToAddress();

function draw(description) {
  const groups = pathsByTag(description);
  at('main').replaceChildren(
    element('p', 'hint', description.info.description),
    ...signingInSection(description),
    ...groups.flatMap(({ tag, paths }) => [
      element('h2', '', tag.name, element('span', '', ` ${tag.description}`)),
      ...paths.map(operationSection),
    ]),
    ...elsewhereSection(description),
  );
  at('contents').replaceChildren(
    ...groups.flatMap(({ tag, paths }) => [element('p', '', tag.name), element('ul', '', ...paths.map(linkTo))]),
  );
}

function linkTo({ id, method, template }) {
  const link = element('a', '', template, ...(method === 'GET' ? [] : [' ', element('span', 'mark', method)]));
  link.href = `#${id}`;
  return element('li', '', link);
}

/** Where there is no room beside the paths, their list would push them off the screen. */
function closeOnPhones() {
  const narrow = matchMedia('(max-width: 60rem)');
  const follow = () => {
    at('paths').open = !narrow.matches;
  };
  follow();
  narrow.addEventListener('change', follow);
  at('contents').addEventListener('click', follow);
}

/** The browser has looked for the address's part before it was drawn. */
function goToAddress() {
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}
