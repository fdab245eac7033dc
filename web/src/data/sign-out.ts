import { client } from './client.ts';
import { clearDrafts } from './drafts.ts';
import { emptyOutbox } from './outbox.ts';

const PATIENCE_MS = 4000;

/**
 * Ends the session and takes what this agent wrote off the device; drafts stay on the server. Answers `waiting` and changes nothing when something
 * could not be sent yet: signing out would leave it behind on a machine that others may use.
 */
export async function signOut(): Promise<'done' | 'waiting'> {
  if (!(await emptyOutbox(PATIENCE_MS))) return 'waiting';
  await client.accounts.signOut();
  await clearDrafts();
  return 'done';
}

/** Where to go after signing out: to the company's sign-in, when the session came from there and ends there as well, else to our own. Ask before. */
export async function wayOut(): Promise<string> {
  return (await client.signIn.companyLeave().catch(() => undefined))?.url ?? '/sign-in';
}

/** Goes on in another account of the same person. What was written here is sent and taken off the device first, as when signing out. */
export async function switchPlace(accountId: string): Promise<'done' | 'waiting'> {
  if (!(await emptyOutbox(PATIENCE_MS))) return 'waiting';
  await client.signIn.switchPlace({ params: { accountId } });
  await clearDrafts();
  return 'done';
}
