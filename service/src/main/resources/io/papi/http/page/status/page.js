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

await rememberEarlier();
look();

/** What the service noted before this page was opened; without it the lines begin now. */
async function rememberEarlier() {
  try {
    const answer = await get('/status/history.json');
    const now = performance.now();
    for (const { age, metrics } of await answer.json()) {
      note(readingOf(parse(metrics), now - age));
    }
  } catch (error) {
    console.debug('nothing from before', error);
  }
}

async function look() {
  const time = performance.now();
  try {
    const reading = readingOf(parse(await (await get('/metrics')).text()), time);
    show({ reading, recent: note(reading), all: sinceStart(reading), points, span: HISTORY_MS });
  } catch (error) {
    points.push({ time, values: {} });
    showTrouble(error, PERIOD_MS / 1_000);
  }
  setTimeout(look, Math.max(0, time + PERIOD_MS - performance.now()));
}

async function get(path) {
  const answer = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(5 * PERIOD_MS) });
  if (!answer.ok) {
    throw new Error(`GET ${path} is answered ${answer.status}`);
  }
  return answer;
}

/** Adds a reading to the lines; returns the figures of the last seconds, if there is one before. */
function note(reading) {
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
  return recent;
}

function valuesOf(reading, recent) {
  const { p50, p90, p99, perSecond, layers } = recent ?? {};
  const cached = layers?.ids > 0 ? layers.cached / layers.ids : undefined;
  return { p50, p90, p99, perSecond, cached, heap: reading.heapUsed };
}
