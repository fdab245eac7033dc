import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BodyInput, Endpoint, ParamsInput, QueryInput, ResponseOf } from '@rapport/contract';
import { progress } from './command.ts';

/** A Rapport somewhere else, and the key to work there. */
export interface FarServer {
  url: string;
  apiKey: string;
}

/** The server was not reached, or not able to answer: trying again later may help. The command ends with 2. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

const TRIES = 4;
const PATIENCE_MS = 30_000;
const isPassing = (status: number, code: unknown) => status === 429 || status === 502 || status === 503 || status === 504 || code === 'key_in_flight';
const isThisMachine = ({ hostname }: URL) => hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');

/** The address and the key, checked. A key over plain HTTP can be listened to, which is said. */
export function farServer(url: string, apiKey: string): FarServer {
  if (!URL.canParse(url)) throw new Error(`--server ${url} is not an address such as https://desk.example.com.`);
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && !isThisMachine(parsed)) progress('The key goes over plain HTTP and can be listened to. Use https:// where there is one.');
  return { url: url.replace(/\/+$/, ''), apiKey };
}

interface Input<E> {
  params?: ParamsInput<E>;
  query?: QueryInput<E>;
  body?: BodyInput<E>;
  /** One for each deed: repeated under the same one it happens once. */
  idempotencyKey?: string;
}

function requestOf(server: FarServer, endpoint: Endpoint, input: Input<Endpoint>): [string, RequestInit] {
  const params = (input.params ?? {}) as Record<string, unknown>;
  const path = endpoint.path.replace(/:([A-Za-z]+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const query = new URLSearchParams(Object.entries((input.query ?? {}) as Record<string, unknown>).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]])));
  const headers: Record<string, string> = { accept: 'application/json', authorization: `Bearer ${server.apiKey}`, ...(endpoint.method === 'GET' ? {} : { 'idempotency-key': input.idempotencyKey ?? randomUUID() }) };
  const body = input.body === undefined ? {} : { body: JSON.stringify(input.body) };
  if (input.body !== undefined) headers['content-type'] = 'application/json';
  // Redirects are not followed: the key belongs to the address that was given.
  return [`${server.url}/api/v1${path}${query.size > 0 ? `?${query}` : ''}`, { method: endpoint.method, headers, redirect: 'manual', ...body }];
}

/**
 * One call of the API. What passes by itself (the network, a restart, too many requests) is tried again a few times under the same idempotency key, so that an answer that got lost
 * does not make it happen twice. Throws `Unreachable`, or an error with the server's own words.
 */
export async function callFar<E extends Endpoint>(server: FarServer, endpoint: E, input: Input<E> = {}): Promise<ResponseOf<E>> {
  const [url, init] = requestOf(server, endpoint, input as Input<Endpoint>);
  for (let attempt = 1; ; attempt += 1) {
    const isLast = attempt === TRIES;
    let wait = 250 * 2 ** attempt;
    try {
      const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
      const said = (await answer.json().catch(() => undefined)) as { code?: string; title?: string; detail?: string } | undefined;
      if (answer.ok && said !== undefined) return said as ResponseOf<E>;
      if (answer.status >= 300 && answer.status < 400) throw new Error(`${server.url} leads elsewhere (${answer.headers.get('location') ?? '?'}). Give that address with --server.`);
      if (!isPassing(answer.status, said?.code)) throw new Error(said?.code ? (said.detail ?? said.title ?? said.code) : `${server.url} answered ${answer.status}, and not as Rapport does. Is the address right?`);
      wait = Math.min(10_000, Math.max(wait, Number(answer.headers.get('retry-after') ?? 0) * 1000));
      if (isLast) throw new Unreachable(said?.detail ?? said?.title ?? `${server.url} answered ${answer.status}. Try again later.`);
    } catch (error) {
      const isNetwork = error instanceof TypeError || (error as Error).name === 'TimeoutError';
      if (!isNetwork) throw error;
      if (isLast) throw new Unreachable(`${server.url} does not answer. Is the address right, and does Rapport run there?`);
    }
    await sleep(wait);
  }
}
