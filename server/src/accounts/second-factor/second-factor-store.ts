import type { Tx } from '../../platform/database/index.ts';

// All of it needs a transaction of the system: see login-store.ts.

export async function savePendingSecret(tx: Tx, loginId: string, sealed: Buffer): Promise<void> {
  await tx.updateTable('login').set({ totp_pending: sealed }).where('id', '=', loginId).execute();
}

export async function switchOn(tx: Tx, loginId: string, sealed: Buffer, step: number, codeHashes: readonly Buffer[]): Promise<void> {
  await tx.updateTable('login').set({ totp_secret: sealed, totp_pending: null, totp_last_step: step }).where('id', '=', loginId).execute();
  await tx.deleteFrom('recovery_code').where('login_id', '=', loginId).execute();
  await tx.insertInto('recovery_code').values(codeHashes.map((hash) => ({ login_id: loginId, code_hash: hash }))).execute();
}

export async function switchOff(tx: Tx, loginId: string): Promise<void> {
  await tx.updateTable('login').set({ totp_secret: null, totp_pending: null, totp_last_step: null }).where('id', '=', loginId).execute();
  await tx.deleteFrom('recovery_code').where('login_id', '=', loginId).execute();
}

export async function saveLastStep(tx: Tx, loginId: string, step: number): Promise<void> {
  await tx.updateTable('login').set({ totp_last_step: step }).where('id', '=', loginId).execute();
}

export function selectSealedSecrets(tx: Tx): Promise<{ id: string; totp_secret: Buffer }[]> {
  return tx.run('select id, totp_secret from login where totp_secret is not null');
}

/** Uses a recovery code up and tells how many are left; undefined when it is none or was used. */
export async function takeRecoveryCode(tx: Tx, loginId: string, hash: Buffer, now: Date): Promise<number | undefined> {
  const used = await tx.updateTable('recovery_code').set({ used_at: now }).where('login_id', '=', loginId).where('code_hash', '=', hash).where('used_at', 'is', null).returning('login_id').execute();
  if (used.length === 0) return undefined;
  const [row] = await tx.run<{ count: number }>('select count(*) as count from recovery_code where login_id = $1 and used_at is null', [loginId]);
  return row?.count ?? 0;
}
