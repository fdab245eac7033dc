// Draws the interface from /api/openapi.json. No library; text only ever goes into the page as text.

/** An element with attributes and children; strings become text nodes. */
function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== false) node.setAttribute(key, value === true ? '' : value);
  node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null));
  return node;
}

/** The little Markdown the document uses: `code`, **bold**, paragraphs. */
function prose(text = '') {
  return text.split(/\n\s*\n/).map((paragraph) =>
    el('p', {}, paragraph.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => (part.startsWith('`') ? el('code', {}, part.slice(1, -1)) : part.startsWith('**') ? el('strong', {}, part.slice(2, -2)) : part))),
  );
}

const refName = (ref) => ref.split('/').pop();
let spec;
const resolve = (schema) => (schema?.$ref ? spec.components.schemas[refName(schema.$ref)] : schema) ?? {};

/** The type of a shape in a few words. */
function typeOf(schema) {
  if (!schema) return 'nothing';
  if (schema.$ref) return resolve(schema).enum ? typeOf(resolve(schema)) : refName(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const options = schema.oneOf ?? schema.anyOf;
  if (options) return options.map(typeOf).join(' | ');
  if (schema.type === 'array') return `${typeOf(schema.items)}[]`;
  const base = Array.isArray(schema.type) ? schema.type.join(' | ') : (schema.type ?? 'anything');
  return schema.format ? `${base} (${schema.format})` : base;
}

const limits = { minLength: 'at least % characters', maxLength: 'at most % characters', minimum: 'from %', maximum: 'up to %', minItems: 'at least % items', maxItems: 'at most % items', default: 'default %' };
function remarks(schema) {
  const list = Object.entries(limits).filter(([key]) => schema[key] !== undefined).map(([key, text]) => text.replace('%', JSON.stringify(schema[key])));
  return [schema.description, ...list].filter(Boolean).join(', ');
}

/** The fields of a shape; shapes inside open on demand, once in a chain, so that a shape within itself has an end. */
function fields(schema, seen = []) {
  const shape = resolve(schema);
  const name = schema?.$ref ? refName(schema.$ref) : undefined;
  if (name && seen.includes(name)) return el('span', { class: 'soft' }, `${name}, as above`);
  const chain = name ? [...seen, name] : seen;
  const options = shape.oneOf ?? shape.anyOf;
  if (options) {
    const inner = options.filter((option) => resolve(option).properties);
    return el('div', {}, inner.map((option) => el('div', { class: 'shape' }, el('span', { class: 'type' }, typeOf(option)), fields(option, chain))));
  }
  if (shape.type === 'array') return fields(shape.items, chain);
  return el('div', { class: 'shape' }, Object.entries(shape.properties ?? {}).map(([key, inner]) => {
    const target = inner.type === 'array' ? inner.items : inner;
    const hasMore = resolve(target).properties || [...(resolve(target).oneOf ?? []), ...(resolve(target).anyOf ?? [])].some((option) => resolve(option).properties);
    const line = [el('code', {}, key), ' ', el('span', { class: 'type' }, typeOf(inner)), ' ', el('span', { class: 'soft' }, [shape.required?.includes(key) ? '' : 'optional', remarks(inner)].filter(Boolean).join(', '))];
    if (!hasMore) return el('div', {}, line);
    const box = el('details', {}, el('summary', {}, line));
    box.addEventListener('toggle', () => box.open && box.childElementCount === 1 && box.append(fields(target, chain)), { once: true });
    return box;
  }));
}

/** A value that fits a shape, for examples. */
function sample(schema, depth = 0, key = '') {
  const shape = resolve(schema);
  if (shape.default !== undefined) return shape.default;
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  const options = shape.oneOf ?? shape.anyOf;
  if (options) return sample(options[0], depth, key);
  const type = Array.isArray(shape.type) ? shape.type[0] : shape.type;
  if (type === 'array') return depth > 3 ? [] : [sample(shape.items, depth + 1)];
  // What must be there; where nothing must, the first thing, so that an example does something.
  const shown = (entries) => entries.filter(([name], i) => depth < 4 && (shape.required?.length ? shape.required.includes(name) : i === 0));
  if (type === 'object') return Object.fromEntries(shown(Object.entries(shape.properties ?? {})).map(([name, inner]) => [name, sample(inner, depth + 1, name)]));
  if (type === 'integer' || type === 'number') return shape.minimum ?? 1;
  if (type === 'boolean') return true;
  if (shape.format === 'uuid') return '018f3a5e-7c1d-7b52-9d3e-2f1a6c4b8e90';
  if (shape.format === 'email') return 'kim@example.com';
  if (shape.format === 'date-time') return '2026-01-31T09:30:00.000Z';
  return key === 'password' ? 'a long sentence you remember' : 'text';
}

const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

function curlOf(method, path, operation) {
  const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query' && parameter.required).map((parameter) => `${parameter.name}=${encodeURIComponent(sample(parameter.schema))}`);
  const filled = path.replace(/\{(\w+)\}/g, (_, name) => sample((operation.parameters ?? []).find((parameter) => parameter.name === name)?.schema));
  const lines = [`curl${method === 'GET' ? '' : ` -X ${method}`} ${quoted(`${spec.servers[0].url}${filled}${query.length ? `?${query.join('&')}` : ''}`)}`];
  if (operation.security.length > 0) lines.push(operation.security.some((scheme) => scheme.apiKey) ? '-H "Authorization: Bearer $RAPPORT_KEY"' : `-b "${spec.components.securitySchemes.session.name}=$SESSION" -H ${quoted(`Origin: ${location.origin}`)}`);
  if (operation.parameters?.some((parameter) => parameter.$ref)) lines.push('-H "Idempotency-Key: $(uuidgen)"');
  const json = operation.requestBody?.content['application/json'];
  if (json) lines.push(`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(sample(json.schema), null, 2))}`);
  else if (operation.requestBody) lines.push(`-H 'Content-Type: application/octet-stream'`, '--data-binary @file');
  if (Object.values(operation.responses).some((answer) => answer.content?.['application/octet-stream'])) lines.push('-o file');
  return lines.join(' \\\n  ');
}

function copyable(text) {
  const button = el('button', { type: 'button', class: 'copy' }, 'Copy');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(text);
    button.textContent = 'Copied';
    setTimeout(() => (button.textContent = 'Copy'), 1500);
  });
  return el('div', {}, button, el('pre', { tabindex: '0', 'aria-label': 'Example' }, text));
}

