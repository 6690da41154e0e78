/** What the figures look like. */

import { draw, logarithmic, upTo } from './chart.js';
import { element } from './element.js';
import { OBJECTIVE_SECONDS } from './figures.js';
import { bytes, count, decimal, duration, memory, NONE, part, time } from './text.js';

const LAYERS = { near: 'Memory', redis: 'Redis', store: 'Store' };
const BREAKERS = {
  store: { closed: 'in use', open: 'left alone', trial: 'on trial, one load at a time' },
  redis: { closed: 'in use', open: 'by-passed', trial: 'on trial' },
};
const BREAKER_STATES = ['closed', 'open', 'trial'];
const OPEN = 1;

/** The name of whoever has no known key. */
const UNNAMED = 'none';

const MOST_ERRORS = 0.001;
const MOST_SLOW = 0.1;

const at = (id) => document.getElementById(id);

let shownAt;

/** Shows the figures of now, of the last seconds (undefined at the first reading), and of all time. */
export function show({ reading, recent, all, points, span }) {
  shownAt = new Date();
  at('trouble').hidden = true;
  at('figures').classList.remove('old');
  showStates(statesOf(reading, recent));
  const { version, uptime } = reading;
  at('process').textContent = `${version ?? 'unknown build'}, up ${duration(uptime)}`;
  const label = recent === undefined ? 'now' : `last ${count(Math.max(1, recent.seconds))} s`;
  document.querySelectorAll('.recent').forEach((each) => (each.textContent = label));
  showTimes(recent, all, label, points, span);
  showRequests(recent, all, points, span);
  showCallers(recent, all);
  showLayers(recent?.layers, all.layers, points, span);
  showRoom(reading, recent, all);
  at('stale').replaceChildren(...counts(recent?.stale, all.stale, 'stale'));
  showParts(reading, recent, all);
  showPressure(reading, recent, all);
  showMachine(reading, points, span);
  at('collections').replaceChildren(...counts(recent?.collections, all.collections, ''));
}

/** Shows that the metrics could not be had, and that what is shown is old. */
export function showTrouble(error, seconds) {
  showStates([['No answer', 'bad']]);
  const since =
    shownAt === undefined ? '' : ` What is shown is of ${shownAt.toLocaleTimeString('en-GB')}.`;
  at('trouble').textContent =
    `The service was not reached, or its metrics could not be read: ${error.message}.${since}` +
    ` It is asked again every ${seconds} s.`;
  at('trouble').hidden = false;
  at('figures').classList.add('old');
}

/** What is wrong, in the words of the runbook (spcs/README.md), or that nothing is. */
function statesOf({ breakers, pools, redis }, recent) {
  const { connections: refused = 0, ...others } = recent?.rejected ?? {};
  const turnedAway = recent === undefined ? 0 : sum(others) + recent.late;
  const wrong = [
    [storeBreaker(breakers).state > 0, 'The store is left alone', 'bad'],
    [recent?.errorPart > MOST_ERRORS, 'Answers fail', 'bad'],
    [recent?.slowPart > MOST_SLOW, 'Answers are slow', 'bad'],
    [recent?.stale > 0, 'Stale rows are served', 'stale'],
    [redisBreaker(breakers).state > 0, 'Redis is down', 'stale'],
    [redis.role === 'replica', 'Redis is a replica', 'bad'],
    [turnedAway > 0 || pools.some(({ waiting }) => waiting > 0), 'The pool is used up', 'stale'],
    [refused > 0, 'Too many connections', 'bad'],
  ].filter(([isSo]) => isSo);
  if (wrong.length > 0) {
    return wrong.map(([, text, kind]) => [text, kind]);
  }
  if (recent === undefined) {
    return [['Measuring …', '']];
  }
  return recent.requests > 0 ? [['Inside the objectives', 'good']] : [['No traffic', '']];
}

function showStates(states) {
  const text = states.map(([each]) => each).join(', ');
  // An unchanged state is not announced again.
  if (at('states').dataset.text !== text) {
    at('states').dataset.text = text;
    at('states').replaceChildren(...states.map(([each, kind]) => element('li', `state ${kind}`.trim(), each)));
  }
}

