import type { Tx } from '../../platform/database/index.ts';

// All of it needs a transaction of the system: passkeys belong to a person, not to an account.

export interface PasskeyRow {
  id: string;
  login_id: string;
  credential_id: string;
  public_key: Buffer;
  counter: number;
  transports: string[];
  name: string;
  is_synced: boolean;
  created_at: Date;
  last_used_at: Date | null;
}

export async function selectPasskeys(tx: Tx, loginId: string): Promise<PasskeyRow[]> {
  return tx.selectFrom('passkey').selectAll().where('login_id', '=', loginId).orderBy('id').execute();
}

export async function findPasskey(tx: Tx, credentialId: string): Promise<PasskeyRow | undefined> {
  return tx.selectFrom('passkey').selectAll().where('credential_id', '=', credentialId).executeTakeFirst();
}

async function noteWhetherAny(tx: Tx, loginId: string): Promise<void> {
  await tx.run('update login set has_passkey = exists (select from passkey where login_id = $1) where id = $1', [loginId]);
}

/** Throws a unique violation when the authenticator's key is known already. */
export async function insertPasskey(tx: Tx, row: PasskeyRow): Promise<void> {
  await tx.insertInto('passkey').values(row).execute();
  await noteWhetherAny(tx, row.login_id);
}

export async function renamePasskeyRow(tx: Tx, loginId: string, passkeyId: string, name: string): Promise<PasskeyRow | undefined> {
  return tx.updateTable('passkey').set({ name }).where('login_id', '=', loginId).where('id', '=', passkeyId).returningAll().executeTakeFirst();
}

export async function deletePasskey(tx: Tx, loginId: string, passkeyId: string): Promise<PasskeyRow | undefined> {
  const row = await tx.deleteFrom('passkey').where('login_id', '=', loginId).where('id', '=', passkeyId).returningAll().executeTakeFirst();
  await noteWhetherAny(tx, loginId);
  return row;
}

export async function deletePasskeysOfLogin(tx: Tx, loginId: string): Promise<void> {
  await tx.deleteFrom('passkey').where('login_id', '=', loginId).execute();
  await noteWhetherAny(tx, loginId);
}

/** Moves the signature counter on; false when another use has come further meanwhile. Authenticators that do not count stay at 0. */
export async function moveCounter(tx: Tx, passkeyId: string, counter: number, now: Date): Promise<boolean> {
  const rows = await tx.run('update passkey set counter = $2, last_used_at = $3 where id = $1 and (counter < $2 or (counter = 0 and $2 = 0)) returning id', [passkeyId, counter, now]);
  return rows.length > 0;
}

export type ChallengePurpose = 'add' | 'sign-in' | 'prove';

export async function insertChallenge(tx: Tx, row: { id: string; purpose: ChallengePurpose; challenge: string; sessionId: string | null; expiresAt: Date }): Promise<void> {
  await tx.insertInto('passkey_challenge').values({ id: row.id, purpose: row.purpose, challenge: row.challenge, session_id: row.sessionId, expires_at: row.expiresAt }).execute();
}

/** Hands a challenge out for the one time it may be used; it must be for this purpose and this session. */
export async function takeChallenge(tx: Tx, id: string, purpose: ChallengePurpose, sessionId: string | null, now: Date): Promise<string | undefined> {
  const rows = await tx.run<{ challenge: string }>('delete from passkey_challenge where id = $1 and purpose = $2 and session_id is not distinct from $3::uuid and expires_at > $4 returning challenge', [id, purpose, sessionId, now]);
  return rows[0]?.challenge;
}

export async function deleteOldChallenges(tx: Tx, now: Date): Promise<void> {
  await tx.deleteFrom('passkey_challenge').where('expires_at', '<', now).execute();
}
