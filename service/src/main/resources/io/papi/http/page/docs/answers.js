/** The answers of a path: each status with its headers, and its body by an example. */

import { element } from './element.js';
import { indent } from './json.js';
import { typeName } from './schema.js';

/** What only meets requests that are not as HTTP or this service wants them, and faults of its own. */
const RARE = ['413', '414', '500', '501', '505'];

/** All of them; the good one is open, and what hardly anybody meets comes last. */
export function answersPart(responses) {
  const entries = Object.entries(responses);
  const rare = entries.filter(([status]) => RARE.includes(status));
  const others = entries.filter(([status]) => !RARE.includes(status));
  return [
    element('h4', '', 'Answers'),
    element(
      'div',
      'answers',
      ...others.map(answerEntry),
      element(
        'details',
        '',
        element('summary', '', `Seldom: ${rare.map(([status]) => status).join(', ')}`),
        element('div', 'answers', ...rare.map(answerEntry)),
      ),
    ),
  ];
}

/** One answer that is closed at first, but for a 200. */
export function answerEntry([status, response]) {
  const isGood = status < 300;
  const entry = element(
    'details',
    '',
    element('summary', '', element('code', isGood || status < 400 ? 'status' : 'status bad', status), ` ${response.description}`),
    ...bodyPart(response.content),
    headersPart(response.headers),
  );
  entry.open = isGood;
  return entry;
}

function headersPart(headers) {
  const entries = Object.entries(headers).map(([name, { description, example, required }]) =>
    element(
      'div',
      '',
      element('dt', '', element('code', 'name', name), ...(required ? [] : [element('span', 'mark', 'not always')])),
      element('dd', '', element('p', '', description), element('p', 'values', element('code', '', String(example)))),
    ),
  );
  const count = `${entries.length} headers`;
  return element('details', '', element('summary', '', count), element('dl', 'parameters', ...entries));
}

/** A body in each media type, one at a time. */
function bodyPart(content = {}) {
  const shown = Object.entries(content).flatMap(([type, media]) => examplesOf(type, media));
  if (shown.length === 0) {
    return [];
  }
  const pre = element('pre', '');
  pre.tabIndex = 0;
  const buttons = shown.map(({ name, text }) => {
    const button = element('button', '', name);
    button.type = 'button';
    button.addEventListener('click', () => show(button, text));
    return button;
  });
  const show = (chosen, text) => {
    pre.textContent = text;
    for (const each of buttons) {
      each.ariaPressed = String(each === chosen);
    }
  };
  show(buttons[0], shown[0].text);
  const group = element('div', 'switch', ...buttons);
  group.role = 'group';
  group.ariaLabel = 'Example';
  const row = rowOf(Object.values(content)[0].schema);
  return [group, pre, ...columnsPart(row)];
}

function examplesOf(type, { example, examples }) {
  const named = examples
    ? Object.entries(examples).map(([name, { value }]) => ({ name, value }))
    : [{ name: type, value: example }];
  return named
    .filter(({ value }) => value !== undefined)
    .map(({ name, value }) => ({ name, text: typeof value === 'string' ? value : indent(JSON.stringify(value)) }));
}

/** The columns of the rows of a path, none where they are not known. */
export function columnsOf({ content = {} }) {
  return Object.keys(rowOf(content['application/json']?.schema)?.properties ?? {});
}

/** The schema of one row in the schema of an answer, if it has rows. */
function rowOf(schema) {
  const array = schema?.anyOf?.find(({ type }) => type === 'array') ?? schema;
  return array?.type === 'array' ? array.items : undefined;
}

function columnsPart(row) {
  const columns = Object.entries(row?.properties ?? {});
  if (columns.length === 0) {
    return [];
  }
  const entries = columns.map(([name, schema]) =>
    element('div', '', element('dt', '', name), element('dd', '', withoutNull(schema), noteOf(schema))),
  );
  return [
    element('details', '', element('summary', '', `${columns.length} columns`), element('dl', 'columns', ...entries)),
  ];
}

/** Every column can be null. */
function withoutNull(schema) {
  const types = Array.isArray(schema.type) ? schema.type.filter((type) => type !== 'null') : schema.type;
  return typeName({ ...schema, type: Array.isArray(types) && types.length === 1 ? types[0] : types });
}

function noteOf({ description, pattern }) {
  return element('span', 'hint', description ? ` ${description}` : pattern ? ' Hexadecimal digits.' : '');
}
