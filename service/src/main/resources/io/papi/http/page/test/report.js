/** Queries: what is asked of one, and what its answer says. */

import { barChart } from './bars.js';
import { element } from './element.js';
import { indent } from './json.js';
import { offerQuery, setPath, typedPath } from './parameters.js';
import { inFormat, match, split } from './path.js';
import { send } from './request.js';
import { inShort, readSource } from './source.js';
import { columnsOf, table } from './table.js';
import { count, showFound, showProblem } from './view.js';

/** A browser shows so much at once; the rest is for the files. */
const MOST_ROWS = 1_000;
const MOST_CHARACTERS = 500_000;

const FILES = ['csv', 'ndjson', 'xml'];

const at = (id) => document.getElementById(id);

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

/** Whether a request is one of a query's. */
export function isOf({ paths }, request) {
  return paths.some((template) => match(template, split(request).path));
}

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
  const { path, given } = split(request);
  const values = { ...match(query.paths.find((each) => match(each, path)) ?? '', path), ...given };
  const words = [query.name, ...Object.entries(values).map(([name, value]) => `${name}=${value}`)].join(' ');
  return {
    path: request,
    addressIn: () => `#${request}`,
    wordsIn: () => words,
    show: (answer, signal) => show(query, request, given.format || 'json', answer, signal),
  };
}

/** Shows an answer in whatever format. For the table the same is asked as JSON. */
async function show({ name, columns }, request, format, answer, signal) {
  const json = answer.isOk && format !== 'json' ? await send(inFormat(request, 'json'), false, signal) : answer;
  if (!Array.isArray(json.isOk && json.body)) {
    showProblem(json, true);
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
    files: FILES.map((each) => file(name, request, each)),
  });
  return inShort(source);
}

/** A link to the answer as a file, which the browser saves. */
function file(name, request, format) {
  const link = element('a', '', format.toUpperCase());
  link.href = inFormat(request, format);
  link.download = `${name}.${format}`;
  return link;
}
