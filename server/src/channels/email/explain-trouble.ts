import { findingWords, type ConnectionCheck, type ConnectionFinding, type FindingValues } from '@rapport/contract';
import { networkFinding } from '../../platform/network-finding.ts';
import { ConsentGone, ProviderTrouble } from './access/provider.ts';

/** What is known about a connection that failed, from the errors of the SMTP and IMAP libraries and of Node. */
interface Trouble {
  code?: string | undefined;
  originalCode?: string | undefined;
  message?: string;
  responseCode?: number | undefined;
  response?: unknown;
  responseText?: string | undefined;
  authenticationFailed?: boolean | undefined;
  tlsFailed?: boolean | undefined;
  mailboxMissing?: boolean | undefined;
}

export interface Explanation extends Pick<ConnectionCheck, 'step' | 'finding' | 'values'> {
  /** In words a person can act on; may hold what the server said, never a password. */
  readonly detail: string;
}

export interface Server {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly folder?: string | undefined;
}

type Found = readonly [step: Explanation['step'], finding: ConnectionFinding];

const byCode: Readonly<Record<string, Found>> = {
  EDNS: ['connect', 'no_such_host'], CONNECT_TIMEOUT: ['connect', 'no_answer'], ETIMEOUT: ['connect', 'no_answer'],
  GREETING_TIMEOUT: ['connect', 'says_nothing'], UPGRADE_TIMEOUT: ['tls', 'tls_unfinished'],
  EAUTH: ['sign_in', 'sign_in_refused'], ETLS: ['tls', 'tls_failed'], STARTTLS_INJECTION: ['tls', 'tls_failed'],
};

function find(trouble: Trouble, server: Server, during: Explanation['step'], said: string): Found {
  const code = trouble.originalCode ?? trouble.code ?? '';
  const known = byCode[code];
  if (known) return known;
  const network = networkFinding(code);
  if (network) return [/cert|tls/.test(network) ? 'tls' : 'connect', network];
  if (code === 'MissingServerExtension' && server.security === 'starttls') return ['tls', 'no_starttls'];
  if (trouble.tlsFailed === true) return ['tls', 'tls_failed'];
  if (trouble.authenticationFailed === true) return ['sign_in', 'sign_in_refused'];
  if (trouble.mailboxMissing === true) return ['folder', 'no_folder'];
  if (/ECONNRESET|EPIPE|EConnectionClosed|NoConnection|ECONNECTION|ESOCKET|Closed/.test(trouble.code ?? '') && said === '') return [during, 'closed'];
  return [during, 'unusable'];
}

/** Says why a mail server could not be used and what to do about it. `during` is the step that was under way, for errors that do not say. */
export function explainTrouble(error: unknown, server: Server, during: Explanation['step']): Explanation {
  if (error instanceof ConsentGone) return explained('sign_in', 'consent_gone', {});
  if (error instanceof ProviderTrouble) return explained('sign_in', 'provider_trouble', { said: error.message });
  const trouble = (error ?? {}) as Trouble;
  const answer = whatWasSaid(trouble);
  const [step, finding] = find(trouble, server, during, answer);
  // Where nothing else is known, the words of the library are better than none.
  const said = answer === '' && finding === 'unusable' ? oneLine(trouble.message ?? '') : answer;
  const { host, port, security, folder } = server;
  return explained(step, finding, { host, port, security, ...(folder === undefined ? {} : { folder }), ...(said === '' ? {} : { said }) });
}

/** A finding with its words in English. */
export function explained(step: Explanation['step'], finding: ConnectionFinding, values: FindingValues): Explanation {
  return { step, finding, values, detail: findingWords(finding, values) };
}

const whatWasSaid = ({ response, responseText }: Trouble) => oneLine(responseText ?? (typeof response === 'string' ? response : ''));

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 300);
}
