import { findingWords, reasonFor } from '@rapport/contract';
import type { Config } from '../platform/config.ts';
import { networkFinding } from '../platform/network-finding.ts';
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

/** Sentences that `readReason` knows again, so that the log can be read in any language; else the words of whoever has some. */
function wordsOf(error: unknown, url: string): string {
  const { name, code = '', message } = error as { name?: string; code?: string; message?: string };
  if (name === 'TimeoutError' || code === 'ABORT_ERR') return reasonFor('no_answer_in_time');
  const { hostname, port } = new URL(url);
  const finding = /ECONNRESET|EPIPE/.test(code) ? 'closed' : networkFinding(code);
  if (finding === 'no_tls_on_port') return reasonFor('no_https', { domain: hostname });
  if (finding) return findingWords(finding, { host: hostname, port: Number(port || 443), security: 'tls' });
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
    return { status: null, durationMs: took(), answer: '', trouble: storable(wordsOf(error, url)) };
  }
}
