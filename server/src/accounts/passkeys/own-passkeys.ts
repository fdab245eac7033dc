import type { Passkey } from '@rapport/contract';
import type { Platform } from '../../platform/context.ts';
import { announce } from '../../platform/events/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { needsSecondFactor } from '../policy/policy-store.ts';
import { findLoginOfAgent, lockLogin } from '../sign-in/login-store.ts';
import { getLoginToChange, getOwnLogin, type SignedInAgent } from '../sign-in/own-login.ts';
import { deletePasskey, renamePasskeyRow, selectPasskeys, type PasskeyRow } from './passkey-store.ts';

const gone = () => new Refusal('not_found', 'This passkey does not exist any more.');

export function passkeyOf(row: PasskeyRow): Passkey {
  return { id: row.id, name: row.name, isSynced: row.is_synced, createdAt: row.created_at.toISOString(), lastUsedAt: row.last_used_at?.toISOString() ?? null };
}

/** The person's own passkeys, in the order they were made; none for who came by the company's sign-in alone. */
export async function listPasskeys(platform: Platform, who: SignedInAgent): Promise<{ items: Passkey[] }> {
  const rows = await platform.database.asSystem(async (tx) => {
    const login = await findLoginOfAgent(tx, who.accountId, who.agentId);
    return login ? selectPasskeys(tx, login.id) : [];
  });
  return { items: rows.map(passkeyOf) };
}

export async function renamePasskey(platform: Platform, who: SignedInAgent, passkeyId: string, name: string): Promise<Passkey> {
  const login = await getOwnLogin(platform, who);
  const row = await platform.database.asSystem((tx) => renamePasskeyRow(tx, login.id, passkeyId, name));
  if (!row) throw gone();
  return passkeyOf(row);
}

/** Removes a passkey. Nobody removes their last way in, nor the last second factor of somebody whose role needs one. */
export async function removePasskey(platform: Platform, who: SignedInAgent, passkeyId: string): Promise<void> {
  const login = await getLoginToChange(platform, who);
  await platform.database.asSystem(async (tx) => {
    const locked = await lockLogin(tx, login.id);
    const removed = await deletePasskey(tx, login.id, passkeyId);
    if (!removed) throw gone();
    const left = (await selectPasskeys(tx, login.id)).length;
    if (left === 0 && !locked?.password_hash) throw new Refusal('last_way_in', 'Choose a password first, or make another passkey.');
    if (left === 0 && !locked?.totp_secret && (await needsSecondFactor(tx, login.id))) throw new Refusal('second_factor_required', 'Set up an authenticator app or another passkey first.');
    const ctx = { tx, accountId: who.accountId, clock: platform.clock, actor: who };
    await recordAudit(ctx, 'passkey.removed', { target: who.name, detail: { passkeyId, name: removed.name } });
    await announce(ctx, 'people.changed', { agentId: who.agentId });
  });
}
