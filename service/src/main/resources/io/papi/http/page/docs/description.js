/** What an OpenAPI document says, with its references followed and its paths in groups. */

/** HEAD is said with GET. */
const METHODS = ['get', 'post'];

/** The document with each reference replaced by what it refers to. No part of it contains itself. */
export function resolved(description) {
  const follow = (node) => {
    if (Array.isArray(node)) {
      return node.map(follow);
    }
    if (node === null || typeof node !== 'object' || JSON.isRawJSON?.(node)) {
      return node;
    }
    if (typeof node.$ref === 'string') {
      return follow(partAt(description, node.$ref));
    }
    return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, follow(value)]));
  };
  return follow(description);
}

function partAt(description, reference) {
  return reference
    .slice('#/'.length)
    .split('/')
    .reduce((node, name) => node[name.replaceAll('~1', '/').replaceAll('~0', '~')], description);
}

/** The paths that each tag has, once for each method; a tag without any is left out. */
export function pathsByTag({ tags, paths, components: { securitySchemes } }) {
  const all = Object.entries(paths).flatMap(([template, { parameters, ...operations }]) =>
    METHODS.filter((method) => operations[method]).map((method) => ({
      id: operations[method].operationId.replace(/^get-/, ''),
      method: method.toUpperCase(),
      template,
      hasKey: Boolean(securitySchemes),
      operation: operations[method],
      parameters: parameters.filter(({ in: place }) => place !== 'header'),
      headers: parameters.filter(({ in: place }) => place === 'header'),
    })),
  );
  return tags
    .map((tag) => ({ tag, paths: all.filter(({ operation }) => operation.tags.includes(tag.name)) }))
    .filter((group) => group.paths.length > 0);
}
