/** Calls in a shell and in programs. The key is a variable of their environment. */

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

function curl({ origin, path, hasKey, pastCaches }) {
  return [
    'curl',
    ...(pastCaches ? ['-H', quote('Cache-Control: no-cache')] : []),
    ...(hasKey ? ['-H', '"Authorization: Bearer $PAPI_KEY"'] : []),
    quote(origin + path),
  ].join(' ');
}

function javaScript(call) {
  const headers = headersOf(call, '`Bearer ${key}`', (name, value) => `${/^\w+$/.test(name) ? name : `'${name}'`}: ${value}`);
  const address = call.ids
    ? `\`${call.start}\${ids.map(encodeURIComponent).join(',')}${ending(call)}\``
    : `'${call.url}'`;
  return lines(
    call.hasKey && "const key = 'PAPI_KEY';",
    call.ids && `const ids = [${listed(call.ids)}];`,
    headers.length === 0
      ? `const response = await fetch(${address});`
      : `const response = await fetch(${address}, {\n  headers: { ${headers.join(', ')} },\n});`,
    'if (!response.ok) {',
    '  throw new Error(`Papi answered ${response.status}`);',
    '}',
    `console.log(await response.${isJson(call) ? 'json' : 'text'}());`,
  );
}

function python(call) {
  const headers = headersOf(call, '"Bearer " + os.environ["PAPI_KEY"]', (name, value) => `"${name}": ${value}`);
  const address = call.ids
    ? `"${call.start}" + ",".join(quote(each, safe="") for each in ids)${plus(ending(call))}`
    : `"${call.url}"`;
  return lines(
    isJson(call) && 'import json',
    call.hasKey && 'import os',
    call.ids && 'from urllib.parse import quote',
    'from urllib.request import Request, urlopen',
    '',
    call.ids && `ids = [${listed(call.ids)}]`,
    `url = ${address}`,
    `request = Request(url${headers.length === 0 ? '' : `, headers={${headers.join(', ')}}`})`,
    'with urlopen(request, timeout=10) as response:',
    ...(isJson(call)
      ? ['    print(json.load(response))']
      : ['    for line in response:', '        print(line.decode(), end="")']),
  );
}

function java(call) {
  const address = call.ids ? `"${call.start}" + ids${plus(ending(call))}` : `"${call.url}"`;
  return lines(
    'import java.net.URI;',
    call.ids && 'import java.net.URLEncoder;',
    'import java.net.http.HttpClient;',
    'import java.net.http.HttpRequest;',
    'import java.net.http.HttpResponse;',
    call.ids && 'import java.nio.charset.StandardCharsets;',
    'import java.time.Duration;',
    call.ids && 'import java.util.stream.Collectors;',
    call.ids && 'import java.util.stream.Stream;',
    '',
    'class Snippet {',
    '  public static void main(String[] arguments) throws Exception {',
    ...(call.ids
      ? [
          '    String ids =',
          `        Stream.of(${listed(call.ids)})`,
          '            .map(id -> URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"))',
          '            .collect(Collectors.joining(","));',
        ]
      : []),
    '    HttpRequest request =',
    `        HttpRequest.newBuilder(URI.create(${address}))`,
    '            .timeout(Duration.ofSeconds(10))',
    ...headersOf(call, '"Bearer " + System.getenv("PAPI_KEY")', (name, value) => `            .header("${name}", ${value})`),
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
function headersOf({ hasKey, pastCaches }, bearer, write) {
  return [
    ...(hasKey ? [write('Authorization', bearer)] : []),
    ...(pastCaches ? [write('Cache-Control', bearer.startsWith('`') ? "'no-cache'" : '"no-cache"')] : []),
  ];
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
