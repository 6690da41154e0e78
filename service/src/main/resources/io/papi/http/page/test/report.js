/** Queries: what is asked of one, and what its answer says. */

import { barChart } from './bars.js';
import { element } from './element.js';
import { indent } from './json.js';
import { offerQuery, setPath, typedPath } from './parameters.js';
import { inFormat, valuesIn } from './path.js';
import { send } from './request.js';
import { inShort, readSource } from './source.js';
import { columnsOf, table } from './table.js';
import { count, fileLink, showFound, showProblem } from './view.js';

/** A browser shows so much at once; the rest is for the files. */
const MOST_ROWS = 1_000;
const MOST_CHARACTERS = 500_000;

const FILES = ['csv', 'ndjson', 'xml'];

/** What its calls are to those who paste them. */
export const NAME = 'query';

const at = (id) => document.getElementById(id);

export { isOf } from './path.js';

/** Offers what a query has. */
export function offer(query) {
  offerQuery(query);
}

/** Where to begin. */
export function focus() {
  at('parameters').querySelector('input, select')?.focus();
}

/** Columns are needed for an answer only. */
export function learn() {}

/** Fills in what an address says. What the form cannot hold is asked all the same. */
export function fill(query, address) {
  const request = address.slice(1);
  setPath(query, request);
  return askedFor(query, request);
}

/** The request for what is chosen, as that of a dataset. */
export function asked(query) {
  return askedFor(query, typedPath(query));
}

function askedFor(query, request) {
  const values = valuesIn(query, request);
  const words = [query.name, ...Object.entries(values).map(([name, value]) => `${name}=${value}`)].join(' ');
  return {
    path: request,
    isInAddress: true,
    addressIn: () => `#${request}`,
    wordsIn: () => words,
    run: async (pastCaches, signal) => {
      const answer = await send(request, undefined, pastCaches, signal);
      return { ...answer, from: await show(query, request, values.format || 'json', answer, signal) };
    },
  };
}

/** Shows an answer in whatever format. For the table the same is asked as JSON. */
async function show({ name, columns }, request, format, answer, signal) {
  const json = answer.isOk && format !== 'json' ? await send(inFormat(request, 'json'), undefined, false, signal) : answer;
  if (!Array.isArray(json.isOk && json.body)) {
    showProblem(json, 'query');
    return json.status;
  }
  const rows = json.body;
  const shown = rows.slice(0, MOST_ROWS);
  const order = columnsOf(shown.map((row) => ({ row })), columns);
  const source = readSource(answer.headers, 1);
  const isCut = rows.length > MOST_ROWS || answer.text.length > MOST_CHARACTERS;
  const text = answer.text.slice(0, MOST_CHARACTERS);
  showFound({
    answer,
    what: count(rows.length, 'row'),
    source,
    aged: 'the report is',
    isAbsence: false,
    notes: isCut ? [element('p', 'note', 'Only the beginning of it is shown. The files have all of it.')] : [],
    table: rows.length > 0 ? table(shown.map((row) => ({ row })), undefined, order) : undefined,
    chart: barChart(rows, order),
    format,
    text: format === 'json' ? indent(text) : text,
    files: FILES.map((each) => fileLink(name, request, each)),
  });
  return inShort(source);
}
