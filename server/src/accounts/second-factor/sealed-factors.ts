import { checkSealed } from '../../platform/doctor/index.ts';
import { totpPurpose } from './prove-code.ts';
import { selectSealedSecrets } from './second-factor-store.ts';

export const checkSecondFactors = checkSealed({
  check: 'second factors',
  select: async (tx) => (await selectSealedSecrets(tx)).map(({ id, totp_secret: sealed }) => ({ sealed, purpose: totpPurpose(id), name: id })),
  says: (count) => `of ${count} ${count === 1 ? 'person' : 'people'}, whose codes are not taken`,
  instead: 'lift them: npx rapport second-factor lift --email …',
});
