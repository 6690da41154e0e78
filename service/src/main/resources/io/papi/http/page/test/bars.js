/** Rows as a bar chart, where each of them is a label and a number. */

import { element } from './element.js';
import { exactText, isNumber } from './json.js';

const MOST_BARS = 100;
const NUMERAL = /^-?\d+(\.\d+)?$/;

/**
 * A chart of rows, or undefined if they have none.
 *
 * A column that has the same value in all rows tells none of them from another, so it does not
 * count: of one clerk's months the clerk is left out. What is left must be two columns, one with a
 * label of its own for each row and one of numbers. Where both could be either, the first one is
 * the label, as what a report is grouped by usually comes first.
 *
 * @param rows as they were sent
 * @param columns of them, in their order
 */
export function barChart(rows, columns) {
  const [label, number] = chosen(rows, columns) ?? [];
  if (label === undefined) {
    return undefined;
  }
  const title = `${number} by ${label}`;
  const values = rows.map((row) => valueOf(row[number]));
  const least = Math.min(0, ...values);
  const span = Math.max(0, ...values) - least || 1;
  const cells = rows.flatMap((row, i) => [
    element('span', 'label', exactText(row[label])),
    bar((Math.min(0, values[i]) - least) / span, Math.abs(values[i]) / span),
    element('span', row[number] === null ? 'nothing' : 'number', row[number] === null ? 'NULL' : exactText(row[number])),
  ]);
  const bars = element('div', 'bars', ...cells);
  bars.role = 'img';
  bars.ariaLabel = `${title}, as bars; the table has the same numbers`;
  return element('figure', '', element('figcaption', '', title), bars);
}

function chosen(rows, columns) {
  if (rows.length < 2 || rows.length > MOST_BARS) {
    return undefined;
  }
  const telling = columns.length === 2 ? columns : columns.filter((column) => distinct(rows, column) > 1);
  if (telling.length !== 2) {
    return undefined;
  }
  return [telling, telling.toReversed()].find(
    ([label, number]) => isOfLabels(rows, label) && isOfNumbers(rows, number),
  );
}

function distinct(rows, column) {
  return new Set(rows.map((row) => JSON.stringify(row[column]))).size;
}

function isOfLabels(rows, column) {
  return distinct(rows, column) === rows.length && rows.every((row) => isNumber(row[column]) || typeof row[column] !== 'object');
}

/** Also of numbers of which the large ones are sent as texts. */
function isOfNumbers(rows, column) {
  const values = rows.map((row) => row[column]).filter((value) => value !== null);
  return values.some(isNumber) && values.every((value) => isNumber(value) || NUMERAL.test(value));
}

function valueOf(value) {
  return value === null ? 0 : Number(exactText(value));
}

/** A bar from a part of the width on, for a part of it. */
function bar(from, length) {
  const filled = element('span', 'bar');
  filled.style.marginLeft = `${100 * from}%`;
  filled.style.width = `${100 * length}%`;
  return element('span', 'track', filled);
}
