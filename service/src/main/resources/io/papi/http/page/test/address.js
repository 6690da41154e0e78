/** The part of the page's address after #, by which a request can be linked and gone back to. */

import { encodeAll } from './request.js';

/**
 * The part for a request: #customer/1885,3?shape=map.
 *
 * @param name the dataset's name, '' where there is only one
 */
export function addressOf(name, ids, query) {
  return `#${name === '' ? '' : `${name}/`}${encodeAll(ids)}${query === '' ? '' : `?${query}`}`;
}

/** The request of such a part; name is undefined in #1885,3, and ids are as a person would type them. */
export function readAddress(hash) {
  const [, name, ids, query] = /^#?(?:([^/?]*)\/)?([^?]*)\??(.*)$/s.exec(hash);
  return { name, typed: ids.split(',').map(decode).join(','), query };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
