/** Datasets: what is asked of one, and what its answer says. */

import { addressOf, addressWithoutIds, readAddress } from './address.js';
import { countOf, readAnswer } from './answer.js';
import { chosenColumns, offer as offerColumns } from './columns.js';
import { choices, isInBody, offerDataset, setChoices, setIds, setInBody, typedIds } from './form.js';
import { folded } from './ids.js';
import { indent } from './json.js';
import { choicesOf, membersOf, queryOf } from './query.js';
import { pathOf, send } from './request.js';
import { inShort, readSource } from './source.js';
import { table } from './table.js';
import { count, idsNote, showFound, showProblem } from './view.js';

/** What its calls are to those who paste them. */
export const NAME = 'dataset';

const at = (id) => document.getElementById(id);

/** A dataset by each of its keys, its own first. Beside others, a label says which it is. */
export function byEachKey({ keys, ...dataset }) {
  const { name, key } = dataset;
  return [
    { ...dataset, fold: 'none', label: keys.length === 0 ? name : `${name} by ${key}` },
    ...keys.map((other) => ({
      ...dataset,
      name: `${name}/${other.name}`,
      label: `${name} by ${other.name}`,
      ownKey: key,
      key: other.column,
      keyType: other.keyType,
      fold: other.fold,
    })),
  ];
}

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

/** Fills in what an address says. It has no ids where they are sent in a body: those that are typed stay. */
export function fill(dataset, address) {
  const { ids, query } = readAddress(address, [dataset.name]);
  if (ids.length > 0) {
    setIds(ids, dataset);
  }
  setInBody(ids.length === 0);
  setChoices(choicesOf(query));
  return asked(dataset);
}

/**
 * The request for what is chosen.
 *
 * @return path: what is sent; body: what is posted, if anything is; ids: those in either; form: what
 *     else is in the body; isInAddress: whether the page's address has all of it; addressIn: its place
 *     there, with the dataset's name where there are several; wordsIn: the same for a person; refill:
 *     types the ids again; run: sends it, shows the answer, and returns that with from: in short where
 *     it came from
 */
export function asked(dataset) {
  const ids = typedIds(dataset);
  const chosen = choices();
  const query = queryOf(chosen);
  const typed = at('ids').value;
  const inBody = isInBody();
  const form = inBody ? membersOf(chosen) : undefined;
  const path = inBody ? `/${dataset.name}` : pathOf(dataset.name, ids, query);
  const body = inBody ? JSON.stringify({ ids: ids.map((id) => id.toWellFormed()), ...form }) : undefined;
  return {
    path,
    body,
    ids,
    form,
    isInAddress: !inBody,
    addressIn: (isNamed) =>
      inBody ? addressWithoutIds(dataset.name, query) : addressOf(isNamed ? dataset.name : '', ids, query),
    wordsIn: (isNamed) => [inBody && 'POST', isNamed && dataset.name, typed, query].filter(Boolean).join(' '),
    refill: () => {
      at('ids').value = typed;
    },
    run: async (pastCaches, signal) => {
      const answer = await send(path, body, pastCaches, signal);
      return { ...answer, from: show(dataset, [...new Set(ids.map((id) => folded(id, dataset.fold)))], chosen, answer) };
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
