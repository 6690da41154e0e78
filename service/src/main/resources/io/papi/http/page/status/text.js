/** Numbers in words; what is not known is a dash. */

export const NONE = '–';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** A whole number. */
export function count(value) {
  return value === undefined || Number.isNaN(value) ? NONE : whole.format(value);
}

/** A number with one decimal place, or with none from a hundred up. */
export function decimal(value) {
  return (value < 99.95 ? fine : whole).format(value);
}

/** A part of one, in per cent. */
export function part(value) {
  return value === undefined || Number.isNaN(value) ? NONE : percent.format(value);
}

/** A time in three digits; beyond the last bucket's bound nothing is known. */
export function time(seconds, lastBound) {
  if (seconds === undefined) {
    return NONE;
  }
  if (seconds === Infinity) {
    return `over ${time(lastBound)}`;
  }
  const ms = seconds * 1_000;
  if (ms < 0.1) {
    return '< 0.1 ms';
  }
  return ms < 999.5 ? `${Number(ms.toPrecision(ms < 100 ? 2 : 3))} ms` : `${Number(seconds.toPrecision(2))} s`;
}

/** A length of time, in its two largest units. */
export function duration(seconds) {
  if (seconds === undefined) {
    return NONE;
  }
  const units = [['d', 86_400], ['h', 3_600], ['min', 60], ['s', 1]];
  let left = Math.floor(seconds);
  const texts = units.map(([unit, length]) => {
    const number = Math.floor(left / length);
    left -= number * length;
    return number > 0 ? `${number} ${unit}` : '';
  });
  return texts.filter((text) => text !== '').slice(0, 2).join(' ') || '0 s';
}

/** An amount of memory, and how much it may be at most, if there is a bound; without any a dash. */
export function memory({ used, max } = {}) {
  if (used === undefined || Number.isNaN(used)) {
    return NONE;
  }
  return max > 0 ? `${bytes(used)} of ${bytes(max)}` : `${bytes(used)}, no limit`;
}

/** An amount of memory. */
export function bytes(number) {
  const mebibytes = number / 1_048_576;
  return mebibytes < 1_024 ? `${count(mebibytes)} MiB` : `${decimal(mebibytes / 1_024)} GiB`;
}
