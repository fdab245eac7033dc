import { randomUUID } from 'node:crypto';
import cookie from '@fastify/cookie';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Endpoint } from '@rapport/contract';
import { inAccount, mustBeAllowed, type Platform } from '../context.ts';
import { Refusal } from '../refusal.ts';
import { claimKey } from './idempotency.ts';
import { networkOf } from './network-of.ts';
import { sendJson } from './packed-json.ts';
import { parsePart, sendProblem } from './problem-answer.ts';
import { mustHaveProved } from './proof.ts';
import { enforceLimit } from './rate-limit.ts';
import { logRequests } from './request-log.ts';
import { API, type Authenticate, type Authenticated, type FileReply, type Http, type Input, type Route } from './route.ts';
import { checkOrigin, secureHeaders } from './security.ts';
import { sendFile } from './send-file.ts';

export interface HttpOptions {
  platform: Platform;
  routes: readonly Route[];
  authenticate: Authenticate;
}

async function identify(options: HttpOptions, endpoint: Endpoint, request: FastifyRequest): Promise<Authenticated | undefined> {
  if (endpoint.access === 'public') return undefined;
  const found = await options.authenticate(options.platform, request);
  if (!found) throw new Refusal('signed_out', 'Sign in, or send a valid API key.');
  if (found.by === 'cookie') checkOrigin(request, options.platform.config);
  if (endpoint.access === 'session' && found.by !== 'cookie') throw new Refusal('not_allowed', 'Only a person who is signed in can do this, not an API key.');
  if (endpoint.access !== 'session' && endpoint.access !== 'signed-in') mustBeAllowed(found.actor, endpoint.access);
  if (endpoint.needsProof) mustHaveProved(found.actor, options.platform.clock.now());
  return found;
}

async function limit(platform: Platform, endpoint: Endpoint, http: Http, who: Authenticated | undefined): Promise<void> {
  if (!endpoint.limit) return;
  const subject = endpoint.limit.per === 'agent' && who ? who.actor.agentId : networkOf(http.address);
  await enforceLimit(platform.database, `${endpoint.method} ${endpoint.path} ${subject}`, endpoint.limit, http.reply);
}

function inputOf(endpoint: Endpoint, request: FastifyRequest): Input<Endpoint> {
  const body = endpoint.bodyKind === 'none' ? undefined : endpoint.bodyKind === 'raw' ? request.body : parsePart(endpoint.body, request.body, 'body');
  if (endpoint.bodyKind === 'raw' && !Buffer.isBuffer(body)) throw new Refusal('invalid_request', 'Send the bytes as the body.');
  return { params: parsePart(endpoint.params, request.params, 'params'), query: parsePart(endpoint.query, request.query, 'query'), body };
}

/** Runs a verb; with an Idempotency-Key the answer is kept beside the change, in the same transaction. */
async function runVerb(platform: Platform, route: Route & { kind: 'verb' }, input: Input<Endpoint>, http: Http, who: Authenticated): Promise<{ status: number; answer: unknown }> {
  const { endpoint } = route;
  const header = http.request.headers['idempotency-key'];
  const key = endpoint.method === 'GET' || typeof header !== 'string' ? undefined : header;
  return inAccount(platform, who.accountId, who.actor, async (ctx) => {
    const agentCtx = ctx as typeof ctx & { actor: Authenticated['actor'] };
    const claim = key === undefined ? undefined : await claimKey(ctx.tx, who.accountId, who.actor.agentId, key, { method: endpoint.method, url: http.request.url, body: input.body }, ctx.clock.now());
    if (claim?.earlier) return claim.earlier;
    const result = await route.handle(agentCtx, input, http);
    const answer = endpoint.responseKind === 'json' ? endpoint.response.parse(result) : result;
    await claim?.save(ctx.tx, endpoint.status, endpoint.responseKind === 'json' ? answer : null);
    return { status: endpoint.status, answer };
  });
}

/** Decides who may come in. Runs before the body is read: nobody's fifty megabytes are kept in memory only to be refused. */
async function admit(options: HttpOptions, { endpoint }: Route, request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (endpoint.access === 'public' && endpoint.method !== 'GET') checkOrigin(request, options.platform.config);
  const who = await identify(options, endpoint, request);
  await limit(options.platform, endpoint, { request, reply, address: request.ip }, who);
  if (who) admitted.set(request, who);
}

const admitted = new WeakMap<FastifyRequest, Authenticated>();

async function answerRoute(options: HttpOptions, route: Route, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { endpoint } = route;
  const http: Http = { request, reply, address: request.ip };
  const who = admitted.get(request);
  const input = inputOf(endpoint, request);
  let outcome: { status: number; answer: unknown };
  if (route.kind === 'verb') {
    if (!who) throw new Refusal('signed_out');
    outcome = await runVerb(options.platform, route, input, http, who);
  } else {
    const result = await route.handle(options.platform, input, http, who && { ...who.actor, accountId: who.accountId });
    outcome = { status: endpoint.status, answer: endpoint.responseKind === 'json' ? endpoint.response.parse(result) : result };
  }
  reply.code(outcome.status).header('cache-control', 'no-store');
  if (endpoint.responseKind === 'file') return sendFile(reply, outcome.answer as FileReply);
  if (endpoint.responseKind === 'none') return reply.send();
  return sendJson(request, reply, outcome.answer);
}

/** The web server with every route of the rooms. Does not listen yet. */
export async function createHttpServer(options: HttpOptions): Promise<FastifyInstance> {
  const { platform } = options;
  const app = fastify({
    // One proxy is believed, the one in front: what it appends to X-Forwarded-For. What stands before that the caller wrote, who would choose a new address for every try.
    logger: false, trustProxy: platform.config.trustProxy ? (_address, hop) => hop === 0 : false, genReqId: () => randomUUID(), requestIdHeader: false, bodyLimit: 256 * 1024,
    // Requests that are running when the server stops are finished; new ones get 503 and connect elsewhere.
    forceCloseConnections: 'idle', return503OnClosing: true,
    // Long enough for the largest file over a weak network; who may send one at all has been decided before it comes.
    requestTimeout: 600_000, connectionTimeout: 75_000,
    routerOptions: { maxParamLength: 300 },
    // An address that cannot even be read.
    frameworkErrors: (error, request, reply) => {
      secureHeaders(reply, platform.config);
      sendProblem(error, request, reply, platform.log);
    },
  });
  await app.register(cookie);
  app.addContentTypeParser(['application/octet-stream', 'message/rfc822'], { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    secureHeaders(reply, platform.config);
  });
  let isClosing = false;
  app.addHook('preClose', async () => void (isClosing = true));
  // A connection that was busy when the stop came would otherwise be kept alive, and the server would wait for it.
  app.addHook('onSend', async (_request, reply) => void (isClosing && reply.header('connection', 'close')));
  logRequests(app, platform.log);
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, platform.log));
  for (const route of options.routes) {
    const { endpoint } = route;
    app.route({
      method: endpoint.method, url: `${API}${endpoint.path}`, bodyLimit: endpoint.bodyLimit,
      onRequest: (request, reply) => admit(options, route, request, reply), handler: (request, reply) => answerRoute(options, route, request, reply),
    });
  }
  return app;
}
