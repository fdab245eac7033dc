import { checkSealed } from '../platform/doctor/index.ts';
import { pushPurpose } from './push.ts';
import { selectSealedKeys } from './push-store.ts';

export const checkPushKeys = checkSealed({
  check: 'push keys',
  select: async (tx) => (await selectSealedKeys(tx)).map((row) => ({ sealed: row.sealed_private, purpose: pushPurpose(row.account_id), name: row.account_id })),
  says: (count) => `of ${count} ${count === 1 ? 'company' : 'companies'}, whose browsers get no pushes`,
  instead: 'have everybody switch pushes on again under Notifications: the first who does makes a new key.',
});
