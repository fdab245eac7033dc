import { setTimeout as sleep } from 'node:timers/promises';
import { updateTeam } from '../accounts/index.ts';
import { updateInbox } from '../inboxes/index.ts';
import { inAccount, systemActor, type Platform } from '../platform/context.ts';
import { beginFill } from './begin-fill.ts';
import { addressAt, company } from './company.ts';
import { findDemo } from './store.ts';

/** The first run's answers for an account that is nothing but the demo. Nobody knows the password of its founder: visitors sign in as one of the demo's agents. */
export const demoCompany = { company: company.name, name: 'Nuala Quinn', email: addressAt('nuala', company.domain), inboxAddress: addressAt('office', company.domain), locale: 'en' as const };

/** Turns an account that was just founded with `demoCompany` into the demo: filled in a job, offered on the sign-in page, now and then a customer writes. */
export async function openDemoAccount(platform: Platform, founded: { accountId: string; teamId: string; inboxId: string }): Promise<void> {
  await inAccount(platform, founded.accountId, systemActor('demo'), async (ctx) => {
    await updateTeam(ctx, founded.teamId, { name: 'Office' });
    await updateInbox(ctx, founded.inboxId, { name: 'Office' });
    await beginFill(ctx, { hostAgentId: null, isWhole: true, trickles: true });
  });
}

/** Resolves when the account's demo is complete, telling how far it is (0 to 1) every now and then; at once when there is no demo. */
export async function whenFilled(platform: Platform, accountId: string, onProgress: (share: number) => void = () => {}): Promise<void> {
  for (;;) {
    const demo = await platform.database.inAccount(accountId, (tx) => findDemo(tx, accountId));
    if (demo?.state !== 'filling') return;
    onProgress(demo.total === 0 ? 0 : demo.done / demo.total);
    await sleep(300);
  }
}

