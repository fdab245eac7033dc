import { randomBytes } from 'node:crypto';
import type { Platform } from './platform/context.ts';
import { findInstalledAccount, runSetup } from './setup/index.ts';

/**
 * Makes an account filled with the demo company, unless there is an account already. Its admin's password is thrown away: visitors sign in with the
 * demo's own sign-in, which the sign-in page shows; who wants to keep the account makes a password with `npx rapport`.
 */
export async function openDemo(platform: Platform): Promise<'made' | 'there-already'> {
  if (await findInstalledAccount(platform)) return 'there-already';
  const password = randomBytes(24).toString('base64url');
  await runSetup(platform, { company: 'Rapport demo', name: 'Demo admin', email: 'admin@demo.rapport.test', password, locale: 'en', fillDemo: true }, { actor: 'start' });
  return 'made';
}
