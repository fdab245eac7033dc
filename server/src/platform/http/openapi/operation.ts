import { problems, type Endpoint, type ProblemCode } from '@rapport/contract';
import type { Route } from '../route.ts';
import type { JsonSchema, SchemaBook } from './schemas.ts';

const statusNames: Record<number, string> = { 200: 'Done', 201: 'Created', 202: 'Taken in; the work goes on', 204: 'Done; there is nothing to say' };

function whoMay(endpoint: Endpoint): { text: string; security: Record<string, string[]>[] } {
  switch (endpoint.access) {
    case 'public':
      return { text: 'Anybody may call this.', security: [] };
    case 'signed-in':
      return { text: 'For anybody who is signed in, and for API keys.', security: [{ session: [] }, { apiKey: [] }] };
    case 'session':
      return { text: 'For a person who is signed in; API keys are refused.', security: [{ session: [] }] };
    default:
      return { text: `Needs the permission \`${endpoint.access}\`.`, security: [{ session: [] }, { apiKey: [] }] };
  }
}

/** The refusals an endpoint can answer with: those it names and those that follow from its shape. */
export function refusalsOf(endpoint: Endpoint): ProblemCode[] {
  const codes = new Set<ProblemCode>(endpoint.problems);
  const names = (shape: Endpoint['params']) => Object.keys((shape as { shape?: object }).shape ?? {});
  if (endpoint.bodyKind !== 'none' || names(endpoint.params).length + names(endpoint.query).length > 0) codes.add('invalid_request');
  if (names(endpoint.params).length > 0) codes.add('not_found');
  if (endpoint.access !== 'public') codes.add('signed_out');
  if (!['public', 'signed-in'].includes(endpoint.access)) codes.add('not_allowed');
  if (endpoint.bodyKind !== 'none') codes.add('too_large');
  if (endpoint.needsProof) codes.add('proof_needed');
  if (endpoint.limit) codes.add('too_many_requests');
  if (endpoint.access !== 'public' && endpoint.method !== 'GET') codes.add('cross_site');
  return [...codes].sort();
}

function parametersOf(route: Route, book: SchemaBook): JsonSchema[] {
  const { endpoint } = route;
  const list = (shape: Endpoint['params'], place: 'path' | 'query') => {
    // A number in an address is text before it is read: what it must be shows only in what comes out of reading.
    const read = book.describe(shape, 'output') as { properties?: Record<string, JsonSchema> };
    const written = book.describe(shape, 'input') as { required?: string[] };
    return Object.entries(read.properties ?? {}).map(([name, schema]) => {
      const description = schema['description'] ?? (place === 'query' && name === 'cursor' ? 'The `nextCursor` of the page before; leave out for the first page.' : undefined);
      return { name, in: place, required: place === 'path' || (written.required ?? []).includes(name), schema, ...(description ? { description } : {}) };
    });
  };
  const key = route.kind === 'verb' && endpoint.method !== 'GET' ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : [];
  return [...list(endpoint.params, 'path'), ...list(endpoint.query, 'query'), ...key];
}

function bodyOf(endpoint: Endpoint, book: SchemaBook): JsonSchema | undefined {
  if (endpoint.bodyKind === 'none') return undefined;
  if (endpoint.bodyKind === 'json') return { required: true, content: { 'application/json': { schema: book.describe(endpoint.body, 'input') } } };
  return { required: true, description: `Raw bytes, at most ${Math.floor(endpoint.bodyLimit / 1024 / 1024)} MiB.`, content: { 'application/octet-stream': {}, 'message/rfc822': {} } };
}

function answersOf(route: Route, book: SchemaBook): JsonSchema {
  const { endpoint } = route;
  const success: JsonSchema = { description: statusNames[endpoint.status] };
  if (endpoint.responseKind === 'json') success['content'] = { 'application/json': { schema: book.describe(endpoint.response, 'output') } };
  if (endpoint.responseKind === 'file') success['content'] = { 'application/octet-stream': {} };
  const answers: JsonSchema = { [endpoint.status]: success };
  const byStatus = Map.groupBy(refusalsOf(endpoint), (code) => problems[code][0]);
  for (const [status, codes] of byStatus) {
    answers[status] = {
      description: codes.map((code) => `\`${code}\`: ${problems[code][1]}`).join('\n\n'),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      'x-problem-codes': codes,
    };
  }
  answers['default'] = { $ref: '#/components/responses/Problem' };
  return answers;
}

/** One endpoint as an OpenAPI operation. */
export function describeOperation(route: Route, operationId: string, book: SchemaBook): JsonSchema {
  const { endpoint } = route;
  const { text, security } = whoMay(endpoint);
  const limit = endpoint.limit && ` At most ${endpoint.limit.max} calls in ${endpoint.limit.windowSeconds} seconds ${endpoint.limit.per === 'agent' ? 'by one agent' : 'from one network address'}.`;
  const proof = endpoint.needsProof ? ' A person must have proved who they are within the last 15 minutes.' : '';
  const parameters = parametersOf(route, book);
  const requestBody = bodyOf(endpoint, book);
  return {
    operationId, tags: [endpoint.tag], summary: endpoint.summary, description: `${text}${proof}${limit ?? ''}`, security,
    ...(parameters.length > 0 ? { parameters } : {}), ...(requestBody ? { requestBody } : {}), responses: answersOf(route, book),
    ...(!['public', 'signed-in', 'session'].includes(endpoint.access) ? { 'x-permission': endpoint.access } : {}),
  };
}
