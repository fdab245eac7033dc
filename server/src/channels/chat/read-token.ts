import { createPublicKey } from 'node:crypto';
import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload, type KeyInput } from 'jose';
import { longestVisitorToken } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { algorithmOf, secretPurpose } from './keys.ts';
import { noteKeyUse, selectKeys, type KeyRow } from './key-store.ts';
import type { Site } from './site.ts';

/** Who a visitor is, as their site has signed it. */
export interface Known {
  /** By which the site knows them. */
  externalId: string;
  name: string | undefined;
  /** Only when the site says that it is theirs. */
  email: string | undefined;
  chatKeyId: string;
}

const LEEWAY_SECONDS = 30;
const MOST_ID = 200;
const bad = (why: string) => new Refusal('bad_visitor_token', why);

/** A key checks what it was made for, and nothing else: a public key is never taken for a secret. */
function checkerOf(ctx: Ctx, row: KeyRow, algorithm: string): Uint8Array | KeyInput | undefined {
  if (row.secret !== null) return algorithm === 'HS256' ? new TextEncoder().encode(ctx.platform.secrets.open(row.secret, secretPurpose(row.id))) : undefined;
  const key = createPublicKey(row.public_key ?? '');
  return algorithmOf(key) === algorithm ? key : undefined;
}

const text = (value: unknown, most: number): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, most) : undefined);

function read(payload: JWTPayload, chatKeyId: string, now: Date): Known {
  const externalId = payload.sub?.trim() ?? '';
  if (externalId === '' || externalId.length > MOST_ID) throw bad(`“sub” names the visitor in 1 to ${MOST_ID} characters.`);
  if ((payload.exp ?? Infinity) - now.getTime() / 1000 > longestVisitorToken + LEEWAY_SECONDS) throw bad('“exp” is at most an hour away.');
  return { externalId, name: text(payload['name'], 200), email: payload['email_verified'] === true ? text(payload['email'], 254)?.toLowerCase() : undefined, chatKeyId };
}

/** Checks a token (JWT; HS256, RS256 or ES256; `sub`, `exp`, `aud` as RFC 7519 has them). Refuses `bad_visitor_token` with what is wrong, for whoever builds the site; of keys it tells nothing. */
export async function readToken(ctx: Ctx, site: Site, token: string): Promise<Known> {
  let algorithm: string;
  try {
    algorithm = decodeProtectedHeader(token).alg ?? '';
  } catch {
    throw bad('This is no signed token (JWT).');
  }
  const now = ctx.clock.now();
  for (const row of await selectKeys(ctx, site.inbox.id)) {
    const key = checkerOf(ctx, row, algorithm);
    if (key === undefined) continue;
    try {
      const { payload } = await jwtVerify(token, key, { algorithms: [algorithm], audience: site.inbox.address, requiredClaims: ['sub', 'exp'], clockTolerance: LEEWAY_SECONDS, currentDate: now });
      const known = read(payload, row.id, now);
      await noteKeyUse(ctx, row.id);
      return known;
    } catch (error) {
      // Another key may have signed it.
      if (error instanceof errors.JWSSignatureVerificationFailed) continue;
      if (error instanceof errors.JWTExpired) throw bad('The token is over. Sign a new one for every page.');
      if (error instanceof errors.JWTClaimValidationFailed) throw bad(error.claim === 'aud' ? `“aud” must be the key of the chat, ${site.inbox.address}.` : `“${error.claim}” is missing or wrong.`);
      if (error instanceof Refusal) throw error;
      throw bad('The token can not be read.');
    }
  }
  throw bad('No key of this chat has signed it with HS256, RS256 or ES256.');
}
