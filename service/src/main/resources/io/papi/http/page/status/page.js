/** The status page: looks at the service's metrics again and again, and shows what they say. */

import { parse } from './exposition.js';
import { between, isRestarted, sinceStart } from './figures.js';
import { readingOf } from './reading.js';
import { show, showTrouble } from './view.js';

const PERIOD_MS = 2_000;
const RECENT_MS = 10_000;
const HISTORY_MS = 300_000;

let readings = [];
let points = [];

look();

async function look() {
  const time = performance.now();
  try {
    add(readingOf(parse(await metrics()), time));
  } catch (error) {
    points.push({ time, values: {} });
    showTrouble(error, PERIOD_MS / 1_000);
  }
  setTimeout(look, Math.max(0, time + PERIOD_MS - performance.now()));
}

async function metrics() {
  const answer = await fetch('/metrics', { cache: 'no-store', signal: AbortSignal.timeout(5 * PERIOD_MS) });
  if (!answer.ok) {
    throw new Error(`GET /metrics is answered ${answer.status}`);
  }
  return answer.text();
}

function add(reading) {
  if (readings.length > 0 && isRestarted(readings.at(-1), reading)) {
    readings = [];
  }
  // One reading is as old as a recent figure needs at least, the others are younger.
  while (readings.length > 1 && reading.time - readings[1].time >= RECENT_MS - PERIOD_MS / 2) {
    readings.shift();
  }
  const recent = readings.length > 0 ? between(readings[0], reading) : undefined;
  readings.push(reading);
  points = points.filter(({ time }) => reading.time - time <= HISTORY_MS);
  points.push({ time: reading.time, values: valuesOf(reading, recent) });
  show({ reading, recent, all: sinceStart(reading), points, span: HISTORY_MS });
}

function valuesOf(reading, recent) {
  const { p50, p90, p99, perSecond, layers } = recent ?? {};
  const cached = layers?.ids > 0 ? layers.cached / layers.ids : undefined;
  return { p50, p90, p99, perSecond, cached, heap: reading.heapUsed };
}