function showTimes(recent, all, label, points, span) {
  for (const name of ['p50', 'p90', 'p99']) {
    const [now, ever] = at('time').querySelectorAll(`.${name} dd`);
    now.textContent = time(recent?.[name], recent?.lastBound);
    ever.textContent = all[name] === undefined ? 'no requests yet' : `${time(all[name], all.lastBound)} since start`;
    now.title = label;
  }
  at('slow').replaceChildren(...parts(recent?.slowPart, all.slowPart, MOST_SLOW));
  at('reports').hidden = all.reportP90 === undefined;
  at('reports').querySelector('dd').replaceChildren(
    time(recent?.reportP90, recent?.lastBound),
    element('span', 'hint', ` · ${time(all.reportP90, all.lastBound)} since start`),
  );
  draw(at('time').querySelector('svg'), {
    points,
    lines: ['p99', 'p50', 'p90'],
    span,
    height: logarithmic(0.000_1, 2),
    rules: [OBJECTIVE_SECONDS],
  });
}

function showRequests(recent, all, points, span) {
  at('rate').replaceChildren(recent === undefined ? NONE : decimal(recent.perSecond), element('small', '', ' a second'));
  at('total').textContent = `${count(all.requests)} since start`;
  const rows = Object.keys(all.statuses)
    .sort()
    .map((status) =>
      row(
        element('span', `dot ${status >= '500' ? 'bad' : status >= '400' ? 'stale' : 'good'}`, status),
        count(recent && (recent.statuses[status] ?? 0)),
        count(all.statuses[status]),
      ),
    );
  at('statuses').replaceChildren(...(rows.length > 0 ? rows : [row('none yet', NONE, NONE)]));
  const most = mostOf('perSecond', points);
  at('busiest').textContent = most > 0 ? `at most ${decimal(most)} a second` : '';
  draw(at('requests').querySelector('svg'), { points, lines: ['perSecond'], span, height: upTo(most * 1.1) });
}

/** Who calls, and how many of its requests it may not make; nothing where everybody may call. */
function showCallers(recent, all) {
  const names = Object.keys(all.callers).sort();
  at('callers').hidden = names.length === 0;
  at('by-caller').replaceChildren(
    ...names.map((name) => {
      const refused = counts(recent && (recent.refused[name] ?? 0), all.refused[name] ?? 0, 'stale');
      return row(
        name === UNNAMED ? 'not known' : name,
        recent === undefined ? NONE : decimal((recent.callers[name] ?? 0) / recent.seconds),
        element('span', '', ...refused),
      );
    }),
  );
}

function showLayers(recent, all, points, span) {
  draw(at('layers').querySelector('svg'), { points, lines: ['cached'], span, height: upTo(1.05) });
  if (all === undefined) {
    at('cached').textContent = 'No cache';
    at('cached-total').textContent = 'every id is asked of the store';
    at('shares').replaceChildren();
    at('by-layer').replaceChildren(row('none', NONE, NONE));
    return;
  }
  at('cached').textContent = recent?.ids > 0 ? part(recent.cached / recent.ids) : NONE;
  at('cached-total').textContent =
    all.ids > 0 ? `${part(all.cached / all.ids)} of ${count(all.ids)} since start` : 'no ids yet';
  const shown = recent?.ids > 0 ? recent : all;
  at('shares').replaceChildren(
    ...Object.entries(shown.parts).map(([layer, ids]) => {
      const share = element('span', layer);
      share.style.flexGrow = String(ids);
      return share;
    }),
  );
  at('by-layer').replaceChildren(
    ...Object.keys(LAYERS).map((layer) =>
      layer in all.parts
        ? row(element('span', `part ${layer}`, LAYERS[layer]), share(recent, layer), share(all, layer))
        : row(element('span', 'part', LAYERS[layer]), 'off', 'off'),
    ),
  );
}

/** How full the caches are, and what had to go for room. */
function showRoom({ near, redis }, recent, all) {
  at('near-memory').textContent = memory(near);
  const role = redis.role === undefined || redis.role === 'unknown' ? '' : `, ${redis.role}`;
  at('redis-memory').replaceChildren(
    memory(redis),
    element('span', redis.role === 'replica' ? 'bad-text' : '', role),
  );
  at('near-evicted').replaceChildren(...counts(recent?.evicted.near, all.evicted.near, ''));
  at('redis-evicted').replaceChildren(...counts(recent?.evicted.redis, all.evicted.redis, ''));
}

function share(layers, layer) {
  if (layers === undefined) {
    return NONE;
  }
  const ids = layers.parts[layer];
  return layers.ids > 0 ? `${count(ids)} · ${part(ids / layers.ids)}` : '0';
}

/**
 * The state of the store: the server's where that is left alone, be it by queries only, else the
 * worst of the datasets and queries, and which these are.
 */
