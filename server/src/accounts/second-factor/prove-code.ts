import type { Platform } from '../../platform/context.ts';
import { enforceLimit, forgetHits, type Http } from '../../platform/http/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { lockLogin } from '../sign-in/login-store.ts';
import { hashRecoveryCode, isRecoveryCode } from './recovery-codes.ts';
import { saveLastStep, takeRecoveryCode } from './second-factor-store.ts';
import { stepOfCode } from './totp.ts';

// Three codes of a million hold at any moment. Whoever has the password may guess 30 times a day: one chance in eleven thousand.
const BURST = { per: 'address', max: 6, windowSeconds: 300 } as const;
const DAY = { per: 'address', max: 30, windowSeconds: 86_400 } as const;

export const totpPurpose = (loginId: string) => `totp:${loginId}`;

/** How the code was right: from the authenticator app, or one of the recovery codes, and how many of those are left. */
export type ProvedBy = { kind: 'app' } | { kind: 'recovery'; left: number };

/** Without the key it was sealed with no code can be right; a recovery code still is. */
function openSecret(platform: Platform, sealed: Buffer, purpose: string): string {
  try {
    return platform.secrets.open(sealed, purpose);
  } catch (cause) {
    throw new Refusal('wrong_code', 'The installation has lost the key for codes of authenticator apps. Use a recovery code, or ask whoever runs the server to lift the second factor.', { cause });
  }
}

/** Refuses `wrong_code` unless the code is right for the login and was not used before. A login without a second factor has no right codes. */
export async function proveCode(platform: Platform, loginId: string, code: string, http?: Pick<Http, 'reply'>): Promise<ProvedBy> {
  await enforceLimit(platform.database, `code ${loginId}`, BURST, http?.reply);
  await enforceLimit(platform.database, `codes of the day ${loginId}`, DAY, http?.reply);
  const now = platform.clock.now();
  const proved = await platform.database.asSystem(async (tx): Promise<ProvedBy | undefined> => {
    const login = await lockLogin(tx, loginId);
    if (!login?.totp_secret) return undefined;
    if (isRecoveryCode(code)) {
      const left = await takeRecoveryCode(tx, loginId, hashRecoveryCode(loginId, code), now);
      return left === undefined ? undefined : { kind: 'recovery', left };
    }
    const step = stepOfCode(openSecret(platform, login.totp_secret, totpPurpose(loginId)), code.replace(/\s/g, ''), now);
    // A code that was seen over a shoulder or on the wire is worthless once it has been used.
    if (step === undefined || (login.totp_last_step !== null && step <= login.totp_last_step)) return undefined;
    await saveLastStep(tx, loginId, step);
    return { kind: 'app' };
  });
  if (!proved) throw new Refusal('wrong_code', 'Wait for the next code of your authenticator app, or use a recovery code.');
  await forgetHits(platform.database, `code ${loginId}`);
  return proved;
}
