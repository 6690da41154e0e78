/** The form: what can be asked of a dataset, and what is. */

import { choose, chosenColumns, offer } from './columns.js';
import { joinIds, splitIds } from './ids.js';
import { NO_CHOICE } from './query.js';

/** Ids that a table of whole-number keys most likely has; of text nothing is known. */
const EXAMPLE = '1,2,3';

const SHAPES = { array: 'array', object: 'object, for one id', map: 'map' };
const POLICIES = {
  omit: 'omit: nothing in their place',
  'not-found': 'not-found: 404 if none has one',
  default: 'default: the default row',
};
const FOR_ALL = 'default+unavailable';
const FOR_ALL_WORDS = 'default, also for unavailable ids';
const WORDS_OF_TEXTS = 'commas or lines; one with a comma in double quotes';
const LISTED = 'fields';
const VIEW = 'view:';

const at = (id) => document.getElementById(id);

let usual;

/** Offers what a dataset has; nothing is chosen. */
export function offerDataset({ key, keyType, columns, views, shape, missing, defaultRow }) {
  usual = { shape, missing };
  const isWhole = keyType === 'whole';
  at('separators').textContent = isWhole ? 'commas, semicolons, blanks or lines' : WORDS_OF_TEXTS;
  at('ids').placeholder = `values of ${key}`;
  if (at('ids').value === '' || at('ids').value === EXAMPLE) {
    at('ids').value = isWhole ? EXAMPLE : '';
    at('ids').select();
  }
  at('shape').replaceChildren(...options(SHAPES, shape));
  const policies = Object.entries(POLICIES).filter(([policy]) => policy !== 'default' || defaultRow);
  at('missing').replaceChildren(...options(Object.fromEntries(policies), missing));
  if (defaultRow) {
    at('missing').append(new Option(FOR_ALL_WORDS, FOR_ALL));
  }
  at('fields').replaceChildren(
    new Option('all columns', ''),
    ...Object.entries(views).map(([name, listed]) => new Option(`view ${name}: ${listed.join(', ')}`, VIEW + name)),
    new Option('columns that I choose …', LISTED),
  );
  offer(columns);
  showColumns();
}

/** Shows the columns to choose from where they are to be chosen one by one. */
export function showColumns() {
  at('columns').hidden = at('fields').value !== LISTED;
}

/** What is chosen, as query.js has it; what the configuration says anyway is not. */
export function choices() {
  const missing = at('missing').value;
  const fields = at('fields').value;
  return {
    ...NO_CHOICE,
    shape: at('shape').value === usual.shape ? '' : at('shape').value,
    missing: missing === FOR_ALL ? 'default' : missing === usual.missing ? '' : missing,
    isForAll: missing === FOR_ALL,
    view: fields.startsWith(VIEW) ? fields.slice(VIEW.length) : '',
    fields: fields === LISTED ? chosenColumns() : [],
  };
}

/** Chooses what an address says. */
export function setChoices({ shape, missing, isForAll, view, fields }) {
  select(at('shape'), shape || usual.shape);
  select(at('missing'), isForAll ? FOR_ALL : missing || usual.missing);
  // Where columns are to be chosen and none is yet, the boxes stay.
  const isListed = fields.length > 0 || (at('fields').value === LISTED && chosenColumns().length === 0);
  select(at('fields'), view ? VIEW + view : isListed ? LISTED : '');
  if (fields.length > 0) {
    choose(fields);
  }
  showColumns();
}

/** The ids that stand in the form. */
export function typedIds({ keyType }) {
  return splitIds(at('ids').value, keyType === 'whole');
}

/** Fills in ids. */
export function setIds(ids, { keyType }) {
  at('ids').value = joinIds(ids, keyType === 'whole');
}

/** Whether the ids are to be sent in a body. */
export function isInBody() {
  return at('sent').value === 'body';
}

/** Chooses whether they are. */
export function setInBody(inBody) {
  at('sent').value = inBody ? 'body' : 'path';
}

function options(words, usual) {
  return Object.entries(words).map(([value, text]) => {
    const isUsual = value === usual;
    return new Option(isUsual ? `${text}, as configured` : text, value, isUsual, isUsual);
  });
}

/** Selects a value, also one that is not offered: the service says what is wrong with it. */
function select(list, value) {
  list.value = value;
  if (list.selectedIndex < 0) {
    list.append(new Option(value, value, true, true));
  }
}
