/** Streamed queries: what is asked of one, and its rows as they come. */

import { Incoming, MOST_ROWS } from './incoming.js';
import { parseExactly } from './json.js';
import { offerQuery, setPath, typedPath } from './parameters.js';
import { inFormat, valuesIn } from './path.js';
import { grouped, Progress, seconds } from './progress.js';
import { table } from './table.js';
import { fileLink, showAwaited, showBegun, showEnded, showProblem, showRows } from './view.js';

const HINT = `Only the first ${MOST_ROWS} are kept here, the others are counted.`;
const FORMATS = ['json', 'ndjson', 'csv', 'xml'];

/** For so long rows are read before the browser may do something else. */
const TURN = 50;

/** What its calls are to those who paste them. */
export const NAME = 'stream';

const at = (id) => document.getElementById(id);

export { isOf } from './path.js';

/** Offers what a query has. */
export function offer(query) {
  offerQuery(query);
}

/** Where to begin. */
export function focus() {
  at('of-query').querySelector('.parameter input, .parameter select, #limit').focus();
}

/** Columns are needed for the rows only. */
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
  const { format, ...values } = valuesIn(query, request);
  const words = [query.name, ...Object.entries(values).map(([name, value]) => `${name}=${value}`)].join(' ');
  return {
    path: request,
    isInAddress: true,
    addressIn: () => `#${request}`,
    wordsIn: () => words,
    run: (_, signal) => run(query, request, { format: format || 'json', limit: values.limit }, signal),
  };
}

/** Reads a stream to its end, however that comes. Only what the signal aborts is not shown. */
async function run(query, request, { format, limit }, signal) {
  // JSON lines can be counted as they come; what is no format is for the service to refuse.
  const isReadAsAsked = format === 'ndjson' || !FORMATS.includes(format);
  const path = isReadAsAsked ? request : inFormat(request, 'ndjson');
  const incoming = new Incoming();
  const show = rowsInto(query, incoming);
  const stopping = new AbortController();
  showAwaited();
  const progress = new Progress(incoming, show, () => stopping.abort());
  at('result').ariaBusy = 'false';
  let answer;
  let end = 'whole';
  try {
    const response = await fetch(path, { cache: 'no-store', signal: AbortSignal.any([signal, stopping.signal]) });
    answer = answerOf(path, response);
    if (!response.ok) {
      const text = await response.text();
      const problem = { ...answer, ms: progress.elapsed(), text, body: parseExactly(text) };
      showProblem(problem, 'stream');
      return { ...problem, from: answer.status };
    }
    showBegun(
      answer,
      isReadAsAsked ? HINT : `${HINT} The page reads NDJSON, whatever the format.`,
      FORMATS.map((each) => fileLink(query.name, request, each)),
    );
    await readInto(incoming, response.body.getReader());
  } catch (error) {
    if (signal.aborted || !(answer || stopping.signal.aborted)) {
      throw error;
    }
    end = stopping.signal.aborted ? 'stopped' : 'broken';
  } finally {
    progress.end();
  }
  show();
  const ms = progress.elapsed();
  const [line, note] = inWords(end, incoming.rows, ms, limit);
  showEnded(end === 'broken', line, incoming.rows > MOST_ROWS ? `${note} The first ${MOST_ROWS} are shown.` : note);
  return { ms, isOk: end !== 'broken', from: end === 'whole' ? inRows(incoming.rows) : end };
}

function answerOf(path, { ok, status, statusText, headers }) {
  return { path, isOk: ok, status: `${status} ${statusText}`.trim(), headers };
}

/** Rows that are there already would keep the browser from showing them, so it is let in between. */
async function readInto(incoming, reader) {
  let turn = performance.now();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    incoming.add(next.value);
    if (performance.now() - turn > TURN) {
      await new Promise((resolve) => setTimeout(resolve));
      turn = performance.now();
    }
  }
}

/** Shows the first rows, where there are more of them than before. */
function rowsInto({ columns }, incoming) {
  let shown = 0;
  return () => {
    if (incoming.first.length > shown) {
      shown = incoming.first.length;
      const rows = incoming.first.map((row) => ({ row }));
      showRows({ table: table(rows, undefined, columns), format: 'ndjson', text: incoming.text });
    }
  };
}

/** The end of a stream: a line, and a note of what that means. */
function inWords(end, rows, ms, limit) {
  const count = inRows(rows);
  switch (end) {
    case 'whole':
      return [
        `${count} in ${seconds(ms)}`,
        String(rows) === limit
          ? 'The stream ended at this limit. Without it there may be more rows.'
          : 'The stream came to its end: this is the whole of it.',
      ];
    case 'stopped':
      return [`Stopped after ${count}`, 'You stopped the stream: what came is not the whole.'];
    case 'broken':
      return [
        `The stream broke after ${count}`,
        'What came is not the whole: the service, its store or something on the way failed in the middle of it.',
      ];
  }
}

function inRows(rows) {
  return `${grouped(rows)} row${rows === 1 ? '' : 's'}`;
}
