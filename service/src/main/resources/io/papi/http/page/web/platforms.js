/**
 * Calls of platforms that send messages. Each asks for the row of the one who gets the message, whose
 * id the platform writes in, or for a report. None wants what the form says of several ids: a row is
 * an object by itself, which most of them can read only so.
 *
 * A blank of an id must become %20, as a plus is a plus to the service. Most platforms write a plus.
 */

import { lines } from './lines.js';

const CREDENTIAL = 'papi';

export const PLATFORMS = [
  {
    name: 'Braze',
    text: braze,
    note: ({ hasKey }) =>
      hasKey
        ? `In Braze, save a credential of Connected Content called ${CREDENTIAL}: the caller's name as user name, its key as password.`
        : '',
  },
  {
    name: 'Iterable',
    text: iterable,
    note: ({ ids, hasKey }) =>
      [
        'The first part goes into a data feed, the second into a template that merges the feed’s and the user’s fields.',
        ids ? 'Iterable writes a blank as a plus, so an id with blanks is not found.' : '',
        hasKey ? 'Write the key in place of PAPI_KEY.' : '',
      ]
        .filter(Boolean)
        .join(' '),
  },
  { name: 'Marketing Cloud AMPscript', text: ampscript, note: marketingCloudNote },
  { name: 'Marketing Cloud SSJS', text: ssjs, note: marketingCloudNote },
  {
    name: 'Adobe Journey Optimizer',
    text: adobe,
    note: ({ ids, hasKey }) =>
      [
        'Fill in the form of a custom action; response is its payload.',
        ids
          ? 'The path is an expression of the journey. Adobe encodes nothing in it, so an id may have letters, digits and - . _ ~ only.'
          : '',
        hasKey ? 'Write the key in place of PAPI_KEY.' : '',
      ]
        .filter(Boolean)
        .join(' '),
  },
  {
    name: 'CleverTap',
    text: cleverTap,
    note: ({ hasKey }) =>
      `The first part goes into Linked Content, under the name papi; map it to the campaign, then paste the second part.${hasKey ? ' Write the key in place of PAPI_KEY.' : ''}`,
  },
];

function marketingCloudNote({ hasKey }) {
  return hasKey
    ? 'The key is kept in a data extension called Secrets, in the row whose Name is PAPI_KEY. Marketing Cloud calls ports 80 and 443 only.'
    : 'Marketing Cloud calls ports 80 and 443 only.';
}

function braze(call) {
  const { ids, hasKey } = call;
  const options = [hasKey && `:basic_auth ${CREDENTIAL}`, ':cache_max_age 300', ':retry', ':save papi'];
  return lines(
    ids && "{% assign id = {{${user_id}}} | url_encode | replace: '+', '%20' %}",
    `{% connected_content ${addressOf(call, '{{id}}')} ${options.filter(Boolean).join(' ')} %}`,
    ids ? `{{${member('papi', call)}}}` : `{% for row in papi %}{{${member('row', call)}}} {% endfor %}`,
  );
}

