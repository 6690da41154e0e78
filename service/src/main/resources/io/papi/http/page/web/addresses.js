/** Addresses that platforms call. */

/** The address with the platform's id in it. A report is asked for as JSON. */
export function addressOf(call, id) {
  const [before, after] = addressAround(call, 'object');
  return call.ids ? before + id + after : before;
}

/** The address before the id and after it; that of a report is all before. */
export function addressAround({ ids, start, query, url }, shape) {
  return ids ? [start, withQuery(`?${query}`, { shape })] : [withQuery(url, { format: undefined }), ''];
}

/** With another value of a parameter, or without it. */
export function withQuery(address, changed) {
  const [, path, query] = /^([^?]*)\??(.*)$/s.exec(address);
  const [[name, value]] = Object.entries(changed);
  const others = query.split('&').filter((pair) => pair !== '' && pair.split('=')[0] !== name);
  const pairs = value === undefined ? others : [...others, `${name}=${value}`];
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}
