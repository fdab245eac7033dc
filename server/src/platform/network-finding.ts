import type { ConnectionFinding } from '@rapport/contract';

/** What Node's codes of a failed connection mean. */
const byCode: Readonly<Record<string, ConnectionFinding>> = {
  ENOTFOUND: 'no_such_host', EAI_AGAIN: 'no_such_host', EAI_NODATA: 'no_such_host',
  ECONNREFUSED: 'port_refused', ETIMEDOUT: 'no_answer', EHOSTUNREACH: 'no_answer', ENETUNREACH: 'no_answer',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate_untrusted', SELF_SIGNED_CERT_IN_CHAIN: 'certificate_untrusted', UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate_untrusted', UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate_untrusted',
  CERT_HAS_EXPIRED: 'certificate_expired', ERR_TLS_CERT_ALTNAME_INVALID: 'certificate_of_another',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no_tls_on_port', EPROTO: 'no_tls_on_port', ERR_SSL_PACKET_LENGTH_TOO_LONG: 'no_tls_on_port',
};

/** What stood in the way of a connection; undefined for codes that are not the network's. */
export const networkFinding = (code: string): ConnectionFinding | undefined => byCode[code];
