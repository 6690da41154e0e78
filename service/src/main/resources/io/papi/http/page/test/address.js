/** The part of the page's address after #, by which a request can be linked and gone back to. */

import { encodeAll } from './request.js';

/**
 * The part for a request: #customer/1885,3?shape=map.
 *
 * @param name what the path begins with: a dataset's name, customer/email for one of its other keys,
 *     or '' where there is only one
 */
export function addressOf(name, ids, query) {
  return `#${name === '' ? '' : `${name}/`}${encodeAll(ids)}${withMark(query)}`;
}

/** The part for a request whose ids stand in its body, and not in the address: #customer/email/?shape=map. */
export function addressWithoutIds(name, query) {
  return `#${name}/${withMark(query)}`;
}

/**
 * The request of such a part.
 *
 * @param names what a path can begin with; of several the longest counts, as it does to the service
 * @return name: undefined in #1885,3, one that is none of the names where another stands in its place;
 *     ids: none where they stand in a body; query: the query string
 */
export function readAddress(hash, names) {
  const [, request, query] = /^#?([^?]*)\??(.*)$/s.exec(hash);
  const known = names.filter((each) => request.startsWith(`${each}/`)).sort((a, b) => b.length - a.length);
  const name = known[0] ?? (request.includes('/') ? request.split('/')[0] : undefined);
  const ids = name === undefined ? request : request.slice(name.length + 1);
  return { name, ids: ids === '' ? [] : ids.split(',').map(decode), query };
}

function withMark(query) {
  return query === '' ? '' : `?${query}`;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
