/** What an answer looks like. */

import { countOf } from './answer.js';
import { element } from './element.js';
import { indent } from './json.js';
import { inFormat } from './path.js';
import { readProblem } from './problem.js';
import { inWords, milliseconds } from './source.js';

const at = (id) => document.getElementById(id);

/**
 * Shows rows, or the lack of them.
 *
 * @param answer as it was sent
 * @param what it has, in words
 * @param source where it came from
 * @param aged what may be old in it, in words: "the row is"; '' where there is nothing
 * @param isAbsence whether it says of an id that it has no row
 * @param notes what else is to be said
 * @param table the rows as a table, undefined where there are none; chart: the same as a picture
 * @param format of the answer, and its text as it is shown
 * @param files links to the answer as a file
 */
export function showFound({ answer, what, source, aged, isAbsence, notes, table, chart, format, text, files = [] }) {
  const parts = inWords(source).map(({ layer, text }) => element('span', `part ${layer}`, text));
  show(
    element('p', 'line', `${what} in ${milliseconds(answer.ms)}`),
    element('p', 'source', ...parts),
    ...staleNote(aged, source.staleSeconds),
    ...notes,
  );
  showFacts(answer, freshness(answer.headers, aged, isAbsence, source.staleSeconds));
  showHeaders(answer.headers);
  showRows({ table, chart, format, text });
  showFiles(files);
}

/** Shows that a stream has been asked for. */
export function showAwaited() {
  show(element('p', 'line', 'Waiting for the first row'));
  facts([]);
  hideAnswer();
}

/** Shows that a stream has begun; hint says what is to be seen of it. */
export function showBegun(answer, hint, files) {
  at('outcome').replaceChildren(element('p', 'line', 'Rows are coming in'), element('p', 'hint', hint));
  showFacts(answer, '');
  showHeaders(answer.headers);
  showFiles(files);
}

/** Shows how a stream ended; what was shown of it stays. */
export function showEnded(isBad, line, note) {
  at('outcome').replaceChildren(
    element('p', isBad ? 'line bad' : 'line', line),
    element('p', isBad ? 'note bad' : 'note', note),
  );
}

/** Shows rows as a table, undefined where there are none, as a chart, and as the text that they came in. */
export function showRows({ table, chart, format, text }) {
  at('table').replaceChildren(table ?? element('p', 'nothing', 'No rows'));
  at('chart').replaceChildren(...(chart ? [chart] : []));
  at('chart').hidden = !chart;
  at('as-json').textContent = format.toUpperCase();
  at('json').ariaLabel = `The answer as ${format.toUpperCase()}`;
  at('json').textContent = text;
  at('rows').hidden = false;
  at('document').hidden = true;
}

/** A link to an answer as a file, which the browser saves. */
export function fileLink(name, request, format) {
  const link = element('a', '', format.toUpperCase());
  link.href = inFormat(request, format);
  link.download = `${name}.${format}`;
  return link;
}

function showFiles(files) {
  at('files').querySelector('span').replaceChildren(...files);
  at('files').hidden = files.length === 0;
}

/** Shows an answer that has no rows: a problem, or something unforeseen. */
export function showProblem(answer, kind = 'dataset') {
  const { reason, advice, missing, unavailable, wait } = readProblem(answer, kind);
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

/** Shows that the page's address has no ids, as they are to be sent in a body. */
export function showUnasked() {
  const words = 'The ids are sent in a body, so this address does not keep them. Fill them in and press Enter.';
  show(element('p', 'hint', words));
  facts([]);
  hideAnswer();
}

/** Shows that the page's address names something that this service does not have. */
export function showNone(what, where, name) {
  show(
    element('p', 'line bad', `No such ${what}`),
    element('p', 'note bad', `This service has no ${what} ${where}`, element('code', 'id', name), '.'),
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
  at('progress').hidden = true;
  at('outcome').replaceChildren(...children);
  at('outcome').firstElementChild.scrollIntoView({ block: 'nearest' });
}

function showFacts({ method, path, sent, status, headers }, fresh) {
  facts([
    ['Request', method === 'POST' ? element('span', 'sent', `POST ${path}`) : linkTo(path)],
    ['Body', sent === undefined ? '' : element('span', 'sent', sent)],
    ['Status', status],
    ['Freshness', fresh],
    ['Request id', headers.get('X-Request-Id') ?? ''],
  ]);
}

function linkTo(path) {
  const link = element('a', '', `GET ${path}`);
  link.href = path;
  return link;
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
function freshness(headers, aged, isAbsence, staleSeconds) {
  const age = headers.get('Age');
  const cacheControl = headers.get('Cache-Control') ?? '';
  const most = /max-age=(\d+)/.exec(cacheControl);
  const isKept = !cacheControl.includes('no-store');
  if (age === null || (most === null && isKept)) {
    return isKept ? '' : 'not to be kept by a cache';
  }
  const read = `${aged.startsWith('a ') ? 'oldest row ' : ''}read ${age === '0' ? 'just now' : `${age} s ago`}`;
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

function staleNote(aged, seconds) {
  if (seconds === 0) {
    return [];
  }
  const text = `Stale: ${aged} ${seconds} s past its fresh time, served because the store could not answer in time.`;
  return [element('p', 'note stale', text)];
}

/** A note that names ids, or says how many they are; none where there are none. */
export function idsNote(kind, words, ids) {
  if (countOf(ids) === 0) {
    return [];
  }
  const names = Array.isArray(ids) ? ids.flatMap((id) => [' ', element('code', 'id', id)]) : [` ${ids} of the ids`];
  return [element('p', `note ${kind}`, `${words}:`, ...names)];
}

/** A number of things in words: "1 row". */
export function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
