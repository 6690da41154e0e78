/** What an answer looks like. */

import { countOf } from './answer.js';
import { element } from './element.js';
import { indent } from './json.js';
import { readProblem } from './problem.js';
import { inWords, milliseconds } from './source.js';
import { table } from './table.js';

const at = (id) => document.getElementById(id);

/**
 * Shows rows, or the lack of them.
 *
 * @param answer as it was sent
 * @param read what it says of each id
 * @param ids how many were asked
 * @param source where it came from
 * @param key the column that has a row's id
 * @param order the columns in the order in which they were asked for
 */
export function showRows({ answer, read, ids, source, key, order }) {
  const { rows, missing, missingCount, unavailable, defaulted, standIns } = read;
  const line = `${count(rows.length, 'row')} for ${count(ids, 'id')} in ${milliseconds(answer.ms)}`;
  const parts = inWords(source).map(({ layer, text }) => element('span', `part ${layer}`, text));
  show(
    element('p', 'line', line),
    element('p', 'source', ...parts),
    ...staleNote(rows.length, source.staleSeconds),
    ...idsNote('missing', 'Not found', missing.length > 0 ? missing : missingCount),
    ...idsNote('bad', 'Could not be answered', unavailable),
    ...idsNote('missing', 'Not found, so the default row is shown', defaulted),
    ...idsNote('stale', 'Could not be answered, so the default row is shown', standIns),
  );
  const isAbsence = missingCount > 0 || countOf(defaulted) > 0;
  showFacts(answer, freshness(answer.headers, rows.length, isAbsence, source.staleSeconds));
  showHeaders(answer.headers);
  const isDefault = new Set([defaulted, standIns].filter(Array.isArray).flat());
  const marked = rows.map((each) => ({ ...each, isDefault: isDefault.has(each.id) }));
  at('table').replaceChildren(
    rows.length > 0 ? table(marked, key, order) : element('p', 'nothing', 'No rows'),
  );
  at('json').textContent = indent(answer.text);
  at('rows').hidden = false;
  at('document').hidden = true;
}

/** Shows an answer that has no rows: a problem, or something unforeseen. */
export function showProblem(answer) {
  const { reason, advice, missing, unavailable, wait } = readProblem(answer);
  show(
    element('p', 'line bad', `${answer.status} in ${milliseconds(answer.ms)}`),
    element('p', 'note bad', reason),
    ...idsNote('missing', 'Not found', missing),
    ...idsNote('missing', 'Unavailable', unavailable),
    ...(wait === null ? [] : [element('p', 'note', `The service asks to wait ${wait} s before another try.`)]),
    ...(advice === '' ? [] : [element('p', 'hint', advice)]),
  );
  showFacts(answer, '');
  showHeaders(answer.headers);
  at('rows').hidden = true;
  at('document').querySelector('pre').textContent = answer.body === undefined ? answer.text : indent(answer.text);
  at('document').hidden = answer.text === '';
}

/** Shows that there is no answer. */
export function showFailure(path, error) {
  show(
    element('p', 'line bad', 'No answer'),
    element('p', 'note bad', `The service was not reached, or its answer could not be read: ${error.message}`),
  );
  facts([['Request', path]]);
  hideAnswer();
}

/** Shows that the page's address names a dataset that this service does not have. */
export function showNoDataset(name) {
  show(
    element('p', 'line bad', 'No such dataset'),
    element('p', 'note bad', 'This service has no dataset ', element('code', 'id', name), '.'),
  );
  facts([]);
  hideAnswer();
}

function hideAnswer() {
  for (const id of ['rows', 'document', 'headers']) {
    at(id).hidden = true;
  }
}

function show(...children) {
  at('outcome').replaceChildren(...children);
}

function showFacts({ path, status, headers }, fresh) {
  const link = element('a', '', `GET ${path}`);
  link.href = path;
  facts([
    ['Request', link],
    ['Status', status],
    ['Freshness', fresh],
    ['Request id', headers.get('X-Request-Id') ?? ''],
  ]);
}

function facts(pairs) {
  at('facts').replaceChildren(
    ...pairs
      .filter(([, value]) => value !== '')
      .map(([name, value]) => element('div', '', element('dt', '', name), element('dd', '', value))),
  );
}

function showHeaders(headers) {
  const pairs = [...headers].map(([name, value]) =>
    element('div', '', element('dt', '', name), element('dd', '', value)),
  );
  at('headers').querySelector('dl').replaceChildren(...pairs);
  at('headers').hidden = false;
}

/**
 * How old the rows are, and for how long they are fresh. The headers tell the end of the whole
 * answer: with an id that is not there it is the absence that ends first, and says nothing of rows
 * older than that.
 */
function freshness(headers, rows, isAbsence, staleSeconds) {
  const age = headers.get('Age');
  const cacheControl = headers.get('Cache-Control') ?? '';
  const most = /max-age=(\d+)/.exec(cacheControl);
  const isKept = !cacheControl.includes('no-store');
  if (age === null || (most === null && isKept)) {
    return isKept ? '' : 'not to be kept by a cache';
  }
  const read = `${rows > 1 ? 'oldest row ' : ''}read ${age === '0' ? 'just now' : `${age} s ago`}`;
  if (staleSeconds > 0) {
    return `${read}, stale for ${staleSeconds} s`;
  }
  if (!isKept) {
    return `${read}, not to be kept by a cache`;
  }
  const left = Number(most[1]) - Number(age);
  if (left > 0) {
    return `${read}, fresh for ${left} s more`;
  }
  return isAbsence ? read : `${read}, due to be read again`;
}

function staleNote(rows, seconds) {
  if (seconds === 0) {
    return [];
  }
  const text =
    `Stale: ${rows > 1 ? 'a row is' : 'the row is'} ${seconds} s past its ` +
    'fresh time, served because the store could not answer in time.';
  return [element('p', 'note stale', text)];
}

/** A note that names ids, or says how many they are; none where there are none. */
function idsNote(kind, words, ids) {
  if (countOf(ids) === 0) {
    return [];
  }
  const names = Array.isArray(ids) ? ids.flatMap((id) => [' ', element('code', 'id', id)]) : [` ${ids} of the ids`];
  return [element('p', `note ${kind}`, `${words}:`, ...names)];
}

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
