import { endpoints, type BodyInput, type Endpoint, type Endpoints, type FileAnswer, type ParamsInput, type Problem, type ProblemCode, type QueryInput, type ResponseOf } from '@rapport/contract';

export interface ClientOptions {
  /** Where Rapport is, for example `https://desk.example.com`; empty in a browser on the same origin. */
  baseUrl?: string;
  apiKey?: string;
  fetch?: typeof fetch;
  /** Called with the headers of each request before it is sent; tests use it to carry cookies. */
  headers?: () => Record<string, string>;
  onResponse?: (response: Response) => void;
}

type Empty = Record<string, never>;
type Part<Name extends string, T> = T extends undefined ? { [K in Name]?: undefined } : Empty extends T ? { [K in Name]?: T } : { [K in Name]: T };
export interface CallOptions {
  /** Makes a repeat of the same request harmless; required habit for everything that must not happen twice. */
  idempotencyKey?: string;
  signal?: AbortSignal;
}
export type Input<E> = Part<'params', ParamsInput<E>> & Part<'query', QueryInput<E>> & Part<'body', BodyInput<E>> & CallOptions;
type Answer<E> = ResponseOf<E> extends FileAnswer ? Response : ResponseOf<E>;
type Call<E> = Record<never, never> extends Omit<Input<E>, keyof CallOptions> ? (input?: Input<E>) => Promise<Answer<E>> : (input: Input<E>) => Promise<Answer<E>>;
export type Client = { [Room in keyof Endpoints]: { [Name in keyof Endpoints[Room]]: Call<Endpoints[Room][Name]> } };

/** An answer that is not a success, as the server explained it. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail ?? problem.title);
    this.name = 'ProblemError';
    this.code = problem.code;
    this.status = problem.status;
    this.problem = problem;
  }
}

interface AnyInput extends CallOptions {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

function urlOf(baseUrl: string, path: string, input: AnyInput): string {
  const filled = path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(input.params?.[name] ?? '')));
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(input.query ?? {})) if (value !== undefined && value !== null) query.set(key, String(value));
  const search = query.size > 0 ? `?${query}` : '';
  return `${baseUrl}/api/v1${filled}${search}`;
}

async function problemOf(response: Response): Promise<Problem> {
  const requestId = response.headers.get('x-request-id') ?? '';
  try {
    const body = (await response.json()) as Partial<Problem>;
    if (body.code && body.title) return { type: 'about:blank', status: response.status, requestId, ...body } as Problem;
  } catch {
    // Something between us and the server answered, not Rapport: fall through to a plain description.
  }
  return { type: 'about:blank', title: response.statusText || 'The server could not be reached', status: response.status, code: response.status === 503 ? 'unavailable' : 'internal', requestId };
}

async function call(endpoint: Endpoint, options: ClientOptions, input: AnyInput): Promise<unknown> {
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers?.() };
  if (options.apiKey) headers['authorization'] = `Bearer ${options.apiKey}`;
  if (input.idempotencyKey) headers['idempotency-key'] = input.idempotencyKey;
  const init: RequestInit = { method: endpoint.method, headers };
  if (input.signal) init.signal = input.signal;
  if (endpoint.bodyKind === 'raw') {
    headers['content-type'] = 'application/octet-stream';
    init.body = input.body as NonNullable<RequestInit['body']>;
  } else if (input.body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(input.body);
  }
  const response = await (options.fetch ?? fetch)(urlOf(options.baseUrl ?? '', endpoint.path, input), init);
  options.onResponse?.(response);
  if (!response.ok) throw new ProblemError(await problemOf(response));
  if (endpoint.responseKind === 'file') return response;
  return response.status === 204 ? undefined : await response.json();
}

/**
 * A typed client: `client.cases.list({ query: { shelf: 'open' } })`. One function for every endpoint of the contract; answers are the
 * contract's response shapes, refusals are thrown as `ProblemError`, `file` endpoints resolve to the `Response`.
 */
export function createClient(options: ClientOptions = {}): Client {
  const client: Record<string, Record<string, unknown>> = {};
  for (const [room, list] of Object.entries(endpoints)) {
    const calls: Record<string, unknown> = {};
    for (const [name, endpoint] of Object.entries(list)) calls[name] = (input: AnyInput = {}) => call(endpoint as unknown as Endpoint, options, input);
    client[room] = calls;
  }
  return client as unknown as Client;
}
