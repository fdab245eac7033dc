/** What came of trying a mail server: first what went well, then what stood in the way. */
export const connectionFindings = [
  'folder_opened', 'signed_in', 'no_sign_in_needed',
  'no_such_host', 'port_refused', 'no_answer', 'says_nothing', 'closed', 'tls_unfinished', 'tls_failed', 'no_tls_on_port', 'no_starttls', 'certificate_untrusted', 'certificate_expired', 'certificate_of_another',
  'sign_in_refused', 'not_connected', 'consent_gone', 'provider_trouble', 'no_folder', 'unusable',
] as const;
export type ConnectionFinding = (typeof connectionFindings)[number];
/** Whatever the words for a finding may need. `said` is what the server itself said, in its own words. */
export type FindingValues = { [K in 'host' | 'user' | 'address' | 'folder' | 'said']?: string | undefined } & { port?: number | undefined; count?: number | undefined; security?: 'tls' | 'starttls' | 'none' | undefined };

/** A finding in English, for the health of an inbox, the ledger and programs. The workspace has words of its own, in the reader's language. */
export function findingWords(finding: ConnectionFinding, values: FindingValues): string {
  const { host = '', port = '', security = 'none', user = '', address = '', folder = '', count = 0, said = '' } = values;
  const where = `${host}:${port}`;
  const quoted = said === '' ? '' : ` It says: ${said}`;
  const words: Record<ConnectionFinding, string> = {
    folder_opened: `Signed in as ${user}. The folder ${folder} holds ${count} mails.`,
    signed_in: `Signed in as ${user}. Mail will be sent as ${address}.`,
    no_sign_in_needed: `Connected to ${host}; it asks for no password. Mail will be sent as ${address}.`,
    no_such_host: `There is no server with the name ${host}. Check how it is written.`,
    port_refused: `${host} is there, but nothing answers on port ${port}. Check the port.`,
    no_answer: `${where} does not answer. Check host and port, and whether a firewall is in between.`,
    says_nothing: `${where} takes the connection and says nothing. ${security === 'tls' ? 'Is this the right port?' : 'If the port expects TLS, choose TLS.'}`,
    closed: `${where} ended the connection.${security === 'none' ? ' It may want TLS.' : ' Check the port and the kind of security.'}`,
    tls_unfinished: `${where} did not finish the switch to a secure connection.`,
    tls_failed: `${where} could not switch to a secure connection.${quoted || ' Choose TLS, or another port.'}`,
    no_tls_on_port: `${where} does not speak TLS from the start. Choose STARTTLS, or another port.`,
    no_starttls: `${where} does not offer STARTTLS. Choose TLS, or another port.`,
    certificate_untrusted: `The certificate of ${host} is not signed by an authority this server trusts. For one of your own, start Rapport with NODE_EXTRA_CA_CERTS.`,
    certificate_expired: `The certificate of ${host} has expired. It must be renewed there.`,
    certificate_of_another: `The certificate there is not for ${host}. Use the name that stands in the certificate.`,
    sign_in_refused: `${host} did not accept user and password.${quoted}`,
    not_connected: 'Save the settings and connect with the mail provider first.',
    consent_gone: 'The mail provider does not let this inbox in any more. Open the settings of the inbox and connect it again.',
    provider_trouble: said,
    no_folder: `There is no folder ${folder} in this mailbox.`,
    unusable: `${where} could not be used.${said === '' ? '' : ` ${said}`}`,
  };
  return words[finding];
}
