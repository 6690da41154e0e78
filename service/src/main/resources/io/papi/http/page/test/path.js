/** Paths of queries, and the templates that they are made from: /clerk/{clerk}/sales/{year}. */

import { encode } from './request.js';

const PARAMETER = /\{(\w+)\}/g;

/** The names of a template's parameters. */
export function namesIn(template) {
  return [...template.matchAll(PARAMETER)].map(([, name]) => name);
}

/** The path that a template becomes with values by name. */
export function fill(template, values) {
  return template.replace(PARAMETER, (_, name) => encode(values[name] ?? ''));
}

/** The values by name in a path that a template may have become; undefined if it is another one. */
export function match(template, path) {
  const forms = template.split('/');
  const parts = path.split('/');
  const values = {};
  const fits = forms.every((form, i) => {
    const [name] = namesIn(form);
    if (name !== undefined) {
      values[name] = decode(parts[i] ?? '');
    }
    return name === undefined ? form === parts[i] : parts[i] !== '';
  });
  return fits && forms.length === parts.length ? values : undefined;
}

/** Whether a request is one of a query's. */
export function isOf({ paths }, request) {
  return paths.some((template) => match(template, split(request).path));
}

/** The values by name in a request of a query: those in its path, and those in its query string. */
export function valuesIn({ paths }, request) {
  const { path, given } = split(request);
  return { ...match(paths.find((template) => match(template, path)) ?? '', path), ...given };
}

/** The path without its query string, and the values by name in that. */
export function split(pathAndQuery) {
  const [, path, query] = /^([^?]*)\??(.*)$/s.exec(pathAndQuery);
  // A plus is a plus to the service.
  return { path, given: Object.fromEntries(new URLSearchParams(query.replaceAll('+', '%2B'))) };
}

/** The same request for an answer in another format. */
export function inFormat(pathAndQuery, format) {
  const [path, ...queries] = pathAndQuery.split('?');
  const others = queries.join('?').split('&').filter((pair) => pair !== '' && !/^format(=|$)/.test(pair));
  const pairs = format === 'json' ? others : [...others, `format=${encode(format)}`];
  return pairs.length > 0 ? `${path}?${pairs.join('&')}` : path;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
