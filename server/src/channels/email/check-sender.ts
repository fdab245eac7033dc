import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { Authenticity } from '@rapport/contract';
import type { AuthenticateResult } from 'mailauth';
import { headerText, readMimeTree } from './mime-tree.ts';
import { readAuthenticationResults } from './read-authentication-results.ts';
import { domainOf, judgeSender } from './judge-sender.ts';

/** Asks the domain name system: `('example.com', 'TXT')` gives `[['v=spf1 …']]`. Throws errors with the codes of Node. */
export type AskDns = (name: string, type: string) => Promise<unknown>;

export interface SenderCheck {
  /** As it arrived; one byte changed and no signature holds. */
  raw: Buffer;
  /** The address in From, as people will see it. */
  from: string | undefined;
  /** Of the server that brought it. Undefined where it was fetched or came from a server of our own: then only signatures count. */
  peer?: { address: string; greeting: string; envelopeFrom: string } | undefined;
  /** The name of the mail server of our own that checks mail before us; '' for none. What it says is believed, and nobody else. */
  trustedServer: string;
}

const BUDGET_MS = 1_500;
const MOST_SIGNATURES = 8;
const MOST_BYTES = 30_000_000;
const PAUSE_MS = 60_000;

let slowInARow = 0;
let pausedUntil = 0;

/**
 * Whether a mail comes from whom it says, by SPF, DKIM and DMARC; null when nothing can be said. Never throws, and never takes longer than `budgetMs`: a
 * sender must not be kept waiting for an answer because somebody's name server is slow. When none answers any more, asking pauses for a minute.
 * SHA-1 signatures count for nothing.
 */
export async function checkSender(check: SenderCheck, ask: AskDns, budgetMs = BUDGET_MS): Promise<Authenticity | null> {
  const { headers } = readMimeTree(check.raw);
  const domain = domainOf(check.from);
  const trusted = check.trustedServer === '' ? undefined : readAuthenticationResults(headers.filter(({ name }) => name === 'authentication-results').slice(0, 20).map((field) => check.raw.toString('latin1', field.valueStart, Math.min(field.end, field.valueStart + 10_000))), check.trustedServer);
  if (trusted !== undefined) return judgeSender({ domain, ...trusted, checkedBy: check.trustedServer });
  const nothing = judgeSender({ domain, spf: 'not_checked', dkim: 'not_checked', dmarc: 'not_checked', policy: null, dkimAligned: false, spfAligned: false, checkedBy: null });
  if (domain === null || check.raw.length > MOST_BYTES || performance.now() < pausedUntil) return nothing;
  // Each signature costs a look-up and a calculation; nobody signs as often as somebody who wants to keep us busy. And a mail from two people is from nobody.
  const count = (name: string): number => headers.filter((header) => header.name === name).length;
  if (count('dkim-signature') > MOST_SIGNATURES || count('from') !== 1 || headerText(check.raw, headers, 'from') === undefined) return nothing;
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), budgetMs);
  try {
    const result = await Promise.race([authenticateMail(check, ask), late.promise]);
    if (result === undefined) {
      if (++slowInARow >= 3) pausedUntil = performance.now() + PAUSE_MS;
      return { ...nothing, spf: check.peer === undefined ? 'not_checked' : 'temperror', dkim: 'temperror', dmarc: 'temperror' };
    }
    slowInARow = 0;
    return judgeSender({ domain, ...readResult(result, check.peer !== undefined), checkedBy: null });
  } catch {
    return nothing;
  } finally {
    clearTimeout(timer);
  }
}

async function authenticateMail({ raw, peer }: SenderCheck, ask: AskDns): Promise<AuthenticateResult> {
  // Loaded with the first mail: a process without mail doors never needs it.
  const { authenticate } = await import('mailauth');
  const spf = peer === undefined ? {} : { ip: peer.address, helo: peer.greeting, sender: peer.envelopeFrom };
  return authenticate(raw, { ...spf, mta: 'rapport.invalid', trustReceived: false, rejectRsaSha1: true, disableArc: true, disableBimi: true, resolver: ask as never });
}

const known = ['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror'] as const;
export const resultOf = (value: unknown): Authenticity['spf'] => known.find((each) => each === value) ?? 'none';

function readResult({ spf, dkim, dmarc }: AuthenticateResult, hasPeer: boolean): Omit<Parameters<typeof judgeSender>[0], 'domain' | 'checkedBy'> {
  const signatures = dkim.results.filter(({ algo }) => !/sha1$/i.test(algo ?? ''));
  const aligned = signatures.find(({ status }) => status.result === 'pass' && Boolean(status.aligned));
  const best = aligned ?? signatures.find(({ status }) => status.result === 'pass') ?? signatures[0];
  const spfResult = spf === false || spf === undefined ? 'not_checked' : resultOf(spf.status?.result);
  const checkedSpf = hasPeer ? spfResult : 'not_checked';
  const found = dmarc === false || dmarc === undefined ? 'none' : resultOf(dmarc.status?.result);
  const alignment = dmarc === false || dmarc === undefined ? undefined : dmarc.alignment;
  return {
    spf: checkedSpf, dkim: best === undefined ? (dkim.results.length > 0 ? 'permerror' : 'none') : resultOf(best.status.result),
    // Without the server that brought it, a mail without a valid signature may still be right: SPF would tell.
    dmarc: found === 'fail' && checkedSpf === 'not_checked' ? 'not_checked' : found,
    policy: dmarc === false || dmarc === undefined ? null : (dmarc.policy ?? null), dkimAligned: aligned !== undefined, spfAligned: checkedSpf === 'pass' && Boolean(alignment?.spf?.result),
  };
}

const MOST_REMEMBERED = 5_000;
const REMEMBERED_MS = 5 * 60_000;

/** Asks the system's name servers, or the given ones (`host:port`), and remembers what they said for some minutes. */
export function askDnsServers(servers: readonly string[] = []): AskDns {
  const resolver = new Resolver({ timeout: 700, tries: 1 });
  if (servers.length > 0) resolver.setServers([...servers]);
  const memory = new Map<string, { until: number; answer: Promise<unknown> }>();
  return (name, type) => {
    const key = `${type} ${name.toLowerCase()}`;
    const now = performance.now();
    const found = memory.get(key);
    if (found !== undefined && found.until > now) return found.answer;
    const answer = resolver.resolve(name, type) as Promise<unknown>;
    memory.delete(key);
    memory.set(key, { until: now + REMEMBERED_MS, answer });
    if (memory.size > MOST_REMEMBERED) memory.delete(memory.keys().next().value as string);
    // That a name does not exist may be remembered; that nobody answered may not.
    answer.catch((error: { code?: string }) => {
      if (error.code !== 'ENOTFOUND' && error.code !== 'ENODATA') memory.delete(key);
    });
    return answer;
  };
}

/** The address of a server out there; undefined for our own machine and network, whose mail servers bring other people's mail. */
export function strangersAddress(remote: string | undefined): string | undefined {
  const address = (remote ?? '').replace(/^::ffff:/i, '');
  if (isIP(address) === 0) return undefined;
  return /^(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|0\.|::1$|::$|f[cd]|fe[89ab])/i.test(address) ? undefined : address;
}
