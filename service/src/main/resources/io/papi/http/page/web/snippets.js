/** The same request as a text to paste: for a shell, for a program, and for platforms that send messages. */

import { literal } from './body.js';
import { LANGUAGES } from './languages.js';
import { PLATFORMS } from './platforms.js';

/**
 * What a request can be pasted into, in the order in which it is offered.
 *
 * @param kind of what is asked: a platform asks for the row of the one who gets a message, or for a
 *     report, and for nothing else
 * @return each with its name, and texts of a call: text to paste, and note with what is to be done
 *     beside that, '' where there is nothing
 */
export function offered(kind) {
  return kind === 'dataset' || kind === 'query' ? [...LANGUAGES, ...PLATFORMS] : LANGUAGES;
}

/**
 * A call as the texts need it.
 *
 * @param origin of the service
 * @param kind dataset, query, stream, or another
 * @param path with the query string, as it is sent; what must not stand in an address is encoded
 *     here, so that no text ends where an address has a quote
 * @param name what a dataset's path begins with: customer, customer/email
 * @param ids those that are asked of a dataset, as they are
 * @param form what else a body has beside the ids; undefined where they stand in the path
 * @param columns of the rows, none where they are not known; keys: those that have ids, which say
 *     nothing new
 * @param hasKey whether callers sign in
 * @param pastCaches whether the rows must be read from the store
 */
export function callOf({ origin, kind, path, name, ids, form, keys = [], columns, hasKey, pastCaches }) {
  const [, , query] = /^([^?]*)\??(.*)$/s.exec(path);
  return {
    origin,
    kind,
    path,
    url: origin + encoded(path),
    ids,
    start: ids && `${origin}/${encoded(name)}/`,
    query: encoded(form ? queryOf(form) : query),
    members: form && Object.entries(form).map(([member, value]) => [member, literal(value)]),
    keyName: name?.split('/')[1],
    column: columns.find((each) => !keys.includes(each)) ?? columns[0] ?? 'COLUMN',
    hasKey,
    pastCaches,
  };
}

/** What a body has beside its ids, for those who can only GET. */
function queryOf(form) {
  return Object.entries(form)
    .map(([name, value]) => `${name}=${[value].flat().map(encodeURIComponent).join(',')}`)
    .join('&');
}

/** Parameters in braces stay, as the description writes them. */
function encoded(text) {
  return text.replaceAll(/\{\w+\}|%(?![\dA-Fa-f]{2})|[^\w\-.~/?&=%,:;@+]/gu, (part) => (part.length > 2 ? part : percent(part)));
}

function percent(character) {
  return [...new TextEncoder().encode(character)]
    .map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`)
    .join('');
}
