/** One request to the service, and its answer as it came. */

/** Any row is younger than this many seconds. */
const A_YEAR = 31_536_000;

/** What may stand between ids of a whole-number key, and what besides a comma between those of text. */
const BETWEEN_NUMBERS = /\s*[,;]\s*|\s+/;
const BETWEEN_TEXTS = /[\t\r\n]*,[\t\r\n]*|[\t\r\n]+/;

/**
 * The ids that a person typed or pasted. Commas and new lines separate them; of whole numbers also
 * blanks and semicolons, which may be part of a text.
 */
export function splitIds(typed, isWhole) {
  return isWhole
    ? typed.trim().split(BETWEEN_NUMBERS)
    : typed.replace(/^[\t\r\n]+|[\t\r\n]+$/g, '').split(BETWEEN_TEXTS);
}

/** The ids as they stand in a path or a fragment. */
export function encodeIds(ids) {
  return ids.map((id) => encodeURIComponent(id.toWellFormed())).join(',');
}

/**
 * Sends one request and reads its answer to the end.
 *
 * The browser's own cache is kept out, so that each request reaches the service. Without a
 * Cache-Control of its own the browser would then add no-cache, which asks for the store.
 *
 * @param pastCaches whether the rows must be read from the store
 * @return the answer; its time is from the call to the last byte, in milliseconds, as the
 *     browser's Resource Timing has it: this script's own wait for its turn is not in it
 */
export async function send(dataset, ids, pastCaches, signal) {
  const path = `/${dataset}/${encodeIds(notDots(ids))}`;
  const headers = { 'Cache-Control': pastCaches ? 'no-cache' : `max-age=${A_YEAR}` };
  performance.clearResourceTimings();
  const start = performance.now();
  const response = await fetch(path, { cache: 'no-store', headers, signal });
  const text = await response.text();
  const end = performance.now();
  const timing = performance.getEntriesByName(response.url).find((entry) => entry.startTime >= start);
  return {
    path,
    ms: timing?.duration || end - start,
    isOk: response.ok,
    status: `${response.status} ${response.statusText}`.trim(),
    headers: response.headers,
    text,
    body: parseExactly(text),
  };
}

/** A path that ends in a dot segment is shortened before it is sent; a repeated id counts once. */
function notDots(ids) {
  return ids.length === 1 && /^\.\.?$/.test(ids[0]) ? [ids[0], ids[0]] : ids;
}

/** The value of a JSON text, with numbers that JavaScript would round kept digit by digit. */
function parseExactly(text) {
  try {
    return JSON.parse(text, (_, value, context) =>
      typeof value === 'number' && JSON.rawJSON && String(value) !== context.source
        ? JSON.rawJSON(context.source)
        : value,
    );
  } catch {
    return undefined;
  }
}

/** A number, digit by digit, or any other value as text. */
export function exactText(value) {
  return JSON.isRawJSON?.(value) ? value.rawJSON : String(value);
}

/** Whether a value of an answer is a number. */
export function isNumber(value) {
  return typeof value === 'number' || Boolean(JSON.isRawJSON?.(value));
}
