/** The test page: a form, its answer, and what was asked before. */

import { addressOf, readAddress } from './address.js';
import { countOf, readAnswer } from './answer.js';
import { chosenColumns, listenToColumns, offer } from './columns.js';
import { listenToCopy, showCommand } from './curl.js';
import { choices, offerDataset, setChoices, showColumns, typedIds } from './form.js';
import { choicesOf, queryOf } from './query.js';
import { remember } from './recent.js';
import { pathOf, send } from './request.js';
import { inShort, readSource } from './source.js';
import { showFailure, showNoDataset, showProblem, showRows } from './view.js';

const at = (id) => document.getElementById(id);
const datasets = new Map();
let running = new AbortController();

try {
  await readDatasets();
  at('dataset').append(...[...datasets.keys()].map((name) => new Option(name)));
  listen();
  offerDataset(dataset());
  runAddress();
  preview();
} catch (error) {
  showFailure('GET /test/datasets.json', error);
}

async function readDatasets() {
  for (const each of await (await fetch('/test/datasets.json')).json()) {
    datasets.set(each.name, each);
  }
}

/** The dataset that is chosen. */
function dataset() {
  return datasets.get(at('dataset').value);
}

/** Takes requests; until then the form is disabled, so that none gets lost. */
function listen() {
  at('form').addEventListener('submit', (event) => {
    event.preventDefault();
    go(address());
  });
  // Enter asks; with Shift it begins a new line.
  at('ids').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      at('form').requestSubmit();
    }
  });
  at('dataset').addEventListener('change', () => offerDataset(dataset()));
  at('fields').addEventListener('change', showColumns);
  for (const kind of ['input', 'change']) {
    at('form').addEventListener(kind, preview);
  }
  listenToColumns();
  listenToCopy();
  at('as-table').addEventListener('click', () => showAs('table'));
  at('as-json').addEventListener('click', () => showAs('json'));
  window.addEventListener('hashchange', runAddress);
  at('form-parts').disabled = false;
  at('copy').disabled = false;
  at('ids').focus();
}

/** The page's address for what is chosen. */
function address() {
  return addressOf(datasets.size > 1 ? dataset().name : '', typedIds(dataset()), queryOf(choices()));
}

function go(to) {
  if (to === (location.hash || '#')) {
    runAddress();
  } else {
    location.hash = to;
  }
}

/** Runs what the address names: #1885,3 or #customer/1885,3?shape=map. */
function runAddress() {
  if (location.hash === '') {
    return;
  }
  const { name, typed, query } = readAddress(location.hash);
  if (name !== undefined && !datasets.has(name)) {
    running.abort();
    showNoDataset(name);
    return;
  }
  if (name !== undefined && name !== at('dataset').value) {
    at('dataset').value = name;
    offerDataset(dataset());
  }
  at('ids').value = typed;
  setChoices(choicesOf(query));
  preview();
  run();
}

/** Shows the command for what is chosen. */
function preview() {
  const path = pathOf(dataset().name, typedIds(dataset()), queryOf(choices()));
  showCommand(path, at('past-caches').checked);
}

/** Sends what is chosen, and shows the answer. */
async function run() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const asked = { dataset: dataset(), ids: typedIds(dataset()), choices: choices() };
  const query = queryOf(asked.choices);
  const path = pathOf(asked.dataset.name, asked.ids, query);
  const words = [...(datasets.size > 1 ? [asked.dataset.name] : []), at('ids').value, query];
  const again = address();
  at('result').ariaBusy = 'true';
  let answer;
  try {
    answer = await send(path, at('past-caches').checked, signal);
  } catch (error) {
    if (signal.aborted) {
      return;
    }
    showFailure(`GET ${path}`, error);
  }
  at('result').ariaBusy = 'false';
  const from = answer ? show(asked, answer) : 'no answer';
  at('outcome').firstElementChild.scrollIntoView({ block: 'nearest' });
  remember(words.filter(Boolean).join(' '), from, answer, () => go(again));
  await learnColumns(asked.dataset);
}

/** Shows an answer, and returns in short where it came from. */
function show({ dataset: { key, columns, views, shape }, ids, choices: { shape: asked, view, fields } }, answer) {
  const distinct = [...new Set(ids)];
  const read = answer.isOk && readAnswer(answer, distinct, asked || shape, key);
  if (!read) {
    showProblem(answer);
    return answer.status;
  }
  const unanswered = countOf(read.unavailable) + countOf(read.standIns);
  const source = readSource(answer.headers, distinct.length - unanswered);
  const order = view ? (views[view] ?? []) : fields.length > 0 ? fields : columns;
  showRows({ answer, read, ids: distinct.length, source, key, order });
  return inShort(source);
}

/** The service knows the columns once its store has answered: then they can be offered. */
async function learnColumns({ name, columns }) {
  if (columns.length > 0) {
    return;
  }
  await readDatasets();
  if (dataset().name === name && dataset().columns.length > 0) {
    offer(dataset().columns, chosenColumns());
  }
}

function showAs(form) {
  for (const each of ['table', 'json']) {
    at(each).hidden = each !== form;
    at(`as-${each}`).ariaPressed = String(each === form);
  }
}
