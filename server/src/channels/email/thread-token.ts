import { createHmac, timingSafeEqual } from 'node:crypto';

const MAC_LENGTH = 16; // 80 bits in base32: beyond guessing, for a door that anybody may try
const TOKEN = /^[^@]+\+c\.([a-z2-7]{26})\.([a-z2-7]{16})@[^@]+$/;

/**
 * An inbox's address with a signed id, that of a case or of a sent entry: `support+c.<id>.<signature>@desk.example`. The part before the `@` may
 * have 64 characters (RFC 5321), of which the token takes 46; for a longer address it is undefined, and threads are then found by
 * Message-ID alone. `key` is made for the account and the purpose; a token of one inbox is worth nothing at another.
 */
export function withThreadToken(key: Buffer, inboxId: string, address: string, id: string): string | undefined {
  const at = address.lastIndexOf('@');
  const text = base32(Buffer.from(id.replaceAll('-', ''), 'hex'));
  const local = `${address.slice(0, at)}+c.${text}.${sign(key, inboxId, text)}`;
  return at < 1 || text.length !== 26 || Buffer.byteLength(local) > 64 ? undefined : local + address.slice(at);
}

/** The id whose token stands in an address that somebody wrote to, when it is signed with this key. Letters may have changed case on the way. */
export function readThreadToken(key: Buffer, inboxId: string, address: string): string | undefined {
  const [, text, mac] = TOKEN.exec(address.trim().toLowerCase()) ?? [];
  if (text === undefined || mac === undefined) return undefined;
  return timingSafeEqual(Buffer.from(mac), Buffer.from(sign(key, inboxId, text))) ? uuidFrom(text) : undefined;
}

/** The address without whatever stands behind its first `+`: the inbox that mail with a token is for. */
export function withoutTag(address: string): string {
  const at = address.lastIndexOf('@');
  const plus = address.indexOf('+');
  return plus > 0 && plus < at ? address.slice(0, plus) + address.slice(at) : address;
}

function sign(key: Buffer, inboxId: string, text: string): string {
  return base32(createHmac('sha256', key).update(`thread-token\n${inboxId}\n${text}`).digest()).slice(0, MAC_LENGTH);
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
