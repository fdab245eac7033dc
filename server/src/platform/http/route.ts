import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BodyOf, Endpoint, FileAnswer, ParamsOf, QueryOf, ResponseOf } from '@rapport/contract';
import type { Readable } from 'node:stream';
import type { Actor, AgentActor, Ctx, Platform } from '../context.ts';

/** Where the contract's endpoints begin. */
export const API = '/api/v1';

/** What the caller sent, as the contract describes it. */
export interface Input<E> {
  params: ParamsOf<E>;
  query: QueryOf<E>;
  body: BodyOf<E>;
}

/** Bytes as an answer; the type and name are the sender's word, so they are always sent with nosniff and a safe disposition. */
export interface FileReply {
  content: Readable | Buffer;
  mediaType: string;
  filename: string;
  bytes?: number;
  /** Shown in the page (pictures only); otherwise offered for saving. */
  isInline?: boolean;
}
type Answer<E> = ResponseOf<E> extends FileAnswer ? FileReply : ResponseOf<E>;

export interface Http {
  request: FastifyRequest;
  reply: FastifyReply;
  /** The caller's network address. */
  address: string;
}

export type Route =
  | { kind: 'verb'; endpoint: Endpoint; handle: (ctx: Ctx & { actor: AgentActor }, input: Input<Endpoint>, http: Http) => Promise<unknown> }
  | { kind: 'open'; endpoint: Endpoint; handle: (platform: Platform, input: Input<Endpoint>, http: Http, actor: (AgentActor & { accountId: string }) | undefined) => Promise<unknown> };

/**
 * An endpoint done by one function in one transaction of the caller's account. Sending the request again with the same `Idempotency-Key` answers
 * what the first answered.
 */
export function verb<E extends Endpoint>(endpoint: E, handle: (ctx: Ctx & { actor: AgentActor }, input: Input<E>, http: Http) => Promise<Answer<E>>): Route {
  return { kind: 'verb', endpoint, handle: handle as never };
}

/** An endpoint with no account yet (sign-in), or one that needs several transactions with slow work between them (a file, a network call). */
export function open<E extends Endpoint>(
  endpoint: E,
  handle: (platform: Platform, input: Input<E>, http: Http, actor: (AgentActor & { accountId: string }) | undefined) => Promise<Answer<E>>,
): Route {
  return { kind: 'open', endpoint, handle: handle as never };
}

export interface Authenticated {
  accountId: string;
  actor: AgentActor;
  /** A cookie goes with every request a browser makes, so it needs proof that our own page made it; an API key does not. */
  by: 'cookie' | 'api-key';
}
/** Provided by the accounts room: who sends this request, if anybody. */
export type Authenticate = (platform: Platform, request: FastifyRequest) => Promise<Authenticated | undefined>;
export type { Actor };
