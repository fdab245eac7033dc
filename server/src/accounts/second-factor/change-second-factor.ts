import { toString as drawQr } from 'qrcode';
import type { Platform } from '../../platform/context.ts';
import type { Tx } from '../../platform/database/index.ts';
import { announce } from '../../platform/events/index.ts';
import type { Http } from '../../platform/http/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { needsSecondFactor } from '../policy/policy-store.ts';
import { forgetTries, provePassword } from '../password/prove-password.ts';
import { lockLogin } from '../sign-in/login-store.ts';
import { getLoginToChange, type SignedInAgent } from '../sign-in/own-login.ts';
import { saveProof } from '../sign-in/session-store.ts';
import { proveCode, totpPurpose } from './prove-code.ts';
import { hashRecoveryCode, makeRecoveryCodes } from './recovery-codes.ts';
import { savePendingSecret, switchOff, switchOn } from './second-factor-store.ts';
import { makeSecret, otpauthUri, stepOfCode } from './totp.ts';

async function note(platform: Platform, tx: Tx, who: SignedInAgent, action: string): Promise<void> {
  const ctx = { tx, accountId: who.accountId, clock: platform.clock, actor: who };
  await recordAudit(ctx, action, { target: who.name });
  await announce(ctx, 'people.changed', { agentId: who.agentId });
}

/** Makes a secret for the authenticator app. It counts only once `confirmSecondFactor` has seen a code made with it, so nobody locks themselves out. */
export async function startSecondFactor(platform: Platform, who: SignedInAgent, password: string | undefined, http: Http): Promise<{ secret: string; uri: string; qrSvg: string }> {
  const login = await getLoginToChange(platform, who);
  // Otherwise an open screen and a password would be enough to replace the second factor.
  if (login.totp_secret) throw new Refusal('not_allowed', 'The second factor is on. Switch it off first, then set it up anew.');
  if (login.password_hash !== null) {
    await provePassword(platform, login, login.email, password ?? '', http);
    await forgetTries(platform, login.email, http);
  }
  const secret = makeSecret();
  await platform.database.asSystem((tx) => savePendingSecret(tx, login.id, platform.secrets.seal(secret, totpPurpose(login.id))));
  const uri = otpauthUri(secret, login.email);
  return { secret, uri, qrSvg: await drawQr(uri, { type: 'svg', margin: 1, errorCorrectionLevel: 'M' }) };
}

/** Switches the second factor on with a first code, and answers ten recovery codes that are never shown again. */
export async function confirmSecondFactor(platform: Platform, who: SignedInAgent, code: string): Promise<{ recoveryCodes: string[] }> {
  const login = await getLoginToChange(platform, who);
  const recoveryCodes = makeRecoveryCodes();
  const isOn = await platform.database.asSystem(async (tx) => {
    const locked = await lockLogin(tx, login.id);
    if (!locked?.totp_pending || locked.totp_secret) return false;
    const step = stepOfCode(platform.secrets.open(locked.totp_pending, totpPurpose(login.id)), code.replace(/\s/g, ''), platform.clock.now());
    if (step === undefined) return false;
    await switchOn(tx, login.id, locked.totp_pending, step, recoveryCodes.map((each) => hashRecoveryCode(login.id, each)));
    // The code that was just shown is the second factor of this session.
    await saveProof(tx, who.accountId, who.sessionId ?? '', { method: who.proof?.method ?? 'password', factors: 2, now: platform.clock.now() });
    await note(platform, tx, who, 'second_factor.switched_on');
    return true;
  });
  if (!isOn) throw new Refusal('wrong_code', 'Check that the app shows Rapport and that its clock is right, or start again.');
  return { recoveryCodes };
}

/** Switches the second factor off; it takes the password and a code, or a recovery code. */
export async function removeSecondFactor(platform: Platform, who: SignedInAgent, input: { password?: string | undefined; code: string }, http: Http): Promise<void> {
  const login = await getLoginToChange(platform, who);
  if (login.password_hash !== null) await provePassword(platform, login, login.email, input.password ?? '', http);
  await proveCode(platform, login.id, input.code, http);
  await forgetTries(platform, login.email, http);
  await platform.database.asSystem(async (tx) => {
    const locked = await lockLogin(tx, login.id);
    if (!locked?.has_passkey && (await needsSecondFactor(tx, login.id))) throw new Refusal('second_factor_required', 'Your role needs one. Make a passkey first.');
    await switchOff(tx, login.id);
    await note(platform, tx, who, 'second_factor.switched_off');
  });
}
