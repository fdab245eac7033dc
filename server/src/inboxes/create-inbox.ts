import { isMailSettings, type ChannelName, type Inbox, type InboxSettings } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { auditInbox } from './audit-inbox.ts';
import { isMailRow } from './get-inbox.ts';
import { prepareSettings } from './prepare-settings.ts';
import { sealSecrets } from './secrets.ts';
import { shapeInbox } from './shape-inbox.ts';
import { claimAddresses, findRow, insertInbox, teamExists, type InboxRow } from './store.ts';

export interface CreateInbox {
  channel: ChannelName;
  name: string;
  /** New cases of the inbox go to this team. */
  teamId: string | null;
  settings: InboxSettings;
  isDemo?: boolean;
}

export async function mustBeTeam(ctx: Ctx, teamId: string | null): Promise<void> {
  if (teamId !== null && !(await teamExists(ctx, teamId))) throw new Refusal('bad_inbox_settings', 'Choose a team that exists.');
}

/** Where a chat goes on by mail must be an inbox of ours for mail; refuses `bad_inbox_settings`. */
export async function mustSendMail(ctx: Ctx, settings: InboxSettings): Promise<void> {
  if (isMailSettings(settings) || settings.mailInboxId === null) return;
  const found = await findRow(ctx, settings.mailInboxId);
  if (!found || !isMailRow(found)) throw new Refusal('bad_inbox_settings', 'Choose a mail inbox that exists for answers as mails.');
}

export async function mustBeFree(ctx: Ctx, row: Pick<InboxRow, 'id' | 'channel'>, addresses: readonly string[]): Promise<void> {
  const taken = await claimAddresses(ctx, row.channel, row.id, addresses);
  if (taken.length > 0) throw new Refusal('address_taken', `${taken.join(', ')}: another inbox receives here. Remove the address there first.`);
}

/** Whether what settings name of rooms above is there: they know. Refuses `bad_inbox_settings`. */
export type CheckSettings = (ctx: Ctx, settings: InboxSettings) => Promise<void>;

/** Sets up an inbox. Refuses an address that another inbox has (`address_taken`) and settings that cannot work (`bad_inbox_settings`). */
export async function createInbox(ctx: Ctx, input: CreateInbox, check?: CheckSettings): Promise<Inbox> {
  mustBeAllowed(ctx.actor, 'inbox.manage');
  await mustBeTeam(ctx, input.teamId);
  await mustSendMail(ctx, input.settings);
  await check?.(ctx, input.settings);
  const id = newId();
  const { settings, secrets, addresses } = prepareSettings(input.settings);
  const row: InboxRow = {
    account_id: ctx.accountId, id, channel: input.channel, name: input.name, address: addresses[0], team_id: input.teamId, is_enabled: true, settings,
    secrets: sealSecrets(ctx.platform.secrets, ctx.accountId, id, secrets), health: { state: 'waiting', detail: null, checkedAt: null }, is_demo: input.isDemo ?? false, version: 1, created_at: ctx.clock.now(),
  };
  await insertInbox(ctx, row);
  await mustBeFree(ctx, row, addresses);
  await auditInbox(ctx, row);
  await announce(ctx, 'inbox.changed', { inboxId: id });
  return shapeInbox(ctx, row);
}
