import { checkSealed } from '../platform/doctor/index.ts';
import { secretPurpose } from './sign.ts';
import { selectSealed } from './store.ts';

export const checkSecrets = checkSealed({
  check: 'webhook secrets',
  select: async (tx) => (await selectSealed(tx)).map((row) => ({ sealed: row.secret, purpose: secretPurpose(row.id), name: row.name })),
  says: (count, first) => `of ${count} ${count === 1 ? 'webhook' : 'webhooks'} (first “${first}”), which are switched off when they next have something to say`,
  instead: 'make new secrets on the page Webhooks, give them to the receivers, and switch the webhooks on again.',
});
