/** One request to the service, and its answer as it came. */

import { parseExactly } from './json.js';

/** Any row is younger than this many seconds. */
const A_YEAR = 31_536_000;

/** Texts as they stand in an address, with commas between them. No quote or bracket is left. */
export function encodeAll(texts) {
  return texts.map(encode).join(',');
}

/** A text as it stands in an address. An at sign may stand there as it is. */
export function encode(text) {
  const escaped = (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, escaped).replaceAll('%40', '@');
}

/** The path and query string of a request; name is what its path begins with. */
export function pathOf(name, ids, query) {
  return `/${name}/${encodeAll(notDots(ids))}${query === '' ? '' : `?${query}`}`;
}

/**
 * Sends one request and reads its answer to the end.
 *
 * The browser's own cache is kept out, so that each request reaches the service. Without a
 * Cache-Control of its own the browser would then add no-cache, which asks for the store.
 *
 * @param body what is posted, as JSON; undefined where nothing is
 * @param pastCaches whether the rows must be read from the store
 * @return the answer; its time is from the call to the last byte, in milliseconds, as the
 *     browser's Resource Timing has it: this script's own wait for its turn is not in it
 */
export async function send(path, body, pastCaches, signal) {
  const method = methodOf(body);
  const headers = {
    'Cache-Control': pastCaches ? 'no-cache' : `max-age=${A_YEAR}`,
    ...(method === 'POST' && { 'Content-Type': 'application/json' }),
  };
  performance.clearResourceTimings();
  const start = performance.now();
  const response = await fetch(path, { method, body, cache: 'no-store', headers, signal });
  const text = await response.text();
  const end = performance.now();
  const timing = performance.getEntriesByName(response.url).find((entry) => entry.startTime >= start);
  return {
    method,
    path,
    sent: body,
    ms: timing?.duration || end - start,
    isOk: response.ok,
    status: `${response.status} ${response.statusText}`.trim(),
    headers: response.headers,
    text,
    body: parseExactly(text),
  };
}

/** The method of a request with a body, or without one. */
export function methodOf(body) {
  return body === undefined ? 'GET' : 'POST';
}

/** A path that ends in a dot segment is shortened before it is sent; a repeated id counts once. */
function notDots(ids) {
  return ids.length === 1 && /^\.\.?$/.test(ids[0]) ? [ids[0], ids[0]] : ids;
}
