/** Schemas in words. */

import { element } from './element.js';
import { exactText } from './json.js';

const NAMES = { integer: 'whole number', number: 'number', string: 'text', boolean: 'true or false', object: 'object' };
const FORMATS = { date: 'day', 'date-time-local': 'time of a day' };

/** The bounds of what the service holds: nobody has set them. */
const WIDEST = ['-9223372036854775808', '9223372036854775807'];

/** The type of a value. */
export function typeName(schema) {
  if (schema.type === 'array') {
    return `list of ${pluralOf(schema.items ?? {})}`;
  }
  if (schema.anyOf) {
    return schema.anyOf.map(typeName).join(' or ');
  }
  if (schema.const !== undefined) {
    return 'text';
  }
  if (Array.isArray(schema.type)) {
    return schema.type.map((type) => NAMES[type] ?? type).join(' or ');
  }
  return FORMATS[schema.format] ?? NAMES[schema.type] ?? 'any JSON';
}

function pluralOf(schema) {
  return (schema.anyOf ?? [schema]).map((each) => `${typeName(each)}s`).join(' or ');
}

/** What a value must be beside its type: parts to show one after the other. */
export function rules(schema) {
  const each = schema.type === 'array' ? (schema.items ?? {}) : schema;
  const of = each.anyOf?.[0] ?? each;
  return [
    ...numberOf(schema),
    ...rangeOf(of),
    ...(of.maxLength === undefined ? [] : [`at most ${of.maxLength} characters`]),
    ...patternOf(of),
    ...(schema.uniqueItems ? ['each once'] : []),
    ...(schema.default === undefined ? [] : [words('usually ', code(schema.default))]),
  ].map((part) => (typeof part === 'string' ? words(part) : part));
}

/** The values of a schema that has only some. */
export function choices(schema) {
  const of = schema.type === 'array' ? schema.items : schema;
  return of?.enum ?? (of?.const === undefined ? [] : [of.const]);
}

/** A value as it is written. */
export function code(value) {
  return element('code', '', exactText(value));
}

function words(...parts) {
  return element('span', 'rule', ...parts);
}

function numberOf({ minItems, maxItems }) {
  return maxItems === undefined ? [] : [`${minItems ?? 0} to ${maxItems} of them`];
}

function rangeOf(schema) {
  const least = bound(schema.minimum ?? schema['x-minimum']);
  const most = bound(schema.maximum ?? schema['x-maximum']);
  if (least === '' && most === '') {
    return [];
  }
  return [least === '' ? `up to ${most}` : most === '' ? `from ${least}` : `${least} to ${most}`];
}

function bound(value) {
  const text = value === undefined ? '' : exactText(value);
  return WIDEST.includes(text) ? '' : text;
}

/** Every text is without control characters, so that is not worth a word. */
function patternOf({ pattern, 'x-java-pattern': java, format }) {
  const shown = java ?? pattern;
  return shown === undefined || format || shown.includes('\\u0000') ? [] : [words('matches ', code(shown))];
}
