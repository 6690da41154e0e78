/** How a path is called: an example that works as it is where all its parameters have one. */

import { columnsOf } from './answers.js';
import { element } from './element.js';
import { exactText } from './json.js';
import { pastePart } from './paste.js';
import { callOf } from './snippets.js';

const KINDS = { Datasets: 'dataset', Queries: 'query', Streams: 'stream' };

/** The part of a path's section that is to be copied. */
export function callPart(template, hasKey, operation, parameters) {
  const path = exampleOf(template, parameters);
  const columns = columnsOf(operation.responses[200]);
  const isDataset = operation.tags.includes('Datasets');
  const posted = operation.requestBody?.content['application/json'].example;
  const { ids: postedIds, ...form } = posted ?? {};
  const ids = isDataset && (postedIds ?? parameters.find(({ name }) => name === 'ids').example);
  const call = callOf({
    origin: location.origin,
    kind: KINDS[operation.tags[0]] ?? 'other',
    path,
    name: isDataset ? template.replace(/^\/|\/\{ids\}$/g, '') : undefined,
    ids: ids ? ids.map(exactText) : undefined,
    form: posted && form,
    // A table's first column is its key, as a rule.
    keys: isDataset ? [columns[0]] : [],
    columns,
    hasKey: hasKey && operation.security?.length !== 0,
    pastCaches: false,
  });
  return [element('div', 'call', pastePart(call), ...testLink(operation, posted ? `${path}/` : path))];
}

/** Datasets have names on the test page, queries their paths. What is posted has nothing behind its name. */
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
