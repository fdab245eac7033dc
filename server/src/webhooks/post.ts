import type { Config } from '../platform/config.ts';
import { outgoingFetch } from '../platform/outgoing-fetch.ts';
import { storable } from '../platform/storable.ts';

const MOST_ANSWER = 2_000;

export interface Posted {
  status: number | null;
  durationMs: number;
  /** Its beginning. */
  answer: string;
  /** Why there was no answer, in words for a person. */
  trouble: string | null;
}

// The reason stands in a cause or a code more often than in the message.
function wordsOf(error: unknown): string {
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  if (name === 'TimeoutError' || code === 'ABORT_ERR') return 'No answer within ten seconds.';
  return (message || code || 'The connection failed.').slice(0, 300);
}

/**
 * Posts a message once. Only to the internet, decided on the very address that is connected to, unless the operator allows the host; redirects are not followed, ten
 * seconds and one MiB are the limit. Never throws.
 */
export async function post(config: Pick<Config, 'internalHosts'>, url: string, headers: Record<string, string>, body: string): Promise<Posted> {
  const startedAt = performance.now();
  const took = () => Math.round(performance.now() - startedAt);
  try {
    const response = await outgoingFetch(config)(url, { method: 'POST', headers: { 'content-type': 'application/json', 'user-agent': 'Rapport', ...headers }, body });
    const answer = storable((await response.text()).slice(0, MOST_ANSWER));
    return { status: response.status, durationMs: took(), answer, trouble: null };
  } catch (error) {
    return { status: null, durationMs: took(), answer: '', trouble: storable(wordsOf(error)) };
  }
}
