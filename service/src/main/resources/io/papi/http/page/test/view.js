/** What an answer looks like. */

import { element } from './element.js';
import { exactText, isNumber } from './request.js';
import { inWords, milliseconds } from './source.js';

const at = (id) => document.getElementById(id);

/** Shows rows, or the lack of them. */
export function showRows({ answer, ids, missing, missingCount, source }) {
  const rows = answer.body;
  const line = `${count(rows.length, 'row')} for ${count(ids, 'id')} in ${milliseconds(answer.ms)}`;
  const notes = [];
  if (source.staleSeconds > 0) {
    notes.push(
      element(
        'p',
        'note stale',
        `Stale: ${rows.length > 1 ? 'a row is' : 'the row is'} ${source.staleSeconds} s past its ` +
          'fresh time, served because the store could not answer in time.',
      ),
    );
  }
  if (missingCount > 0) {
    const names = missing.flatMap((id) => [' ', element('code', 'id', id)]);
    const text = missing.length > 0 ? 'Not found:' : `Not found: ${missingCount} of the ids`;
    notes.push(element('p', 'note missing', text, ...names));
  }
  const parts = inWords(source).map(({ layer, text }) => element('span', `part ${layer}`, text));
  show(element('p', 'line', line), element('p', 'source', ...parts), ...notes);
  showFacts(answer, freshness(answer.headers, rows.length, missingCount, source.staleSeconds));
  showHeaders(answer.headers);
  at('table').replaceChildren(...(rows.length > 0 ? [table(rows)] : []));
  at('json').textContent = JSON.stringify(rows, null, 2);
  at('rows').hidden = rows.length === 0;
}

/** Shows an answer that is no list of rows: a problem (RFC 9457), or something unforeseen. */
export function showProblem(answer) {
  const { detail, unavailable } = answer.body ?? {};
  const reason = detail ?? answer.text.slice(0, 500);
  const parts = [element('p', 'note bad', reason || 'The answer is empty.')];
  if (Array.isArray(unavailable)) {
    const names = unavailable.flatMap((id) => [' ', element('code', 'id', String(id))]);
    parts.push(element('p', 'note', 'Unavailable:', ...names));
  }
  const wait = answer.headers.get('Retry-After');
  if (wait !== null) {
    parts.push(element('p', 'note', `The service asks to wait ${wait} s before another try.`));
  }
  const line = `${answer.status} in ${milliseconds(answer.ms)}`;
  show(element('p', 'line bad', line), ...parts);
  showFacts(answer, '');
  showHeaders(answer.headers);
  at('rows').hidden = true;
}

/** Shows that there is no answer. */
export function showFailure(path, error) {
  show(
    element('p', 'line bad', 'No answer'),
    element('p', 'note bad', `The service was not reached, or its answer could not be read: ${error.message}`),
  );
  facts([['Request', path]]);
  at('headers').hidden = true;
  at('rows').hidden = true;
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
function freshness(headers, rows, missing, staleSeconds) {
  const age = headers.get('Age');
  const most = /max-age=(\d+)/.exec(headers.get('Cache-Control') ?? '');
  if (age === null || most === null) {
    return '';
  }
  const left = Number(most[1]) - Number(age);
  const read = `${rows > 1 ? 'oldest row ' : ''}read ${age === '0' ? 'just now' : `${age} s ago`}`;
  if (staleSeconds > 0) {
    return `${read}, stale for ${staleSeconds} s`;
  }
  if (left > 0) {
    return `${read}, fresh for ${left} s more`;
  }
  return missing > 0 ? read : `${read}, due to be read again`;
}

function table(rows) {
  const columns = [...new Set(rows.flatMap(Object.keys))];
  const head = columns.map((column) => {
    const cell = element('th', rows.some((row) => isNumber(row[column])) ? 'number' : '', column);
    cell.scope = 'col';
    return cell;
  });
  const body = rows.map((row) =>
    element('tr', '', ...columns.map((column) => dataCell(row[column]))),
  );
  return element(
    'table',
    '',
    element('thead', '', element('tr', '', ...head)),
    element('tbody', '', ...body),
  );
}

function dataCell(value) {
  if (value === null || value === undefined) {
    return element('td', '', element('span', 'nothing', 'NULL'));
  }
  if (value === '') {
    return element('td', '', element('span', 'nothing', 'empty'));
  }
  if (isNumber(value)) {
    return element('td', 'number', exactText(value));
  }
  return element('td', '', typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