function parametersOf(operation, place, title) {
  const list = (operation.parameters ?? []).filter((parameter) => parameter.in === place);
  if (list.length === 0) return undefined;
  const rows = list.map((parameter) => el('tr', {}, el('th', { scope: 'row' }, el('code', {}, parameter.name), ' ', parameter.required ? el('span', { class: 'must' }, 'required') : ''), el('td', {}, el('span', { class: 'type' }, typeOf(parameter.schema))), el('td', { class: 'soft' }, parameter.description ?? remarks(resolve(parameter.schema)))));
  return [el('h3', {}, title), el('table', {}, el('tbody', {}, rows))];
}

function answersOf(operation) {
  return Object.entries(operation.responses).filter(([status]) => status !== 'default').map(([status, answer]) => {
    const schema = answer.content?.['application/json']?.schema;
    if (Number(status) < 300) return [el('h3', {}, `${status} ${answer.description}`), schema ? [el('span', { class: 'type' }, typeOf(schema)), fields(schema), example(schema)] : el('span', { class: 'soft' }, answer.content ? 'The bytes of the file.' : 'No body.')];
    return prose(answer.description).map((paragraph) => el('div', { class: 'refusal' }, el('strong', {}, status), el('span', {}, [...paragraph.childNodes])));
  });
}

function example(schema) {
  const box = el('details', {}, el('summary', { class: 'soft' }, 'Example'));
  box.addEventListener('toggle', () => box.open && box.childElementCount === 1 && box.append(copyable(JSON.stringify(sample(schema), null, 2))), { once: true });
  return box;
}

function drawOperation({ id, method, path, operation }) {
  const body = operation.requestBody?.content['application/json']?.schema;
  return el('section', { class: 'op', id, 'aria-labelledby': `${id}-title` },
    el('h2', { id: `${id}-title` }, operation.summary),
    el('div', { class: 'path' }, el('span', { class: `method ${method}` }, method), el('code', {}, path)),
    prose(operation.description),
    parametersOf(operation, 'path', 'In the address'), parametersOf(operation, 'query', 'In the query'),
    body ? [el('h3', {}, 'Body'), fields(body), example(body)] : operation.requestBody ? [el('h3', {}, 'Body'), el('span', { class: 'soft' }, operation.requestBody.description)] : undefined,
    el('h3', {}, 'Call'), copyable(curlOf(method, path, operation)),
    el('h3', {}, 'Answers'), answersOf(operation));
}

function setUpTheme() {
  const button = document.getElementById('theme');
  const wanted = () => document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  const apply = (theme) => {
    document.documentElement.dataset.theme = theme;
    button.setAttribute('aria-pressed', String(theme === 'dark'));
  };
  apply(localStorage.getItem('rapport.docs.theme') ?? wanted());
  button.addEventListener('click', () => {
    apply(wanted() === 'dark' ? 'light' : 'dark');
    localStorage.setItem('rapport.docs.theme', wanted());
  });
}

function setUpSearch(operations) {
  const search = document.getElementById('search');
  const count = document.getElementById('count');
  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { text, link, section } of operations) {
      const fits = words.every((word) => text.includes(word));
      link.hidden = section.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    for (const group of document.querySelectorAll('#list > div')) group.hidden = !group.querySelector('li:not([hidden])');
    count.textContent = shown === 1 ? '1 endpoint' : `${shown} endpoints`;
  };
  search.addEventListener('input', show);
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    search.focus();
  });
  show();
}

async function draw() {
  spec = await (await fetch('/api/openapi.json')).json();
  document.getElementById('version').textContent = `version ${spec.info.version}`;
  const operations = Object.entries(spec.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ id: operation.operationId, method: method.toUpperCase(), path, operation })));
  for (const each of operations) {
    const { operation, method, path, id } = each;
    each.text = `${method} ${path} ${id} ${operation.summary} ${operation.tags.join(' ')} ${operation['x-permission'] ?? ''} ${Object.values(operation.responses).flatMap((answer) => answer['x-problem-codes'] ?? []).join(' ')}`.toLowerCase();
    each.section = drawOperation(each);
    each.link = el('li', {}, el('a', { href: `#${id}` }, el('span', { class: `method ${method}` }, method), el('span', {}, path)));
  }
  const main = document.getElementById('main');
  main.replaceChildren(el('div', { class: 'intro' }, prose(spec.info.description)), ...operations.map(({ section }) => section));
  const list = document.getElementById('list');
  for (const { name } of spec.tags) list.append(el('div', {}, el('h2', {}, name), el('ul', {}, operations.filter(({ operation }) => operation.tags.includes(name)).map(({ link }) => link))));
  setUpSearch(operations);
  if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

setUpTheme();
draw().catch((error) => document.getElementById('main').replaceChildren(el('p', { role: 'alert' }, `The description of the interface could not be loaded: ${error.message}`)));
