/** Calls in a shell and in programs. The key is a variable of their environment. */

import { joined } from './body.js';
import { lines } from './lines.js';
import { quote } from './shell.js';

const IN_ENVIRONMENT = 'The key stands in the environment, as PAPI_KEY.';

export const LANGUAGES = [
  { name: 'curl', text: curl, note: noteOf(IN_ENVIRONMENT) },
  {
    name: 'JavaScript',
    text: javaScript,
    note: noteOf('Write the key in place of PAPI_KEY, but not into a page: whoever sees the page could read it.'),
  },
  { name: 'Python', text: python, note: noteOf(IN_ENVIRONMENT) },
  { name: 'Java', text: java, note: noteOf(`Run it by java Snippet.java. ${IN_ENVIRONMENT}`, 'Run it by java Snippet.java.') },
];

function noteOf(withKey, without = '') {
  return ({ hasKey }) => (hasKey ? withKey : without);
}

function curl(call) {
  const { origin, path, hasKey, pastCaches, members } = call;
  return [
    'curl',
    ...(pastCaches ? ['-H', quote('Cache-Control: no-cache')] : []),
    ...(hasKey ? ['-H', '"Authorization: Bearer $PAPI_KEY"'] : []),
    ...(members ? ['-H', quote('Content-Type: application/json'), '-d', quote(bodyOf(call))] : []),
    quote(origin + path),
  ].join(' ');
}

function javaScript(call) {
  const headers = headersOf(call, '`Bearer ${key}`', (name, value) => `${/^\w+$/.test(name) ? name : `'${name}'`}: ${value}`);
  const address =
    call.ids && !call.members
      ? `\`${call.start}\${ids.map(encodeURIComponent).join(',')}${ending(call)}\``
      : `'${call.url}'`;
  const options = [
    call.members && "  method: 'POST',",
    headers.length > 0 && `  headers: { ${headers.join(', ')} },`,
    call.members && `  body: JSON.stringify({ ${['ids', ...membersIn(call, (name) => name)].join(', ')} }),`,
  ].filter(Boolean);
  return lines(
    call.hasKey && "const key = 'PAPI_KEY';",
    call.ids && `const ids = [${listed(call.ids)}];`,
    `const response = await fetch(${address}${options.length === 0 ? '' : `, {\n${options.join('\n')}\n}`});`,
    'if (!response.ok) {',
    '  throw new Error(`Papi answered ${response.status}`);',
    '}',
    `console.log(await response.${isJson(call) ? 'json' : 'text'}());`,
  );
}

function python(call) {
  const headers = headersOf(call, '"Bearer " + os.environ["PAPI_KEY"]', (name, value) => `"${name}": ${value}`);
  const address =
    call.ids && !call.members
      ? `"${call.start}" + ",".join(quote(each, safe="") for each in ids)${plus(ending(call))}`
      : `"${call.url}"`;
  const request = [
    'url',
    ...(call.members ? ['data=body.encode()'] : []),
    ...(headers.length === 0 ? [] : [`headers={${headers.join(', ')}}`]),
  ];
  return lines(
    isJson(call) && 'import json',
    call.hasKey && 'import os',
    call.ids && !call.members && 'from urllib.parse import quote',
    'from urllib.request import Request, urlopen',
    '',
    call.ids && `ids = [${listed(call.ids)}]`,
    call.members && `body = json.dumps({${['"ids": ids', ...membersIn(call, (name) => `"${name}"`)].join(', ')}})`,
    `url = ${address}`,
    `request = Request(${request.join(', ')})`,
    'with urlopen(request, timeout=10) as response:',
    ...(isJson(call)
      ? ['    print(json.load(response))']
      : ['    for line in response:', '        print(line.decode(), end="")']),
  );
}

function java(call) {
  const isInPath = call.ids && !call.members;
  const address = isInPath ? `"${call.start}" + ids${plus(ending(call))}` : `"${call.url}"`;
  return lines(
    'import java.net.URI;',
    isInPath && 'import java.net.URLEncoder;',
    'import java.net.http.HttpClient;',
    'import java.net.http.HttpRequest;',
    'import java.net.http.HttpResponse;',
    isInPath && 'import java.nio.charset.StandardCharsets;',
    'import java.time.Duration;',
    isInPath && 'import java.util.stream.Collectors;',
    isInPath && 'import java.util.stream.Stream;',
    '',
    'class Snippet {',
    '  public static void main(String[] arguments) throws Exception {',
    ...(isInPath
      ? [
          '    String ids =',
          `        Stream.of(${listed(call.ids)})`,
          '            .map(id -> URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"))',
          '            .collect(Collectors.joining(","));',
        ]
      : []),
    call.members && `    String body = ${JSON.stringify(bodyOf(call))};`,
    '    HttpRequest request =',
    `        HttpRequest.newBuilder(URI.create(${address}))`,
    '            .timeout(Duration.ofSeconds(10))',
    ...headersOf(call, '"Bearer " + System.getenv("PAPI_KEY")', (name, value) => `            .header("${name}", ${value})`),
    call.members && '            .POST(HttpRequest.BodyPublishers.ofString(body))',
    '            .build();',
    '    HttpResponse<String> response =',
    '        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());',
    '    if (response.statusCode() != 200) {',
    '      throw new IllegalStateException("Papi answered " + response.statusCode());',
    '    }',
    '    System.out.println(response.body());',
    '  }',
    '}',
  );
}

/** The headers of a call, each as the language writes it. */
function headersOf({ hasKey, pastCaches, members }, bearer, write) {
  const text = (value) => (bearer.startsWith('`') ? `'${value}'` : `"${value}"`);
  return [
    ...(hasKey ? [write('Authorization', bearer)] : []),
    ...(pastCaches ? [write('Cache-Control', text('no-cache'))] : []),
    ...(members ? [write('Content-Type', text('application/json'))] : []),
  ];
}

/** What a body has beside its ids, each as the language writes its name. */
function membersIn({ members }, write) {
  return members.map(([name, value]) => `${write(name)}: ${value}`);
}

function bodyOf({ ids, members }) {
  return `{${joined([['ids', JSON.stringify(ids.map((id) => id.toWellFormed()))], ...members])}}`;
}

/** A text of JSON is one of JavaScript, Python and Java too. */
function listed(texts) {
  return texts.map((each) => JSON.stringify(each.toWellFormed())).join(', ');
}

function ending({ query }) {
  return query === '' ? '' : `?${query}`;
}

function plus(text) {
  return text === '' ? '' : ` + "${text}"`;
}

/** What streams and what other formats bring is not one document of JSON. */
function isJson({ kind, query }) {
  return kind !== 'stream' && !/(^|&)format=(?!json(&|$))/.test(query);
}