/** A feed must be an object, which only the XML of a report becomes. */
function iterable(call) {
  const { ids, hasKey, column } = call;
  const name = isPlain(column) ? column : `[${column}]`;
  const address = ids
    ? addressOf(call, '{{#urlEncode}}{{{customerId}}}{{/urlEncode}}')
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

/** AMPscript's own HTTPGet sends no headers, so with a key server-side JavaScript makes the call. */
function ampscript(call) {
  const { ids, hasKey, column } = call;
  const [before, after] = addressAround(call, 'array');
  const address = ids
    ? `Concat("${before}", Replace(URLEncode(@SubscriberKey, 1, 1), "+", "%20"), "${after}")`
    : `"${before}"`;
  const begin = [
    '%%[',
    ids && 'SET @SubscriberKey = AttributeValue("_subscriberkey")',
    `SET @url = ${address}`,
  ];
  const get = hasKey
    ? [
        ']%%',
        '<script runat="server">',
        'var request = new Script.Util.HttpGet(Variable.GetValue("@url"));',
        ...settings(call),
        'var response = request.send();',
        'Variable.SetValue("@status", response.statusCode == 200 ? 0 : 1);',
        'Variable.SetValue("@answer", String(response.content));',
        '</script>',
        '%%[',
      ]
    : ['SET @answer = HTTPGet(@url, false, 0, @status)'];
  return lines(
    ...begin,
    ...get,
    'IF @status == 0 THEN',
    '  SET @rows = BuildRowsetFromJson(@answer, "$[*]", 1)',
    '  IF RowCount(@rows) > 0 THEN',
    `    SET @value = Field(Row(@rows, 1), ${JSON.stringify(column).replaceAll('\\"', '""')}, 0)`,
    '  ENDIF',
    'ENDIF',
    ']%%',
    '%%=v(@value)=%%',
  );
}

function ssjs(call) {
  const { ids, column } = call;
  const [before, after] = addressAround(call, 'object');
  return lines(
    '<script runat="server">',
    'Platform.Load("core", "1");',
    ids && 'var id = Platform.Recipient.GetAttributeValue("_subscriberkey");',
    `var request = new Script.Util.HttpGet("${before}"${ids ? ' + encodeURIComponent(id)' : ''}${after === '' ? '' : ` + "${after}"`});`,
    ...settings(call),
    'var response = request.send();',
    'if (response.statusCode == 200) {',
    '  var answer = Platform.Function.ParseJSON(String(response.content));',
    `  Write(answer${ids ? '' : '[0]'}[${JSON.stringify(column)}]);`,
    '}',
    '</script>',
  );
}

function settings({ hasKey }) {
  return [
    'request.retries = 1;',
    'request.continueOnError = true;',
    ...(hasKey
      ? [
          'request.setHeader("Authorization",',
          '  "Bearer " + Platform.Function.Lookup("Secrets", "Value", "Name", "PAPI_KEY"));',
        ]
      : []),
  ];
}

function adobe(call) {
  const { ids, hasKey, column } = call;
  const [url, query = ''] = addressOf(call, '').split('?');
  const row = { [column]: '' };
  return JSON.stringify(
    {
      name: 'papi',
      url,
      ...(ids && { path: '#{ExperiencePlatform.Profile.profile.customerId}' }),
      method: 'GET',
      queryParameters: query
        .split('&')
        .filter(Boolean)
        .map((pair) => {
          const [, name, value] = /^([^=]*)=?(.*)$/.exec(pair);
          return { name: decoded(name), value: decoded(value), type: 'constant' };
        }),
      authentication: hasKey ? { type: 'API key', name: 'X-API-Key', value: 'PAPI_KEY', location: 'header' } : { type: 'No authentication' },
      response: ids ? row : [row],
    },
    null,
    2,
  );
}

function cleverTap(call) {
  const { ids, hasKey } = call;
  const value = ids
    ? `{{ ${member('Linked.papi.JSON', call)} }}`
    : `{% for row in Linked.papi.JSON %}{{ ${member('row', call)} }} {% endfor %}`;
  return lines(
    `URL: ${addressOf(call, '{{ Profile.Identity | url_encode | replace: "+", "%20" }}')}`,
    'Method: GET',
    hasKey && 'Header: Authorization: Bearer PAPI_KEY',
    '',
    `{% if Linked.papi.http_status_code == 200 %}${value}{% endif %}`,
  );
}

/** The address with the platform's id in it. A report is asked for as JSON. */
function addressOf(call, id) {
  const [before, after] = addressAround(call, 'object');
  return call.ids ? before + id + after : before;
}

/** The address before the id and after it; that of a report is all before. */
function addressAround({ ids, start, query, url }, shape) {
  return ids ? [start, withQuery(`?${query}`, { shape })] : [withQuery(url, { format: undefined }), ''];
}

/** With another value of a parameter, or without it. */
function withQuery(address, changed) {
  const [, path, query] = /^([^?]*)\??(.*)$/s.exec(address);
  const [[name, value]] = Object.entries(changed);
  const others = query.split('&').filter((pair) => pair !== '' && pair.split('=')[0] !== name);
  const pairs = value === undefined ? others : [...others, `${name}=${value}`];
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

/** A column in Liquid. */
function member(of, { column }) {
  return isPlain(column) ? `${of}.${column}` : `${of}[${column.includes('"') ? `'${column}'` : `"${column}"`}]`;
}

function isPlain(column) {
  return /^[A-Za-z_]\w*$/.test(column);
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
