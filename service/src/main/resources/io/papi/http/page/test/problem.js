/** Errors in plain words. */

const WORDS = {
  400: 'The request has to be changed; nothing was looked up.',
  404: 'With missing=omit the same request is answered 200.',
  422: 'An answer is never cut short.',
  502: 'Asking again does not help: the table or a row in it has to be mended first.',
  503: 'The service cannot ask its store now. What it does not remember has to wait.',
  504: 'The store took too long. It goes on reading, so another try may be answered at once.',
};
const OF_QUERIES = {
  ...WORDS,
  502: 'Asking for the same again does not help: other values may, or the table or the query has to be mended first.',
};
const OF_STREAMS = {
  ...OF_QUERIES,
  503: 'Either as many streams run as may run at once, or the service cannot ask its store now.',
  504: 'The store took too long to begin.',
};
const WORDS_BY_KIND = { dataset: WORDS, query: OF_QUERIES, stream: OF_STREAMS };

/**
 * What a problem (RFC 9457), or anything unforeseen in its place, means to a person.
 *
 * @param kind of what was asked: dataset, query or stream
 * @return reason: what the service says; advice: what that means; missing and unavailable: the ids
 *     that it names; wait: the seconds after which another try is welcome, or null
 */
export function readProblem({ status, text, body, headers }, kind) {
  const { detail } = body ?? {};
  const missing = listOf(body?.missing);
  const isNoDataset = status.startsWith('404') && missing.length === 0;
  return {
    reason: detail || text.slice(0, 500) || 'The answer is empty.',
    advice: isNoDataset ? '' : (WORDS_BY_KIND[kind][status.slice(0, 3)] ?? ''),
    missing,
    unavailable: listOf(body?.unavailable),
    wait: headers.get('Retry-After'),
  };
}

function listOf(ids) {
  return Array.isArray(ids) ? ids.map(String) : [];
}
