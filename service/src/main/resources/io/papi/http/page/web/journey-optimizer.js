/** A custom action of Adobe Journey Optimizer, as what is to be filled into its form. */

import { addressOf } from './addresses.js';
import { inShape } from './body.js';
import { attributeNote, attributeOf, sentences } from './recipient.js';

const PROFILE = 'ExperiencePlatform.Profile.profile';

const NAMES = {
  id: `${PROFILE}.customerId`,
  email: `${PROFILE}.personalEmail.address`,
  other: (name) => `${PROFILE}.${name}`,
};

/** What is to be done beside pasting, and what does not work. */
export function note(call) {
  const { ids, members, hasKey } = call;
  return sentences(
    'Fill in the form of a custom action; response is its payload.',
    members && 'In request, ids is a variable and the others are constants. In the journey, ids is the expression that stands below.',
    ids &&
      !members &&
      'The path is an expression of the journey. Adobe encodes nothing in it, so an id may have letters, digits and - . _ ~ @ + only.',
    !ids && 'Adobe reads objects only, and a report is an array: a journey knows no more of it than that it was answered.',
    attributeNote(call),
    hasKey && 'Write the key in place of PAPI_KEY.',
  );
}

export function text(call) {
  const { ids, members, hasKey, column } = call;
  const row = { [column]: '' };
  const profile = ids && `#{${attributeOf(call, NAMES)}}`;
  return JSON.stringify(
    {
      name: 'papi',
      ...(members ? posted(call, profile) : got(call, profile)),
      authentication: hasKey ? { type: 'API key', name: 'X-API-Key', value: 'PAPI_KEY', location: 'header' } : { type: 'No authentication' },
      response: ids ? row : [row],
    },
    null,
    2,
  );
}

function got(call, profile) {
  const [url, query = ''] = addressOf(call, '').split('?');
  return {
    url,
    ...(profile && { path: profile }),
    method: 'GET',
    queryParameters: query
      .split('&')
      .filter(Boolean)
      .map((pair) => {
        const [, name, value] = /^([^=]*)=?(.*)$/.exec(pair);
        return { name: decoded(name), value: decoded(value), type: 'constant' };
      }),
  };
}

/** The list of ids is one of a single expression. */
function posted(call, profile) {
  const others = inShape(call, 'object').map(([name, value]) => [name, JSON.parse(value)]);
  return {
    url: call.url,
    method: 'POST',
    request: { ids: [''], ...Object.fromEntries(others) },
    ids: `[${profile}]`,
  };
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
