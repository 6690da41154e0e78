/** What an answer says of each id, whatever its shape. */

import { exactText } from './json.js';

/**
 * Reads an answer that is no error.
 *
 * @param ids each once, as they were asked
 * @param shape the shape that the answer was asked to have
 * @param key the column that has a row's id
 * @return rows: each with its id, which is undefined if it cannot be told; missing and unavailable:
 *     ids without a row, and those that could not be answered; missingCount: how many ids have no
 *     row, also where they cannot be told; defaulted and standIns: the ids that have the default
 *     row because they have none, and because they could not be answered, as a list or a number;
 *     undefined if the body does not have the shape
 */
export function readAnswer({ body, headers }, ids, shape, key) {
  const read = READERS[shape]?.(body, ids, key);
  return (
    read && {
      unavailable: [],
      missingCount: read.missing.length,
      ...read,
      defaulted: readIds(headers.get('X-Papi-Defaulted')),
      standIns: readIds(headers.get('X-Papi-Defaulted-Unavailable')),
    }
  );
}

/** How many ids a list or a number is of. */
export function countOf(ids) {
  return typeof ids === 'number' ? ids : ids.length;
}

const READERS = { array: readArray, object: readObject, map: readMap };

/** Rows in the order of the ids. Without their key they can be told if none is missing. */
function readArray(body, ids, key) {
  if (!Array.isArray(body)) {
    return undefined;
  }
  const isComplete = body.length === ids.length;
  const rows = body.map((row, i) => ({ id: key in row ? exactText(row[key]) : isComplete ? ids[i] : undefined, row }));
  const found = new Set(rows.map(({ id }) => id));
  const missing = ids.filter((id) => !found.has(id));
  const missingCount = ids.length - body.length;
  return { rows, missing: missing.length === missingCount ? missing : [], missingCount };
}

function readObject(body, ids) {
  if (!isObject(body)) {
    return undefined;
  }
  const isThere = Object.keys(body).length > 0;
  return isThere ? { rows: [{ id: ids[0], row: body }], missing: [] } : { rows: [], missing: ids };
}

function readMap(body, ids) {
  if (!isObject(body?.found) || !Array.isArray(body.missing) || !Array.isArray(body.unavailable)) {
    return undefined;
  }
  const { found, missing, unavailable } = body;
  const order = Object.keys(found).sort((a, b) => ids.indexOf(a) - ids.indexOf(b));
  return { rows: order.map((id) => ({ id, row: found[id] })), missing, unavailable };
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The ids of a header, or only their number where they are too many. */
function readIds(header) {
  const [, count] = /^count=(\d+)$/.exec(header ?? '') ?? [];
  return count ? Number(count) : (header ?? '').split(',').filter(Boolean).map(decodeURIComponent);
}
