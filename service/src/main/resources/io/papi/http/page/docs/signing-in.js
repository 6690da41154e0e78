/** How a caller gives its key. */

import { element } from './element.js';

const WAYS = {
  bearer: 'Authorization: Bearer <key>',
  basic: 'Authorization: Basic <base64 of key:>',
};

/** A section where callers have to sign in; nothing else. */
export function signingInSection({ components: { securitySchemes } }) {
  if (!securitySchemes) {
    return [];
  }
  const ways = Object.values(securitySchemes).map((scheme) =>
    element(
      'div',
      '',
      element('dt', '', element('code', 'name', WAYS[scheme.scheme] ?? `${scheme.name}: <key>`)),
      element('dd', '', scheme.description),
    ),
  );
  return [
    element('h2', '', 'Signing in', element('span', '', ' Every request has a key, in one of these ways.')),
    element('section', 'operation', element('dl', 'parameters', ...ways)),
  ];
}
