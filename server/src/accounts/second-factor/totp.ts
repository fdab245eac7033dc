import { Secret, TOTP } from 'otpauth';

const STEP_SECONDS = 30;

function generator(secret: string, label = ''): TOTP {
  // What every authenticator app understands; longer codes or other hashes are ignored by some of them.
  return new TOTP({ issuer: 'Rapport', label, algorithm: 'SHA1', digits: 6, period: STEP_SECONDS, secret: Secret.fromBase32(secret) });
}

/** A new secret of 160 bits, in base 32 as authenticator apps take it. */
export function makeSecret(): string {
  return new Secret({ size: 20 }).base32;
}

export function otpauthUri(secret: string, email: string): string {
  return generator(secret, email).toString();
}

/** The code of a moment; what an authenticator app shows. */
export function codeAt(secret: string, at: Date): string {
  return generator(secret).generate({ timestamp: at.getTime() });
}

/**
 * The number of the 30-second step the code belongs to, one step early or late included because clocks differ; undefined when it is none of them. The caller must
 * remember the step and take no code of this or an earlier step again (RFC 6238, 5.2).
 */
export function stepOfCode(secret: string, code: string, now: Date): number | undefined {
  const delta = generator(secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / STEP_SECONDS) + delta;
}
