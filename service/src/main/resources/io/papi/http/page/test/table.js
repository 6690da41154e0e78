/** Rows as a table. */

import { element } from './element.js';
import { exactText, isNumber } from './json.js';

/** A text of more characters is broken into lines. */
const LONG = 60;

/**
 * A table of rows.
 *
 * @param rows each with its id, if it is known, and whether it isDefault: the default row
 * @param key the column that has the id; where the rows lack it, the ids have a column of their own
 * @param order the columns in the order in which they were asked for, if it is known
 */
export function table(rows, key, order) {
  const columns = columnsOf(rows, order);
  const hasIds = !columns.includes(key) && rows.every(({ id }) => id !== undefined);
  const head = columns.map((column) => headCell(column, rows.some(({ row }) => isNumber(row[column]))));
  const body = rows.map(({ id, row, isDefault }) => {
    const cells = columns.map((column) => dataCell(row[column], isDefault && column === key));
    return element('tr', isDefault ? 'default' : '', ...(hasIds ? [idCell(id, isDefault)] : []), ...cells);
  });
  return element(
    'table',
    '',
    element('thead', '', element('tr', '', ...(hasIds ? [headCell('id', false)] : []), ...head)),
    element('tbody', '', ...body),
  );
}

/** In the order asked: a script has members whose names are numbers before all others. */
export function columnsOf(rows, order) {
  const columns = new Set(rows.flatMap(({ row }) => Object.keys(row)));
  return [...new Set([...order.filter((column) => columns.has(column)), ...columns])];
}

function headCell(name, isOfNumbers) {
  const cell = element('th', isOfNumbers ? 'number' : '', name);
  cell.scope = 'col';
  return cell;
}

function idCell(id, isDefault) {
  const cell = element('th', 'id', id, ...mark(isDefault));
  cell.scope = 'row';
  return cell;
}

function dataCell(value, isMarked) {
  if (value === null || value === undefined) {
    return element('td', '', element('span', 'nothing', 'NULL'));
  }
  if (value === '') {
    return element('td', '', element('span', 'nothing', 'empty'));
  }
  if (isNumber(value)) {
    return element('td', 'number', ...mark(isMarked), exactText(value));
  }
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return element('td', text.length > LONG ? 'long' : '', text, ...mark(isMarked));
}

function mark(isMarked) {
  return isMarked ? [element('span', 'mark', 'default row')] : [];
}
