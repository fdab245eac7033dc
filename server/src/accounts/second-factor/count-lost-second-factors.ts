import type { Platform } from '../../platform/context.ts';
import { totpPurpose } from './prove-code.ts';
import { selectSealedSecrets } from './second-factor-store.ts';

/** How many people’s second factors were sealed with another key than the one that is here: no code of theirs is right until they are set up anew. */
export async function countLostSecondFactors({ database, secrets }: Pick<Platform, 'database' | 'secrets'>): Promise<number> {
  const rows = await database.asSystem(selectSealedSecrets);
  return rows.filter(({ id, totp_secret: sealed }) => {
    try {
      secrets.open(sealed, totpPurpose(id));
      return false;
    } catch {
      return true;
    }
  }).length;
}
