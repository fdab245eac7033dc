import type { MailOauth } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { isMailRow, mustFindMail } from './get-inbox.ts';
import { openSecretsOf, sealSecrets } from './secrets.ts';
import { lockRow, saveInbox, saveSecrets } from './store.ts';

/** How an inbox gets access at its mail provider. For the channel only, never for an answer or a log. */
export interface MailConsent {
  client: MailOauth;
  /** Undefined while nobody has given consent, or when it was taken back. */
  refreshToken: string | undefined;
  version: number;
}

/** Undefined where the inbox has no such provider. Throws `not_found`. */
export async function getMailConsent(ctx: Ctx, inboxId: string): Promise<MailConsent | undefined> {
  const row = await mustFindMail(ctx, inboxId);
  if (!row.settings.oauth) return undefined;
  const { client, refresh } = openSecretsOf(ctx.platform.secrets, ctx.accountId, row.id, row.secrets);
  return { client: { ...row.settings.oauth, ...(client === undefined ? {} : { clientSecret: client }) }, refreshToken: refresh, version: row.version };
}

/** Keeps the consent that was just given for `client`; whoever fetches the mailbox connects anew. Refuses when the settings name another client by now. */
export async function giveMailConsent(ctx: Ctx, inboxId: string, client: Pick<MailOauth, 'clientId'>, refreshToken: string): Promise<void> {
  const row = await lockRow(ctx, inboxId);
  if (!row || !isMailRow(row) || !row.settings.oauth || row.settings.oauth.clientId !== client.clientId) throw new Refusal('bad_inbox_settings', 'The settings were changed meanwhile. Please connect again.');
  const stored = openSecretsOf(ctx.platform.secrets, ctx.accountId, row.id, row.secrets);
  row.secrets = sealSecrets(ctx.platform.secrets, ctx.accountId, row.id, { ...stored, refresh: refreshToken });
  await saveInbox(ctx, row);
  await announce(ctx, 'inbox.changed', { inboxId });
}

/** A provider has given another token in place of `used`, or (undefined) does not take it any more. When somebody else was faster, theirs stays. */
export async function replaceMailConsent(ctx: Ctx, inboxId: string, used: string, refreshToken: string | undefined): Promise<void> {
  const row = await lockRow(ctx, inboxId);
  if (!row) return;
  const { refresh, ...others } = openSecretsOf(ctx.platform.secrets, ctx.accountId, row.id, row.secrets);
  if (refresh !== used) return;
  // Not a change of the inbox: the connections that are open stay right.
  await saveSecrets(ctx, inboxId, sealSecrets(ctx.platform.secrets, ctx.accountId, row.id, refreshToken === undefined ? others : { ...others, refresh: refreshToken }));
  if (refreshToken === undefined) await announce(ctx, 'inbox.changed', { inboxId });
}
