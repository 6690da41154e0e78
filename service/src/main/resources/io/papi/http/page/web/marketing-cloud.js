/** Salesforce Marketing Cloud: AMPscript, and server-side JavaScript, which both call ports 80 and 443 only. */

import { addressAround } from './addresses.js';
import { inShape } from './body.js';
import { lines } from './lines.js';
import { attributeNote, attributeOf, sentences } from './recipient.js';

const NAMES = { id: '_subscriberkey', email: 'emailaddr', other: (name) => name };

/** What is to be done beside pasting. */
export function note(call) {
  return sentences(
    call.hasKey && 'The key is kept in a data extension called Secrets, in the row whose Name is PAPI_KEY.',
    'Marketing Cloud calls ports 80 and 443 only.',
    attributeNote(call),
  );
}

/**
 * AMPscript's own HTTPGet sends no headers, and it has no function that writes a value as JSON. So with
 * a key or a body server-side JavaScript makes the call.
 */
export function ampscript(call) {
  const { ids, hasKey, column, members } = call;
  const [before, after] = addressAround(call, 'array');
  const address = ids
    ? `Concat("${before}", Replace(URLEncode(@id, 1, 1), "+", "%20"), "${after}")`
    : `"${before}"`;
  const begin = [
    '%%[',
    ids && `SET @id = AttributeValue("${attributeOf(call, NAMES)}")`,
    !members && `SET @url = ${address}`,
  ];
  const get =
    hasKey || members
      ? [
          ']%%',
          '<script runat="server">',
          'Platform.Load("core", "1");',
          ...(members
            ? posting(call, 'array', 'Variable.GetValue("@id")')
            : ['var request = new Script.Util.HttpGet(Variable.GetValue("@url"));']),
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

export function ssjs(call) {
  const { ids, column, members } = call;
  const [before, after] = addressAround(call, 'object');
  return lines(
    '<script runat="server">',
    'Platform.Load("core", "1");',
    ids && `var id = Platform.Recipient.GetAttributeValue("${attributeOf(call, NAMES)}");`,
    ...(members
      ? posting(call, 'object', 'id')
      : [
          `var request = new Script.Util.HttpGet("${before}"${ids ? ' + encodeURIComponent(id)' : ''}${after === '' ? '' : ` + "${after}"`});`,
        ]),
    ...settings(call),
    'var response = request.send();',
    'if (response.statusCode == 200) {',
    '  var answer = Platform.Function.ParseJSON(String(response.content));',
    `  Write(answer${ids ? '' : '[0]'}[${JSON.stringify(column)}]);`,
    '}',
    '</script>',
  );
}

function posting(call, shape, id) {
  const members = [['ids', `[${id}]`], ...inShape(call, shape)];
  return [
    `var request = new Script.Util.HttpRequest("${call.url}");`,
    'request.method = "POST";',
    'request.contentType = "application/json";',
    'request.encoding = "UTF-8";',
    `request.postData = Platform.Function.Stringify({ ${members.map(([name, value]) => `${name}: ${value}`).join(', ')} });`,
  ];
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
