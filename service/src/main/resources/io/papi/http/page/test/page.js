/** The test page: a form, its answer, and what was asked before. */

import { element } from './element.js';
import { encodeIds, exactText, send, splitIds } from './request.js';
import { inShort, milliseconds, readSource } from './source.js';
import { showFailure, showProblem, showRows } from './view.js';

const MOST_RECENT = 20;

/** Ids that a table of whole-number keys most likely has; of text nothing is known. */
const EXAMPLE = '1,2,3';

const at = (id) => document.getElementById(id);
const datasets = new Map();
let running = new AbortController();

try {
  for (const dataset of await (await fetch('/test/datasets.json')).json()) {
    datasets.set(dataset.name, dataset);
    at('dataset').append(new Option(dataset.name));
  }
  listen();
  fillIn();
  runFragment();
} catch (error) {
  showFailure('GET /test/datasets.json', error);
}

/** Takes requests; until then the form is disabled, so that none gets lost. */
function listen() {
  at('form').addEventListener('submit', (event) => {
    event.preventDefault();
    go(at('dataset').value, at('ids').value);
  });
  // Enter asks; with Shift it begins a new line.
  at('ids').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      at('form').requestSubmit();
    }
  });
  at('dataset').addEventListener('change', fillIn);
  at('as-table').addEventListener('click', () => showAs('table'));
  at('as-json').addEventListener('click', () => showAs('json'));
  window.addEventListener('hashchange', runFragment);
  at('fields').disabled = false;
  at('ids').focus();
}

/** Fills in an example where nothing else stands, and says what separates ids of the dataset. */
function fillIn() {
  const isWhole = datasets.get(at('dataset').value)?.keyType === 'whole';
  at('separators').textContent = isWhole ? 'commas, semicolons, blanks or lines' : 'commas or lines';
  if (at('ids').value === '' || at('ids').value === EXAMPLE) {
    at('ids').value = isWhole ? EXAMPLE : '';
    at('ids').select();
  }
}

/** Runs a request by way of the page's address, so that it can be linked and gone back to. */
function go(name, typed) {
  const ids = encodeIds(splitIds(typed, datasets.get(name).keyType === 'whole'));
  const fragment = datasets.size > 1 ? `#${name}/${ids}` : `#${ids}`;
  if (fragment === (location.hash || '#')) {
    runFragment();
  } else {
    location.hash = fragment;
  }
}

/** Runs what the address names: #1885,3 or #customer/1885,3. */
function runFragment() {
  const [, name, ids] = /^#(?:([^/]*)\/)?(.*)$/.exec(location.hash || '#');
  if (datasets.has(name)) {
    at('dataset').value = name;
    fillIn();
  }
  if (location.hash !== '') {
    at('ids').value = ids.split(',').map(decode).join(',');
    run(datasets.get(at('dataset').value), at('ids').value);
  }
}

async function run(dataset, typed) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const ids = splitIds(typed, dataset.keyType === 'whole');
  at('result').ariaBusy = 'true';
  let answer;
  try {
    answer = await send(dataset.name, ids, at('past-caches').checked, signal);
  } catch (error) {
    if (signal.aborted) {
      return;
    }
    showFailure(`GET /${dataset.name}/${encodeIds(ids)}`, error);
  }
  at('result').ariaBusy = 'false';
  const from = answer ? show(dataset, [...new Set(ids)], answer) : 'no answer';
  remember(dataset.name, typed, from, answer);
}

/** Shows an answer, and returns in short where it came from. */
function show(dataset, ids, answer) {
  if (!answer.isOk || !Array.isArray(answer.body)) {
    showProblem(answer);
    return answer.status;
  }
  const rows = answer.body;
  const source = readSource(answer.headers, ids.length);
  const found = new Set(rows.map((row) => exactText(row[dataset.key])));
  const missing = ids.filter((id) => !found.has(id));
  const missingCount = ids.length - rows.length;
  showRows({
    answer,
    ids: ids.length,
    // A dataset may leave its key out of its columns: then only their number is known.
    missing: missing.length === missingCount ? missing : [],
    missingCount,
    source,
  });
  return inShort(source);
}

/** Adds to what was asked before; without an answer there is no time. */
function remember(name, typed, from, answer) {
  const button = element(
    'button',
    answer?.isOk ? '' : 'bad',
    element('span', 'ids', datasets.size > 1 ? `${name} ${typed}` : typed),
    element('span', 'from', from),
    element('span', 'time', answer ? milliseconds(answer.ms) : ''),
  );
  button.type = 'button';
  button.addEventListener('click', () => {
    at('dataset').value = name;
    go(name, typed);
  });
  at('requests').prepend(element('li', '', button));
  at('requests').children[MOST_RECENT]?.remove();
  at('recent').hidden = false;
}

function showAs(form) {
  for (const each of ['table', 'json']) {
    at(each).hidden = each !== form;
    at(`as-${each}`).ariaPressed = String(each === form);
  }
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
