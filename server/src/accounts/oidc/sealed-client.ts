import { checkSealed } from '../../platform/doctor/index.ts';
import { selectSealedClients } from './oidc-store.ts';
import { secretPurpose } from './provider.ts';

export const checkCompanySignIn = checkSealed({
  check: 'company sign-in',
  select: async (tx) => (await selectSealedClients(tx)).map((row) => ({ sealed: row.sealed_secret, purpose: secretPurpose(row.account_id), name: row.issuer })),
  says: (count, first) => `of the sign-in of ${count} ${count === 1 ? 'company' : 'companies'} (first at ${first}), so that nobody gets in that way`,
  instead: 'enter the client secret again on the page Sign-in; admins get in with their own passwords.',
});
