import { createHmac, timingSafeEqual } from 'node:crypto';

/** c: answers to this address belong to a case. b: reports about one sent message come back to it. */
export type TokenKind = 'c' | 'b';

export interface ThreadToken {
  readonly kind: TokenKind;
  /** The case or the entry, a UUID. */
  readonly id: string;
}

export interface TokenSecret {
  /** At least 32 bytes. The first signs; all verify, so that mails sent before a change of secret still find their way. */
  readonly keys: readonly [Buffer, ...Buffer[]];
  /** The account a token is bound to: a token of one is worth nothing to another. */
  readonly scope: string;
}

const MAC_LENGTH = 16; // 80 bits in base32: beyond guessing, for a door that anybody may try
const TOKEN = /^[^@]+\+([cb])\.([a-z2-7]{26})\.([a-z2-7]{16})@[^@]+$/;

/**
 * The address with a signed token: `support+c.<id>.<signature>@desk.example`. The part before the `@` may have 64 characters (RFC 5321), of
 * which the token takes 46; for a longer address it is undefined, and threads are then found by Message-ID alone.
 */
export function addressWithToken(address: string, token: ThreadToken, secret: TokenSecret): string | undefined {
  const at = address.lastIndexOf('@');
  const key = base32(Buffer.from(token.id.replaceAll('-', ''), 'hex'));
  const local = `${address.slice(0, at)}+${token.kind}.${key}.${sign(token.kind, key, secret.scope, secret.keys[0])}`;
  return at < 1 || key.length !== 26 || Buffer.byteLength(local) > 64 ? undefined : local + address.slice(at);
}

/** The token in an address that somebody wrote to, when it is one of ours and unharmed. Letters may have changed case on the way. */
export function readToken(address: string, secret: TokenSecret): ThreadToken | undefined {
  const [, kind, key, mac] = TOKEN.exec(address.trim().toLowerCase()) ?? [];
  if (key === undefined || mac === undefined) return undefined;
  const isSigned = secret.keys.some((secretKey) => timingSafeEqual(Buffer.from(mac), Buffer.from(sign(kind as TokenKind, key, secret.scope, secretKey))));
  return isSigned ? { kind: kind as TokenKind, id: uuidFrom(key) } : undefined;
}

/** The address without whatever stands behind its first `+`: the inbox that mail with a token is for. */
export function withoutTag(address: string): string {
  const at = address.lastIndexOf('@');
  const plus = address.indexOf('+');
  return plus > 0 && plus < at ? address.slice(0, plus) + address.slice(at) : address;
}

function sign(kind: TokenKind, key: string, scope: string, secretKey: Buffer): string {
  return base32(createHmac('sha256', secretKey).update(`thread-token\n${scope}\n${kind}\n${key}`).digest()).slice(0, MAC_LENGTH);
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

/** RFC 4648 base32 in lower case without padding; the last letter is filled up with zero bits. */
function base32(bytes: Buffer): string {
  let text = '';
  let value = 0;
  let bits = 0;
  for (const byte of bytes) {
    value = ((value << 8) | byte) & 0xfff;
    for (bits += 8; bits >= 5; bits -= 5) text += LETTERS[(value >> (bits - 5)) & 31];
  }
  return bits === 0 ? text : text + LETTERS[(value << (5 - bits)) & 31];
}

function uuidFrom(key: string): string {
  const value = [...key].reduce((sum, letter) => (sum << 5n) | BigInt(LETTERS.indexOf(letter)), 0n) >> 2n;
  return value.toString(16).padStart(32, '0').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
