import { z } from 'zod';
import type { Permission } from './permissions.ts';
import type { ProblemCode } from './problems.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Shape = z.ZodType;

/** Who may call: anybody, anybody who is signed in (session or API key), only a person with a session, or who holds the permission. */
export type Access = 'public' | 'signed-in' | 'session' | Permission;

/**
 * For how many days the answer to a request with an `Idempotency-Key` is kept. Within them sending the request again is harmless; later it is a new one, so a program that has
 * not heard the answer by then must look before it sends again.
 */
export const idempotencyKeyDays = 8;

export interface Limit {
  /** What is counted: calls per network address, or per signed-in agent. */
  per: 'address' | 'agent';
  max: number;
  windowSeconds: number;
}

export interface Endpoint<P extends Shape = Shape, Q extends Shape = Shape, B extends Shape = Shape, R extends Shape = Shape> {
  method: Method;
  /** Below `/api/v1`, parameters as `:name`. */
  path: string;
  tag: string;
  summary: string;
  access: Access;
  params: P;
  query: Q;
  body: B;
  response: R;
  /** 204 has no body; `response` is then `noContent`. */
  status: 200 | 201 | 202 | 204;
  /** The refusals a caller should expect beside the general ones (invalid, signed out, not allowed, not found). */
  problems: readonly ProblemCode[];
  /** `raw` bodies are bytes and reach the handler as a Buffer; `file` answers are streamed by the handler. */
  bodyKind: 'json' | 'raw' | 'none';
  responseKind: 'json' | 'file' | 'none';
  /** Largest body in bytes. */
  bodyLimit: number;
  limit: Limit | undefined;
  /** A person must have proved who they are within the last minutes, or is asked to (`proof_needed`). A screen left open, or a stolen cookie, is then not enough. */
  needsProof: boolean;
}

export const noContent = z.void();
const nothing = z.object({});
type Nothing = typeof nothing;

interface Definition<P extends Shape, Q extends Shape, B extends Shape, R extends Shape> {
  method: Method;
  path: string;
  tag: string;
  summary: string;
  access: Access;
  params?: P;
  query?: Q;
  body?: B;
  response?: R;
  status?: 200 | 201 | 202 | 204;
  problems?: readonly ProblemCode[];
  bodyKind?: 'raw';
  responseKind?: 'file';
  bodyLimit?: number;
  limit?: Limit;
  needsProof?: boolean;
}

/**
 * One thing the outside may ask for: where, by whom, with what, and what comes back. Server routes, the OpenAPI document, the typed
 * client and the tests are all made from this one value.
 */
export function endpoint<P extends Shape = Nothing, Q extends Shape = Nothing, B extends Shape = z.ZodUndefined, R extends Shape = z.ZodVoid>(
  definition: Definition<P, Q, B, R>,
): Endpoint<P, Q, B, R> {
  return {
    params: nothing as unknown as P,
    query: nothing as unknown as Q,
    body: z.undefined() as unknown as B,
    response: noContent as unknown as R,
    status: definition.response ? 200 : 204,
    problems: [],
    bodyLimit: 256 * 1024,
    limit: undefined,
    needsProof: false,
    ...definition,
    bodyKind: definition.bodyKind ?? (definition.body ? 'json' : 'none'),
    responseKind: definition.responseKind ?? (definition.response ? 'json' : 'none'),
  };
}

export type ParamsOf<E> = E extends Endpoint<infer P, Shape, Shape, Shape> ? z.output<P> : never;
export type QueryOf<E> = E extends Endpoint<Shape, infer Q, Shape, Shape> ? z.output<Q> : never;
export type BodyOf<E> = E extends Endpoint<Shape, Shape, infer B, Shape> ? z.output<B> : never;
export type ResponseOf<E> = E extends Endpoint<Shape, Shape, Shape, infer R> ? z.output<R> : never;
/** What a caller writes: defaults may be left out. */
export type ParamsInput<E> = E extends Endpoint<infer P, Shape, Shape, Shape> ? z.input<P> : never;
export type QueryInput<E> = E extends Endpoint<Shape, infer Q, Shape, Shape> ? z.input<Q> : never;
export type BodyInput<E> = E extends Endpoint<Shape, Shape, infer B, Shape> ? z.input<B> : never;
