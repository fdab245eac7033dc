import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { problems, type Problem, type ProblemCode } from '@rapport/contract';
import type { z } from 'zod';
import { isDatabaseAway } from '../database/is-away.ts';
import type { Log } from '../log.ts';
import { Refusal } from '../refusal.ts';
import { storable } from '../storable.ts';

/** Checks a part of the request against the contract; `where` is `body`, `query` or `params`. */
export function parsePart<T extends z.ZodType>(schema: T, value: unknown, where: string): z.output<T> {
  const parsed = schema.safeParse(storable(value));
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, 20).map((issue) => ({ path: [where, ...issue.path].join('.'), message: issue.message }));
  throw new Refusal('invalid_request', errors.map((error) => `${error.path}: ${error.message}`).join('. '), { extra: { errors } });
}

function codeOf(error: unknown): ProblemCode {
  if (error instanceof Refusal) return error.code;
  switch ((error as Partial<FastifyError>).code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return 'too_large';
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'unsupported_body';
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return 'invalid_request';
    default:
      if ((error as Partial<FastifyError>).statusCode === 400) return 'invalid_request';
      return isDatabaseAway(error) ? 'unavailable' : 'internal';
  }
}

export function problemOf(error: unknown, requestId: string): Problem {
  const code = codeOf(error);
  const [status, title] = problems[code];
  const problem: Problem = { type: `/problems/${code}`, title, status, code, requestId };
  if (error instanceof Refusal) {
    if (error.detail) problem.detail = error.detail;
    const { errors, ...extra } = error.extra ?? {};
    if (Array.isArray(errors)) problem.errors = errors;
    if (Object.keys(extra).length > 0) problem.extra = extra;
  }
  return problem;
}

/** The only place where an error becomes an HTTP answer (RFC 9457). Unknown errors say nothing but the request id; their cause is logged. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): FastifyReply {
  const problem = problemOf(error, request.id);
  if (problem.status >= 500) log.error({ err: error, requestId: request.id, route: request.routeOptions.url }, 'request failed');
  if (problem.status === 503 && !reply.hasHeader('retry-after')) reply.header('retry-after', '2');
  return reply.code(problem.status).header('content-type', 'application/problem+json').send(Buffer.from(JSON.stringify(problem)));
}
