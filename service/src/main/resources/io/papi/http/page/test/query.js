/**
 * What was chosen for a request: its query string and back, or members of its body. What was not
 * chosen is not in it: there the dataset's configuration decides.
 */

import { encode, encodeAll } from './request.js';

/** Nothing is chosen. */
export const NO_CHOICE = { shape: '', missing: '', isForAll: false, view: '', fields: [] };

/**
 * The query string of choices.
 *
 * @param choices shape, missing and view by their names, '' where nothing is chosen; isForAll:
 *     whether the default row is also for what could not be answered; fields: columns in order
 */
export function queryOf({ shape, missing, isForAll, view, fields }) {
  return [
    shape && `shape=${encode(shape)}`,
    fields.length > 0 && `fields=${encodeAll(fields)}`,
    view && `view=${encode(view)}`,
    missing && `missing=${encode(missing)}`,
    isForAll && 'unavailable=default',
  ]
    .filter(Boolean)
    .join('&');
}

/** The same choices as members of a body. */
export function membersOf({ shape, missing, isForAll, view, fields }) {
  return {
    ...(shape && { shape }),
    ...(fields.length > 0 && { fields }),
    ...(view && { view }),
    ...(missing && { missing }),
    ...(isForAll && { unavailable: 'default' }),
  };
}

/** The choices of a query string. */
export function choicesOf(query) {
  const given = new URLSearchParams(query.replaceAll('+', '%2B'));
  const fields = given.get('fields');
  return {
    shape: given.get('shape') ?? '',
    missing: given.get('missing') ?? '',
    isForAll: given.has('unavailable'),
    view: given.get('view') ?? '',
    fields: fields ? fields.split(',') : [],
  };
}
