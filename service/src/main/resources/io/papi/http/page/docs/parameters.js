/** The parameters of a path, in its parts and in its query string, and the members of a body. */

import { element } from './element.js';
import { choices, code, rules, typeName } from './schema.js';

const PLACES = { path: 'in the path', query: 'in the query string', body: 'in the body' };

/** A list of them; nothing where there are none. */
export function parametersPart(parameters) {
  return parameters.length === 0
    ? []
    : [element('h4', '', 'Parameters'), element('dl', 'parameters', ...parameters.map(parameterEntry))];
}

/** The members of the object that is posted; nothing where nothing is. */
export function bodyPart(body) {
  const schema = body?.content['application/json'].schema;
  return schema === undefined
    ? []
    : [
        element('h4', '', 'Body'),
        element('p', '', 'An object of JSON. Beside the ids, its members mean what the parameters of GET mean.'),
        element(
          'dl',
          'parameters',
          ...Object.entries(schema.properties).map(([name, member]) =>
            parameterEntry({ name, in: 'body', required: schema.required.includes(name), schema: member }),
          ),
        ),
      ];
}

/** The headers of requests, which can all be left out. */
export function requestHeadersPart(headers) {
  if (headers.length === 0) {
    return [];
  }
  const entries = headers.map(({ name, description }) =>
    element('div', '', element('dt', '', element('code', 'name', name)), element('dd', '', description)),
  );
  return [
    element('details', '', element('summary', '', 'Request headers'), element('dl', 'parameters', ...entries)),
  ];
}

function parameterEntry({ name, in: place, required, description, schema }) {
  const marks = [
    element('code', 'name', name),
    element('span', 'mark', PLACES[place]),
    ...(required && place !== 'path' ? [element('span', 'mark strong', 'required')] : []),
  ];
  return element(
    'div',
    '',
    element('dt', '', ...marks),
    element(
      'dd',
      '',
      element('p', 'type', typeName(schema), ...rules(schema)),
      ...(description === undefined ? [] : [element('p', '', description)]),
      ...valuesOf(schema),
    ),
  );
}

/** Names of columns can be many. */
function valuesOf(schema) {
  const values = choices(schema).map(code);
  if (values.length === 0) {
    return [];
  }
  const list = element('p', 'values', ...values);
  return values.length <= 8
    ? [list]
    : [element('details', '', element('summary', '', `${values.length} values`), list)];
}
