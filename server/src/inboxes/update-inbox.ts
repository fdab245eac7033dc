import type { EmailInboxSettings, Inbox } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { checkSettings } from './check-settings.ts';
import { mustBeFree, mustBeTeam } from './create-inbox.ts';
import { openSecretsOf, passwordsFor, sealSecrets, takeSecrets } from './secrets.ts';
import { shapeInbox } from './shape-inbox.ts';
import { lockRow, saveInbox } from './store.ts';

export interface UpdateInbox {
  name?: string | undefined;
  teamId?: string | null | undefined;
  isEnabled?: boolean | undefined;
  settings?: EmailInboxSettings | undefined;
}

/** Changes an inbox; what is left out stays. New settings replace the old ones, except that an empty password keeps the stored one, for the same server and user. */
export async function updateInbox(ctx: Ctx, inboxId: string, input: UpdateInbox): Promise<Inbox> {
  mustBeAllowed(ctx.actor, 'inbox.manage');
  const row = await lockRow(ctx, inboxId);
  if (!row) throw new Refusal('not_found', 'This inbox does not exist.');
  if (input.name !== undefined) row.name = input.name;
  if (input.isEnabled !== undefined) row.is_enabled = input.isEnabled;
  if (input.teamId !== undefined) {
    await mustBeTeam(ctx, input.teamId);
    row.team_id = input.teamId;
  }
  if (input.settings !== undefined) {
    const kept = passwordsFor(input.settings, row.settings, openSecretsOf(ctx.platform.secrets, ctx.accountId, row.id, row.secrets));
    const { settings, secrets } = takeSecrets({ ...input.settings, address: input.settings.address.toLowerCase() }, kept);
    checkSettings(settings, secrets);
    row.settings = settings;
    row.address = settings.address;
    row.secrets = sealSecrets(ctx.platform.secrets, ctx.accountId, row.id, secrets);
    await mustBeFree(ctx, row);
  }
  await saveInbox(ctx, row);
  await announce(ctx, 'inbox.changed', { inboxId: row.id });
  return shapeInbox(ctx, row);
}
