import { endpoints, problems } from '@rapport/contract';
import type { Route } from '../route.ts';
import { describeOperation } from './operation.ts';
import { createSchemaBook, type JsonSchema } from './schemas.ts';

const introduction = `What the workspace can do, programs can do: it uses this very interface.

**Signing in.** Programs send \`Authorization: Bearer <API key>\`; make one under Settings, API keys. A key acts as an agent, with that agent's rights. Browsers have a session cookie.

**Pages.** Lists answer \`{ items, nextCursor }\`. Hand \`nextCursor\` back as \`cursor\`, with the same filters, until it is \`null\`. A page holds up to \`limit\` items.

**Sending twice without doing twice.** Give a request that changes something an \`Idempotency-Key\`, a fresh UUID for each thing you want done. Sent again with the same key and
contents, within two days, it answers what it answered first.

**Refusals** are \`application/problem+json\` (RFC 9457). Decide by \`code\`, show \`detail\` to people, quote \`requestId\` when you ask for help.

**News.** A WebSocket at \`/api/v1/live\`, with the same credentials, tells what changed: ids and versions, which you then fetch. Hand the last \`cursor\` you heard back as
\`?cursor=\` and you miss nothing while you were away, or are told that you did.

**Times** are RFC 3339 in UTC. **Ids** are UUIDs. Unknown fields in answers may appear any time: pass over them.`;

const problemSchema: JsonSchema = {
  type: 'object', description: 'Why something was refused, and what to do about it.', required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string', description: 'The code as an address: `/problems/<code>`.' }, title: { type: 'string' }, status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(problems), description: 'For programs to decide by.' }, detail: { type: 'string', description: 'For people: what to do.' }, requestId: { type: 'string' },
    errors: { type: 'array', description: 'With `invalid_request`: what is wrong where.', items: { type: 'object', required: ['path', 'message'], properties: { path: { type: 'string' }, message: { type: 'string' } } } },
    extra: { type: 'object', description: 'Further facts to act on.' },
  },
};

/** `cases.list` of the contract is the operation `casesList`. */
function operationIds(): Map<unknown, string> {
  return new Map(Object.entries(endpoints).flatMap(([room, list]) => Object.entries(list).map(([name, endpoint]) => [endpoint as unknown, `${room}${name.charAt(0).toUpperCase()}${name.slice(1)}`] as const)));
}

/** The OpenAPI 3.1 document of these routes. `cookieName` is the session cookie's. */
export function openApiDocument(routes: readonly Route[], options: { url: string; version: string; cookieName: string }): JsonSchema {
  const book = createSchemaBook();
  const ids = operationIds();
  const paths: Record<string, JsonSchema> = {};
  for (const route of routes) {
    const { method, path } = route.endpoint;
    const address = path.replace(/:([A-Za-z]+)/g, '{$1}');
    paths[address] = { ...paths[address], [method.toLowerCase()]: describeOperation(route, ids.get(route.endpoint) ?? `${method.toLowerCase()}${path.replace(/\W+(\w)/g, (_, c: string) => c.toUpperCase())}`, book) };
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Rapport', version: options.version, summary: 'The interface of the customer service platform Rapport.', description: introduction, license: { name: 'Apache 2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: `${options.url}/api/v1` }],
    tags: [...new Set(routes.map(({ endpoint }) => endpoint.tag))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { ...Object.fromEntries(Object.entries(book.components).sort(([a], [b]) => (a < b ? -1 : 1))), Problem: problemSchema },
      responses: { Problem: { description: 'Another refusal or a fault', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } } },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key', in: 'header', required: false, description: 'A UUID of your own making: the same request with the same key is carried out once.', schema: { type: 'string', minLength: 8, maxLength: 200 },
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: options.cookieName, description: 'The session of a person who signed in.' },
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key.' },
      },
    },
  };
}
