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