function storeBreaker(breakers) {
  const { store, queries } = breakers;
  if (store > 0 || (store === undefined && queries === undefined)) {
    return { state: store, of: '' };
  }
  if (queries > 0) {
    return { state: queries, of: ', queries' };
  }
  const prefix = 'store/';
  const each = Object.entries(breakers).filter(([name]) => name.startsWith(prefix));
  const worst = each.some(([, state]) => state === OPEN) ? OPEN : Math.max(0, ...each.map(([, state]) => state));
  const names = each.filter(([, state]) => state === worst).map(([name]) => name.slice(prefix.length));
  return { state: worst, of: worst > 0 ? `, ${names.join(', ')}` : '' };
}

/** The state of Redis: of the connections of rows where they are by-passed, else of those of queries. */
function redisBreaker({ redis, 'redis/queries': queries }) {
  return redis > 0 || !(queries > 0) ? { state: redis ?? queries, of: '' } : { state: queries, of: ', queries' };
}

function showParts({ breakers, pools }, recent, all) {
  const shown = { store: storeBreaker(breakers), redis: redisBreaker(breakers) };
  at('breakers').replaceChildren(
    ...Object.entries(BREAKERS).map(([name, words]) => {
      const state = BREAKER_STATES[shown[name].state];
      const kind = state === undefined ? 'off' : state === 'closed' ? 'good' : name === 'store' ? 'bad' : 'stale';
      const text = state === undefined ? 'not used' : `breaker ${state === 'trial' ? 'half-open' : state}: ${words[state]}${shown[name].of}`;
      return line(LAYERS[name], element('span', `dot ${kind}`, text));
    }),
  );
  at('pools').replaceChildren(
    ...(pools.length > 0 ? pools.map(pool) : [element('p', 'hint', 'No connection pool has metrics.')]),
  );
  at('statements').replaceChildren(...counts(recent?.statements, all.statements, ''));
}

function pool({ name, max, active, idle, waiting }) {
  const busy = element('span', 'busy');
  const free = element('span', 'free');
  busy.style.flexGrow = String(active);
  free.style.flexGrow = String(Math.max(0, max - active));
  const bar = element('div', 'bar', busy, free);
  const text = `${active} active, ${idle} idle, ${waiting} waiting; at most ${max}`;
  bar.role = 'img';
  bar.ariaLabel = text;
  const words = element('span', waiting > 0 ? 'stale-text' : '', text);
  return element('div', 'pool', element('dl', 'lines', line(`Connections, ${name}`, words)), bar);
}

function showPressure({ inflight, connections }, recent, all) {
  at('inflight').textContent = count(inflight);
  at('connections').textContent = count(connections);
  const reasons = Object.entries(all.rejected).filter(([, ids]) => ids > 0);
  const why = reasons.map(([reason, ids]) => `${reason} ${count(ids)}`).join(', ');
  at('rejected').replaceChildren(...counts(recent && sum(recent.rejected), sum(all.rejected), 'bad'));
  at('rejected').title = why;
  at('late').replaceChildren(...counts(recent?.late, all.late, 'bad'));
}

function showMachine({ heapUsed, heapMax, cpu, threads, files, maxFiles }, points, span) {
  const isKnown = heapUsed !== undefined && heapMax !== undefined;
  at('heap').textContent = isKnown ? `${bytes(heapUsed)} of ${bytes(heapMax)}` : NONE;
  at('cpu').textContent = part(cpu);
  at('threads').textContent = count(threads);
  at('files').textContent = `${count(files)} of ${count(maxFiles)}`;
  const most = mostOf('heap', points);
  at('fullest').textContent = most > 0 ? `at most ${bytes(most)}` : '';
  draw(at('machine').querySelector('svg'), { points, lines: ['heap'], span, height: upTo(most * 1.1) });
}

function mostOf(name, points) {
  return Math.max(0, ...points.map(({ values }) => values[name] ?? 0));
}

function row(name, ...values) {
  const head = element('th', '', name);
  head.scope = 'row';
  return element('tr', '', head, ...values.map((value) => element('td', 'number', value)));
}

function line(name, value) {
  return element('div', '', element('dt', '', name), element('dd', '', value));
}

/** A count of the last seconds, marked if there is any, and of all time. */
function counts(recent, all, mark) {
  const now = element('span', recent > 0 && mark !== '' ? `${mark}-text` : '', count(recent));
  return [now, element('span', 'hint', ` · ${count(all)} since start`)];
}

/** A part of the last seconds, marked if it is too much, and of all time. */
function parts(recent, all, most) {
  const now = element('span', recent > most ? 'bad-text' : '', part(recent));
  return [now, element('span', 'hint', ` · ${part(all)} since start`)];
}

function sum(values) {
  return Object.values(values).reduce((all, value) => all + value, 0);
}
