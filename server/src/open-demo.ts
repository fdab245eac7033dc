import { randomBytes } from 'node:crypto';
import { demoCompany, openDemoAccount, whenFilled } from './demo/index.ts';
import type { Platform } from './platform/context.ts';
import { findInstalledAccount, runSetup } from './setup/index.ts';

/**
 * Makes an account that is nothing but the demo company, unless there is an account already; jobs fill it meanwhile. The founder's password is thrown away:
 * visitors use the demo's own sign-in, which the sign-in page shows.
 */
export async function openDemo(platform: Platform): Promise<void> {
  if (await findInstalledAccount(platform)) return;
  const founded = await runSetup(platform, { ...demoCompany, password: randomBytes(24).toString('base64url'), fillDemo: false }, { actor: 'npm start -- --demo' });
  await openDemoAccount(platform, founded);
}

/** Tells how far the filling is, then how to come in. Ends quietly when the server stops before that: the filling goes on with the next start. */
export async function tellDemo(platform: Platform, say: (line: string) => void, isStopping: () => boolean): Promise<void> {
  try {
    const account = await findInstalledAccount(platform);
    if (!account) return;
    let told = 0;
    await whenFilled(platform, account.id, (share) => {
      if (share - told < 0.25 || isStopping()) return;
      told = share;
      say(`Filling the demo company: ${Math.round(share * 100)} %`);
    });
    const visitor = (await findInstalledAccount(platform))?.demoSignIn;
    if (visitor) say(`Sign in to the demo as ${visitor.email} with the password ${visitor.password}.`);
  } catch (error) {
    if (!isStopping()) throw error;
  }
}
