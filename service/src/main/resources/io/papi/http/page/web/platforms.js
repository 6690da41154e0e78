/**
 * Calls of platforms that send messages. Each asks for the row of the one who gets the message, whose
 * id or e-mail address the platform writes in, or for a report. None wants what the form says of
 * several ids: a row is an object by itself, which most of them can read only so.
 *
 * A blank of an id must become %20 in an address, as a plus is a plus to the service. Most platforms
 * write a plus.
 */

import { addressOf, withQuery } from './addresses.js';
import { inShape, joined } from './body.js';
import * as journeyOptimizer from './journey-optimizer.js';
import { lines } from './lines.js';
import * as marketingCloud from './marketing-cloud.js';
import { attributeNote, attributeOf, sentences } from './recipient.js';

const CREDENTIAL = 'papi';

export const PLATFORMS = [
  { name: 'Braze', text: braze, note: brazeNote },
  { name: 'Iterable', text: iterable, note: iterableNote },
  { name: 'Marketing Cloud AMPscript', text: marketingCloud.ampscript, note: marketingCloud.note },
  { name: 'Marketing Cloud SSJS', text: marketingCloud.ssjs, note: marketingCloud.note },
  { name: 'Adobe Journey Optimizer', text: journeyOptimizer.text, note: journeyOptimizer.note },
  { name: 'CleverTap', text: cleverTap, note: cleverTapNote },
];

function brazeNote(call) {
  const { ids, keyName, members, hasKey } = call;
  return sentences(
    hasKey &&
      `In Braze, save a credential of Connected Content called ${CREDENTIAL}: the caller's name as user name, its key as password.`,
    members && 'Braze keeps no answer to a POST, so each message makes two or three calls.',
    ids && keyName && !members && 'Braze logs the URLs that it calls, with the value in them, for up to 30 days: send it in a body where that matters.',
    attributeNote(call),
  );
}

/** An answer to POST must not be kept: it is not said whether Braze tells bodies apart. */
function braze(call) {
  const { ids, members, hasKey } = call;
  const attribute = attributeOf(call, {
    id: '{{${user_id}}}',
    email: '{{${email_address}}}',
    other: (name) => `{{custom_attribute.\${${name}}}}`,
  });
  const options = [
    members && ':method post :body {{body}} :content_type application/json',
    hasKey && `:basic_auth ${CREDENTIAL}`,
    !members && ':cache_max_age 300',
    ':retry',
    ':save papi',
  ];
  return lines(
    members
      ? `{% capture body %}{"ids":["{{${attribute.slice(2, -2)} | json_escape}}"],${joined(inShape(call, 'object'))}}{% endcapture %}`
      : ids && `{% assign id = ${attribute} | url_encode | replace: '+', '%20' %}`,
    `{% connected_content ${members ? call.url : addressOf(call, '{{id}}')} ${options.filter(Boolean).join(' ')} %}`,
    ids ? `{{${member('papi', call)}}}` : `{% for row in papi %}{{${member('row', call)}}} {% endfor %}`,
  );
}

function iterableNote(call) {
  const { ids, members, hasKey } = call;
  return sentences(
    'The first part goes into a data feed, the second into a template that merges the feed’s and the user’s fields.',
    members && 'A data feed can only GET, so the value stands in the address all the same.',
    ids && 'Iterable writes a blank as a plus, so an id with blanks is not found.',
    attributeNote(call),
    hasKey && 'Write the key in place of PAPI_KEY.',
  );
}

/** A feed must be an object, which only the XML of a report becomes. */
function iterable(call) {
  const { ids, hasKey, column } = call;
  const name = isPlain(column) ? column : `[${column}]`;
  const field = attributeOf(call, { id: 'customerId', email: 'email', other: (attribute) => attribute });
  const address = ids
    ? addressOf(call, `{{#urlEncode}}{{{${field}}}}{{/urlEncode}}`)
    : withQuery(call.url, { format: 'xml' });
  return lines(
    `URL: ${address}`,
    `Type: ${ids ? 'JSON' : 'XML'}`,
    hasKey && 'Header: Authorization: Bearer PAPI_KEY',
    'Alias: papi',
    '',
    ids ? `{{papi.${name}}}` : `{{#each papi.records.record}}{{${name}}} {{/each}}`,
  );
}

function cleverTapNote(call) {
  const { members, hasKey } = call;
  return sentences(
    'The first part goes into Linked Content, under the name papi; map it to the campaign, then paste the second part.',
    members && 'Linked Content can only GET, so the value stands in the address all the same.',
    attributeNote(call),
    hasKey && 'Write the key in place of PAPI_KEY.',
  );
}

function cleverTap(call) {
  const { ids, hasKey } = call;
  const profile = attributeOf(call, {
    id: 'Profile.Identity',
    email: 'Profile.Email',
    other: (name) => `Profile.${name}`,
  });
  const value = ids
    ? `{{ ${member('Linked.papi.JSON', call)} }}`
    : `{% for row in Linked.papi.JSON %}{{ ${member('row', call)} }} {% endfor %}`;
  return lines(
    `URL: ${addressOf(call, `{{ ${profile} | url_encode | replace: "+", "%20" }}`)}`,
    'Method: GET',
    hasKey && 'Header: Authorization: Bearer PAPI_KEY',
    '',
    `{% if Linked.papi.http_status_code == 200 %}${value}{% endif %}`,
  );
}

/** A column in Liquid. */
function member(of, { column }) {
  return isPlain(column) ? `${of}.${column}` : `${of}[${column.includes('"') ? `'${column}'` : `"${column}"`}]`;
}

function isPlain(column) {
  return /^[A-Za-z_]\w*$/.test(column);
}
