/** The test page: a form, its answer, and what was asked before. */

import { readAddress } from './address.js';
import { listenToColumns } from './columns.js';
import { showColumns } from './form.js';
import { listenToPasting, showCall } from './paste.js';
import { listenToStop } from './progress.js';
import { remember } from './recent.js';
import { methodOf } from './request.js';
import * as report from './report.js';
import * as rows from './rows.js';
import * as stream from './stream.js';
import { showFailure, showNone, showUnasked } from './view.js';

const CALLERS = '/test/callers.json';
const DATASETS = '/test/datasets.json';
const QUERIES = '/test/queries.json';

/** What can be asked: kinds of it, each with a module and a part of the form. */
const KINDS = [
  { kind: rows, part: 'of-dataset', label: 'Datasets' },
  { kind: report, part: 'of-query', label: 'Queries' },
  { kind: stream, part: 'of-query', label: 'Streams' },
];

const at = (id) => document.getElementById(id);

/** By name: no query has a dataset's. */
const subjects = new Map();
let hasKey = false;

/** Whether the address is about to change because something is asked here. */
let isAsking = false;
let running = new AbortController();

try {
  hasKey = (await (await fetch(CALLERS)).json()).haveKeys;
  await readSubjects();
  at('dataset').append(...KINDS.flatMap(optionsOf));
  listen();
  offer();
  subject().kind.focus();
  preview();
  runAddress();
} catch (error) {
  showFailure(`GET ${CALLERS}, ${DATASETS}, ${QUERIES}`, error);
}

async function readSubjects() {
  for (const each of (await (await fetch(DATASETS)).json()).flatMap(rows.byEachKey)) {
    subjects.set(each.name, { ...each, kind: rows });
  }
  for (const each of await (await fetch(QUERIES)).json()) {
    subjects.set(each.name, { ...each, kind: each.stream ? stream : report });
  }
}

function optionsOf({ kind, label }) {
  const options = [...subjects.values()].filter((each) => each.kind === kind).map(({ name, label }) => new Option(label ?? name, name));
  if (options.length === 0) {
    return [];
  }
  const group = document.createElement('optgroup');
  group.label = label;
  group.append(...options);
  return [group];
}

/** The dataset or query that is chosen. */
function subject() {
  return subjects.get(at('dataset').value);
}

/** Offers what it has, in the part of the form that is for its kind. */
function offer() {
  const { kind } = subject();
  const chosen = KINDS.find((each) => each.kind === kind).part;
  for (const { part } of KINDS) {
    at(part).disabled = at(part).hidden = part !== chosen;
  }
  at('caches').hidden = kind === stream;
  kind.offer(subject());
}

/** Takes requests; until then the form is disabled, so that none gets lost. */
function listen() {
  at('form').addEventListener('submit', (event) => {
    event.preventDefault();
    go(subject().kind.asked(subject()).addressIn(subjects.size > 1));
  });
  // Enter asks; with Shift it begins a new line.
  at('ids').addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      at('form').requestSubmit();
    }
  });
  // Before the form hears of it, and shows the call for what is offered.
  at('dataset').addEventListener('input', offer);
  at('fields').addEventListener('change', showColumns);
  for (const kind of ['input', 'change']) {
    at('form').addEventListener(kind, preview);
  }
  listenToColumns();
  listenToPasting();
  listenToStop();
  at('as-table').addEventListener('click', () => showAs('table'));
  at('as-json').addEventListener('click', () => showAs('json'));
  window.addEventListener('hashchange', runAddress);
  at('form-parts').disabled = false;
  at('copy').disabled = false;
}

function go(to) {
  isAsking = true;
  if (to === (location.hash || '#')) {
    runAddress();
  } else {
    location.hash = to;
  }
}

/**
 * Runs what the address names: #1885,3 or #customer/1885,3?shape=map, or a query's path as it is. Of
 * what is sent in a body it only has the form, so that alone is not run.
 */
function runAddress() {
  const isAskedHere = isAsking;
  isAsking = false;
  if (location.hash === '') {
    return;
  }
  const named = location.hash.startsWith('#/') ? namedByPath() : namedByName();
  if (!named) {
    running.abort();
    return;
  }
  if (named !== subject()) {
    at('dataset').value = named.name;
    offer();
  }
  const asked = named.kind.fill(named, location.hash);
  show(asked);
  if (asked.isInAddress || isAskedHere) {
    run(named, asked);
  } else {
    running.abort();
    showUnasked();
  }
}

function namedByPath() {
  const request = location.hash.slice(1);
  const named = [...subjects.values()].find(({ kind, ...query }) => kind.isOf?.(query, request));
  return named ?? showNone('query', 'at ', request);
}

/** The dataset that an address names; where it names none, the one that is chosen or the first. */
function namedByName() {
  const datasets = [...subjects.values()].filter(({ kind }) => kind === rows);
  const { name } = readAddress(location.hash, datasets.map((each) => each.name));
  const chosen = datasets.includes(subject()) ? subject() : datasets[0];
  const named = name === undefined ? chosen : datasets.find((each) => each.name === name);
  return named ?? showNone('dataset', '', name ?? '');
}

/** Shows the call for what is chosen. */
function preview() {
  show(subject().kind.asked(subject()));
}

function show({ path, ids, form }) {
  const { name, kind, key, ownKey, columns } = subject();
  const pastCaches = isPastCaches();
  showCall({ name, path, ids, form, kind: kind.NAME, keys: [key, ownKey], columns, hasKey, pastCaches });
}

/** Nothing keeps a stream. */
function isPastCaches() {
  return at('past-caches').checked && subject().kind !== stream;
}

/** Runs a request in place of the one that is under way. */
async function run({ name }, asked) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const isNamed = subjects.size > 1;
  at('result').ariaBusy = 'true';
  let answer = { from: 'no answer', isOk: false };
  try {
    answer = await asked.run(isPastCaches(), signal);
  } catch (error) {
    if (signal.aborted) {
      return;
    }
    showFailure(`${methodOf(asked.body)} ${asked.path}`, error);
  }
  at('result').ariaBusy = 'false';
  remember(asked.wordsIn(isNamed), answer, () => {
    asked.refill?.();
    go(asked.addressIn(isNamed));
  });
  await learnColumns(name);
}

/** The service knows the columns once its store has answered: then they can be offered. */
async function learnColumns(name) {
  if (subjects.get(name).columns.length > 0) {
    return;
  }
  await readSubjects();
  if (subject().name === name && subject().columns.length > 0) {
    subject().kind.learn(subject());
  }
}

function showAs(form) {
  for (const [each, part] of [['table', 'tabular'], ['json', 'json']]) {
    at(part).hidden = each !== form;
    at(`as-${each}`).ariaPressed = String(each === form);
  }
}
