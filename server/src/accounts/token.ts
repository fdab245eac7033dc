import { randomBytes } from 'node:crypto';
import { hashToken } from '../platform/secrets.ts';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
// The least digits that hold 128 and 256 bits.
const ACCOUNT_LENGTH = 22;
const SECRET_LENGTH = 43;

/** Letters and digits only, so that a double click takes the whole token and no mail program breaks a link at a sign. */
export function toBase62(bytes: Buffer, length: number): string {
  let rest = BigInt(`0x${bytes.toString('hex') || '0'}`);
  let text = '';
  for (let i = 0; i < length; i += 1) {
    text = DIGITS.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}

function accountPart(accountId: string): string {
  return toBase62(Buffer.from(accountId.replaceAll('-', ''), 'hex'), ACCOUNT_LENGTH);
}

function accountOf(part: string): string | undefined {
  let value = 0n;
  for (const digit of part) value = value * 62n + BigInt(DIGITS.indexOf(digit));
  if (value >= 1n << 128n) return undefined;
  const hex = value.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** What a token is for; it stands in front, so that a token is never taken for one of another kind. */
export type TokenKind = 'session' | 'api-key' | 'invitation' | 'reset' | 'flow' | 'join' | 'visitor';
const PREFIX: Record<TokenKind, string> = { session: 'rs_', 'api-key': 'rk_', invitation: 'ri_', reset: 'rr_', flow: 'rf_', join: 'rj_', visitor: 'rv_' };

export interface NewToken {
  /** Handed out once and never stored. */
  token: string;
  /** What is stored. */
  hash: Buffer;
}

/** A token of 256 random bits that names its account, so that a look-up knows where to look: `rk_<account>_<secret>`. */
export function makeToken(kind: TokenKind, accountId: string): NewToken {
  const secret = toBase62(randomBytes(32), SECRET_LENGTH);
  return { token: `${PREFIX[kind]}${accountPart(accountId)}_${secret}`, hash: hashToken(`${kind}:${secret}`) };
}

/** Takes a token apart; undefined when it is not one of this kind. Whether it is valid only the database knows. */
export function readToken(kind: TokenKind, token: string): { accountId: string; hash: Buffer } | undefined {
  const match = /^(r[skirfjv]_)([0-9A-Za-z]{22})_([0-9A-Za-z]{43})$/.exec(token);
  if (!match || match[1] !== PREFIX[kind]) return undefined;
  const accountId = accountOf(match[2] ?? '');
  return accountId === undefined ? undefined : { accountId, hash: hashToken(`${kind}:${match[3]}`) };
}
