import type { BodyOf, Endpoints } from '@rapport/contract';
import { chooseTimeZone, foundAccount, hashPassword, mustBeStrong, recordAudit, type FoundedAccount } from '../accounts/index.ts';
import { trialInbox } from '../channels/index.ts';
import { createInbox } from '../inboxes/index.ts';
import { inAccount, systemActor, type Platform } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { defaultInboxAddress } from './default-address.ts';
import { findInstalledAccount } from './find-installation.ts';
import { claimInstallation } from './store.ts';

export interface SetUp extends FoundedAccount {
  accountId: string;
  inboxId: string;
  inboxAddress: string;
}

const inboxName = { en: 'Email', de: 'Mail' } as const;
const alreadySetUp = () => new Refusal('already_set_up', 'Sign in instead, or ask an admin for an invitation.');

/**
 * The first run: the account with its roles, the first admin, a team and an inbox that works at once with the built-in mailbox, all or nothing. Possible only while there
 * is no account; of two at the same moment one wins and the other is refused. `actor` and `address` say in the audit log who it was.
 */
export async function runSetup(platform: Platform, input: BodyOf<Endpoints['setup']['run']>, by: { actor: string; address?: string }): Promise<SetUp> {
  if (await findInstalledAccount(platform)) throw alreadySetUp();
  mustBeStrong(input.password, { email: input.email, name: input.name, company: input.company });
  const passwordHash = await hashPassword(input.password);
  const accountId = newId();
  const inboxAddress = input.inboxAddress ?? defaultInboxAddress(platform.config, input.company);
  return inAccount(platform, accountId, systemActor(by.actor), async (ctx) => {
    const founded = await foundAccount(ctx, { company: input.company, name: input.name, email: input.email, passwordHash, locale: input.locale });
    if (!(await claimInstallation(ctx.tx, accountId, ctx.clock.now()))) throw alreadySetUp();
    await recordAudit(ctx, 'account.founded', { target: input.company, detail: { admin: input.email }, ...(by.address === undefined ? {} : { address: by.address }) });
    // A zone that the database does not know can be chosen better later; it does not stand in the way of the first run.
    if (input.timeZone !== undefined) await chooseTimeZone(ctx, input.timeZone).catch((error: unknown) => { if (!(error instanceof Refusal)) throw error; });
    const inbox = await createInbox(ctx, { ...trialInbox({ address: inboxAddress, fromName: input.company }), name: inboxName[input.locale], teamId: founded.teamId });
    await announce(ctx, 'account.founded', { fillDemo: input.fillDemo });
    return { ...founded, accountId, inboxId: inbox.id, inboxAddress: inbox.address };
  });
}
