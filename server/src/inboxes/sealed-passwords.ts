import { checkSealed } from '../platform/doctor/index.ts';
import { secretsPurpose } from './secrets.ts';
import { selectSealed } from './store.ts';

export const checkPasswords = checkSealed({
  check: 'mailbox passwords',
  select: async (tx) => (await selectSealed(tx)).map((row) => ({ sealed: row.secrets, purpose: secretsPurpose(row.account_id, row.id), name: row.address })),
  says: (count, first) => `of ${count} ${count === 1 ? 'inbox' : 'inboxes'} (first ${first}), so that nothing is fetched or sent there`,
  instead: 'enter the passwords of the inboxes again, in their settings.',
});
