/** The form of a query: a field for each parameter, as its type is. */

import { element } from './element.js';
import { fill, inFormat, match, namesIn, split } from './path.js';
import { encode } from './request.js';

const INPUTS = {
  whole: { type: 'number', step: '1' },
  decimal: { type: 'number', step: 'any' },
  text: { type: 'text' },
  date: { type: 'date' },
  timestamp: { type: 'datetime-local', step: '0.001' },
};
const WORDS = { whole: 'whole number', decimal: 'number', text: 'text', date: 'day', timestamp: 'time' };

const at = (id) => document.getElementById(id);

/** What each field has where the request need not say it: the default, as far as the field can hold it. */
let usual = {};

/** Offers what a query has; the defaults are filled in. */
export function offerQuery({ paths, parameters, stream }) {
  at('path').replaceChildren(...paths.map((path) => new Option(path)));
  at('parameters').replaceChildren(...parameters.map(field));
  at('format').value = stream ? 'ndjson' : 'json';
  at('of-stream').hidden = !stream;
  at('limit').value = '';
  usual = {};
  for (const parameter of parameters) {
    setValue(parameter, parameter.default ?? '');
    usual[parameter.name] = inputOf(parameter).value;
  }
}

/** The request for what is chosen. A default is left out of it, and so is an empty field, which means the same. */
export function typedPath({ parameters, stream }) {
  const values = Object.fromEntries(parameters.map((each) => [each.name, inputOf(each).value]));
  const inPath = namesIn(at('path').value);
  const pairs = parameters
    .map(({ name }) => name)
    .filter((name) => !inPath.includes(name) && !['', usual[name]].includes(values[name]))
    .map((name) => `${name}=${encode(values[name])}`);
  if (stream && at('limit').value !== '') {
    pairs.push(`limit=${encode(at('limit').value)}`);
  }
  const path = fill(at('path').value, values);
  return inFormat(pairs.length > 0 ? `${path}?${pairs.join('&')}` : path, at('format').value);
}

/** Fills in what a request says, as far as the fields can hold it. */
export function setPath({ paths, parameters }, request) {
  const { path, given } = split(request);
  const template = paths.find((each) => match(each, path));
  at('path').value = template;
  const values = { ...given, ...match(template, path) };
  for (const parameter of parameters) {
    setValue(parameter, values[parameter.name] || (parameter.default ?? ''));
  }
  select(at('format'), given.format || 'json');
  at('limit').value = given.limit ?? '';
}

function inputOf({ name }) {
  return at(`parameter-${name}`);
}

function field(parameter) {
  const input = parameter.values ? list(parameter) : typed(parameter);
  input.id = `parameter-${parameter.name}`;
  input.required = parameter.required;
  const label = element('label', 'name', parameter.name);
  label.htmlFor = input.id;
  const hint = element('span', 'hint', hintOf(parameter));
  hint.id = `${input.id}-hint`;
  input.setAttribute('aria-describedby', hint.id);
  return element('div', 'field parameter', label, input, hint);
}

function typed(parameter) {
  const { min, max, pattern } = parameter;
  const input = Object.assign(element('input', ''), INPUTS[parameter.type]);
  input.placeholder = parameter.required ? '' : (parameter.default ?? 'NULL');
  if (min !== undefined) {
    input.min = min;
  }
  if (max !== undefined) {
    input.max = max;
  }
  if (pattern !== undefined && isUnderstood(pattern)) {
    input.pattern = pattern;
    input.title = hintOf(parameter);
  }
  if (parameter.type === 'text') {
    input.autocapitalize = 'off';
    input.spellcheck = false;
  }
  return input;
}

/** A list of values; with one that is empty where a request may leave it out and has no default. */
function list({ required, values, default: usualValue }) {
  const none = required ? [new Option('choose …', '')] : usualValue === null ? [new Option('NULL', '')] : [];
  const input = element('select', '');
  input.append(...none, ...values.map((value) => new Option(value)));
  return input;
}

/** The service's expressions are Java's: where the browser reads them otherwise, the service decides. */
function isUnderstood(pattern) {
  try {
    return new RegExp(`^(?:${pattern})$`, 'v') instanceof RegExp;
  } catch {
    return false;
  }
}

function hintOf({ type, required, min, max, pattern, length, values, default: usualValue }) {
  const bounds = [min && `from ${min}`, max && `${min ? 'to' : 'up to'} ${max}`].filter(Boolean).join(' ');
  return [
    values ? '' : [WORDS[type], bounds].filter(Boolean).join(' '),
    length && `at most ${length} characters`,
    pattern && `as ${pattern}`,
    required ? 'required' : `${usualValue ?? 'NULL'} by default`,
  ]
    .filter(Boolean)
    .join(', ');
}

function setValue(parameter, value) {
  const input = inputOf(parameter);
  if (parameter.values && value !== '') {
    select(input, value);
  } else {
    input.value = value;
  }
}

/** Selects a value, also one that is not offered: the service says what is wrong with it. */
function select(input, value) {
  input.value = value;
  if (input.selectedIndex < 0) {
    input.append(new Option(value, value, true, true));
  }
}
