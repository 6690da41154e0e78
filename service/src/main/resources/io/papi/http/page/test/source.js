/** Where an answer came from, read from Cache-Status (RFC 9211) and Server-Timing. */

const NAMES = { near: "this process's memory", redis: 'Redis', store: 'the store' };
const SHORT_NAMES = { near: 'memory', redis: 'Redis', store: 'store' };

/**
 * Reads the headers of an answer to so many ids.
 *
 * @return parts: the layers that answered, each with the number of ids and its milliseconds;
 *     passed: what was asked and had none of them; isShared: whether the load was another
 *     request's too; staleSeconds: how far the oldest row is past its fresh time, or 0
 */
export function readSource(headers, ids) {
  const caches = readCaches(headers.get('Cache-Status') ?? '');
  const times = readTimes(headers.get('Server-Timing') ?? '');
  const members = Object.values(caches);
  const parts = [];
  let left = ids;
  for (const layer of Object.keys(NAMES)) {
    const isAsked = layer === 'store' ? layer in times : layer in caches;
    const answered = layer === 'store' && isAsked ? left : answeredBy(caches[layer], left);
    if (answered > 0) {
      parts.push({ layer, ids: answered, ms: layer === 'near' ? undefined : times[layer] });
    }
    left -= answered;
  }
  return {
    parts,
    passed: 'redis' in times && parts.every((part) => part.layer !== 'redis') ? times.redis : null,
    isShared: members.some((member) => member.collapsed),
    staleSeconds: Math.max(0, ...members.map((member) => -(member.ttl ?? 0))),
  };
}

/** Each part in words: "from Redis, 0.4 ms", or of several "7 of 10 from Redis, 0.4 ms". */
export function inWords({ parts, passed, isShared }) {
  const all = parts.reduce((sum, part) => sum + part.ids, 0);
  return parts.map(({ layer, ids, ms }) => {
    const count = ids === all ? '' : `${ids} of ${all} `;
    const time = ms === undefined ? '' : `, ${milliseconds(ms)}`;
    const shared = isShared && layer === 'store' ? ', a load shared with another request' : '';
    const after = passed !== null && layer === 'store' ? ` (not in Redis, ${milliseconds(passed)})` : '';
    return { layer, text: `${count}from ${NAMES[layer]}${time}${shared}${after}` };
  });
}

/** The layers alone: "memory, store". */
export function inShort({ parts, staleSeconds }) {
  const layers = parts.map((part) => SHORT_NAMES[part.layer]).join(', ');
  return staleSeconds > 0 ? `${layers}, stale` : layers;
}

/** A time to one decimal place, or to none from ten up. */
export function milliseconds(ms) {
  if (ms < 0.05) {
    return 'under 0.1 ms';
  }
  return `${ms < 9.95 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

function answeredBy(cache, left) {
  if (!cache) {
    return 0;
  }
  const part = /^(\d+)\/\d+$/.exec(cache.detail ?? '');
  return cache.hit ? left : Math.min(left, part ? Number(part[1]) : 0);
}

/** The members by the cache's name, each with its parameters. */
function readCaches(header) {
  const caches = {};
  for (const member of split(header, ',')) {
    const [name, ...parameters] = split(member, ';');
    caches[name] = Object.fromEntries(parameters.map(readParameter));
  }
  return caches;
}

function readParameter(parameter) {
  const [, name, value] = /^([^=]*)=?"?([^"]*)/.exec(parameter);
  return [name, parameter.includes('=') ? value : true];
}

/** The parts between separators that are not within quotation marks. */
function split(text, separator) {
  const parts = text.match(new RegExp(`("[^"]*"|[^"${separator}])+`, 'g')) ?? [];
  return parts.map((part) => part.trim());
}

function readTimes(header) {
  const times = {};
  for (const [, name, ms] of header.matchAll(/([\w-]+)\s*;\s*dur=([\d.]+)/g)) {
    times[name] = Number(ms);
  }
  return times;
}
