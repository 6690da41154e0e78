/** Datasets: what is asked of one, and what its answer says. */

import { addressOf, readAddress } from './address.js';
import { countOf, readAnswer } from './answer.js';
import { chosenColumns, offer as offerColumns } from './columns.js';
import { choices, offerDataset, setChoices, typedIds } from './form.js';
import { indent } from './json.js';
import { choicesOf, queryOf } from './query.js';
import { pathOf, send } from './request.js';
import { inShort, readSource } from './source.js';
import { table } from './table.js';
import { count, idsNote, showFound, showProblem } from './view.js';

/** What its calls are to those who paste them. */
export const NAME = 'dataset';

const at = (id) => document.getElementById(id);

/** Offers what a dataset has. */
export function offer(dataset) {
  offerDataset(dataset);
}

/** Where to begin. */
export function focus() {
  at('ids').focus();
}

/** Offers columns that were not known before. */
export function learn({ columns }) {
  offerColumns(columns, chosenColumns());
}

/** Fills in what an address says. */
export function fill(dataset, address) {
  const { typed, query } = readAddress(address);
  at('ids').value = typed;
  setChoices(choicesOf(query));
  return asked(dataset);
}

/**
 * The request for what is chosen.
 *
 * @return path: what is sent; ids: those in it; addressIn: its place in the page's address, with the dataset's name
 *     where there are several; wordsIn: the same for a person; run: sends it, shows the answer, and
 *     returns that with from: in short where it came from
 */
export function asked(dataset) {
  const ids = typedIds(dataset);
  const chosen = choices();
  const query = queryOf(chosen);
  const typed = at('ids').value;
  const path = pathOf(dataset.name, ids, query);
  return {
    path,
    ids,
    addressIn: (isNamed) => addressOf(isNamed ? dataset.name : '', ids, query),
    wordsIn: (isNamed) => [isNamed && dataset.name, typed, query].filter(Boolean).join(' '),
    run: async (pastCaches, signal) => {
      const answer = await send(path, pastCaches, signal);
      return { ...answer, from: show(dataset, [...new Set(ids)], chosen, answer) };
    },
  };
}

function show({ key, columns, views, shape }, ids, { shape: asked, view, fields }, answer) {
  const read = answer.isOk && readAnswer(answer, ids, asked || shape, key);
  if (!read) {
    showProblem(answer);
    return answer.status;
  }
  const { rows, missing, missingCount, unavailable, defaulted, standIns } = read;
  const source = readSource(answer.headers, ids.length - countOf(unavailable) - countOf(standIns));
  const order = view ? (views[view] ?? []) : fields.length > 0 ? fields : columns;
  const isDefault = new Set([defaulted, standIns].filter(Array.isArray).flat());
  const marked = rows.map((each) => ({ ...each, isDefault: isDefault.has(each.id) }));
  showFound({
    answer,
    what: `${count(rows.length, 'row')} for ${count(ids.length, 'id')}`,
    source,
    aged: rows.length === 0 ? '' : rows.length > 1 ? 'a row is' : 'the row is',
    isAbsence: missingCount > 0 || countOf(defaulted) > 0,
    notes: [
      ...idsNote('missing', 'Not found', missing.length > 0 ? missing : missingCount),
      ...idsNote('bad', 'Could not be answered', unavailable),
      ...idsNote('missing', 'Not found, so the default row is shown', defaulted),
      ...idsNote('stale', 'Could not be answered, so the default row is shown', standIns),
    ],
    table: rows.length > 0 ? table(marked, key, order) : undefined,
    format: 'json',
    text: indent(answer.text),
  });
  return inShort(source);
}
