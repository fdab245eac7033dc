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

export interface Explanation {
  /** How far it came. */
  readonly step: 'connect' | 'tls' | 'sign_in' | 'folder' | 'send';
  /** In words a person can act on; may hold what the server said, never a password. */
  readonly detail: string;
}

export interface Server {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly folder?: string | undefined;
}

/** Says why a mail server could not be used and what to do about it. `during` is the step that was under way, for errors that do not say. */
export function explainTrouble(error: unknown, server: Server, during: Explanation['step']): Explanation {
  if (error instanceof ConsentGone || error instanceof ProviderTrouble) return { step: 'sign_in', detail: error.message };
  const trouble = (error ?? {}) as Trouble;
  const where = `${server.host}:${server.port}`;
  const said = whatWasSaid(trouble);
  switch (trouble.originalCode ?? trouble.code) {
    case 'ENOTFOUND': case 'EAI_AGAIN': case 'EDNS': case 'EAI_NODATA':
      return { step: 'connect', detail: `There is no server with the name ${server.host}. Check how it is written.` };
    case 'ECONNREFUSED':
      return { step: 'connect', detail: `${server.host} is there, but nothing answers on port ${server.port}. Check the port.` };
    case 'ETIMEDOUT': case 'CONNECT_TIMEOUT': case 'ETIMEOUT': case 'EHOSTUNREACH': case 'ENETUNREACH':
      return { step: 'connect', detail: `${where} does not answer. Check host and port, and whether a firewall is in between.` };
    case 'GREETING_TIMEOUT':
      return { step: 'connect', detail: `${where} takes the connection and says nothing. ${server.security === 'tls' ? 'Is this the right port?' : 'If the port expects TLS, choose TLS.'}` };
    case 'UPGRADE_TIMEOUT':
      return { step: 'tls', detail: `${where} did not finish the switch to a secure connection.` };
    case 'DEPTH_ZERO_SELF_SIGNED_CERT': case 'SELF_SIGNED_CERT_IN_CHAIN': case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE': case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return { step: 'tls', detail: `The certificate of ${server.host} is not signed by an authority this server trusts. For one of your own, start Rapport with NODE_EXTRA_CA_CERTS.` };
    case 'CERT_HAS_EXPIRED':
      return { step: 'tls', detail: `The certificate of ${server.host} has expired. It must be renewed there.` };
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return { step: 'tls', detail: `The certificate there is not for ${server.host}. Use the name that stands in the certificate.` };
    case 'ERR_SSL_WRONG_VERSION_NUMBER': case 'EPROTO': case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return { step: 'tls', detail: `${where} does not speak TLS from the start. Choose STARTTLS, or another port.` };
    case 'EAUTH':
      return { step: 'sign_in', detail: `${server.host} did not accept user and password.${said}` };
    case 'ETLS': case 'STARTTLS_INJECTION':
      return { step: 'tls', detail: `${where} could not switch to a secure connection.${said || ' Choose TLS, or another port.'}` };
    case 'MissingServerExtension':
      if (server.security === 'starttls') return { step: 'tls', detail: `${where} does not offer STARTTLS. Choose TLS, or another port.` };
      break;
    default:
  }
  if (trouble.tlsFailed === true) return { step: 'tls', detail: `${where} could not switch to a secure connection.${said}` };
  if (trouble.authenticationFailed === true) return { step: 'sign_in', detail: `${server.host} did not accept user and password.${said}` };
  if (trouble.mailboxMissing === true) return { step: 'folder', detail: `There is no folder ${server.folder ?? ''} in this mailbox.` };
  if (/ECONNRESET|EPIPE|EConnectionClosed|NoConnection|ECONNECTION|ESOCKET|Closed/.test(trouble.code ?? '') && said === '') {
    return { step: during, detail: `${where} ended the connection.${server.security === 'none' ? ' It may want TLS.' : ' Check the port and the kind of security.'}` };
  }
  return { step: during, detail: `${where} could not be used.${said || ` ${oneLine(trouble.message ?? '')}`}`.trim() };
}

function whatWasSaid({ response, responseText }: Trouble): string {
  const text = oneLine(responseText ?? (typeof response === 'string' ? response : ''));
  return text === '' ? '' : ` It says: ${text}`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 300);
}
