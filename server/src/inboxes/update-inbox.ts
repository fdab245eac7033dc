import { isMailSettings, type EmailInboxSettings, type Inbox, type InboxSettings } from '@rapport/contract';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { auditInbox } from './audit-inbox.ts';
import { addressesOf } from './check-settings.ts';
import { mustBeFree, mustBeTeam, mustSendMail, type CheckSettings } from './create-inbox.ts';
import { isMailRow } from './get-inbox.ts';
import { prepareSettings } from './prepare-settings.ts';
import { openSecretsOf, passwordsFor, sealSecrets, type InboxSecrets } from './secrets.ts';
import { healthOf } from './record-health.ts';
import { shapeInbox } from './shape-inbox.ts';
import { lockRow, saveHealth, saveInbox, type InboxRow } from './store.ts';

export interface UpdateInbox {
  name?: string | undefined;
  teamId?: string | null | undefined;
  isEnabled?: boolean | undefined;
  settings?: InboxSettings | undefined;
}

/**
 * What an inbox of the demo receives is taken away with the demo, and its answers never leave the house. A real address or mail server behind it would lose real
 * customers' mail both ways.
 */
function mustStayDemo(row: InboxRow<EmailInboxSettings>, settings: EmailInboxSettings): void {
  const before = new Set(addressesOf(row.settings));
  const isReal = settings.inbound.kind !== 'listener' || settings.outbound.kind !== 'mailbox' || addressesOf(settings).some((address) => !before.has(address));
  if (isReal) throw new Refusal('bad_inbox_settings', 'This inbox belongs to the demo and goes away with it. Set up an inbox of your own for a real address or mail server.');
}

/** Changes an inbox; what is left out stays. New settings replace the old ones, except that an empty password keeps the stored one, for the same server and user. */
export async function updateInbox(ctx: Ctx, inboxId: string, input: UpdateInbox, check?: CheckSettings): Promise<Inbox> {
  mustBeAllowed(ctx.actor, 'inbox.manage');
  const row = await lockRow(ctx, inboxId);
  if (!row) throw new Refusal('not_found', 'This inbox does not exist.');
  const before = structuredClone(row);
  if (input.name !== undefined) row.name = input.name;
  if (input.isEnabled !== undefined) row.is_enabled = input.isEnabled;
  if (input.teamId !== undefined) {
    await mustBeTeam(ctx, input.teamId);
    row.team_id = input.teamId;
  }
  if (input.settings !== undefined) await check?.(ctx, input.settings);
  if (input.settings !== undefined) await changeSettings(ctx, row, input.settings);
  await saveInbox(ctx, row);
  await auditInbox(ctx, row, before);
  await announce(ctx, 'inbox.changed', { inboxId: row.id });
  return shapeInbox(ctx, row);
}

async function changeSettings(ctx: Ctx, row: InboxRow, given: InboxSettings): Promise<void> {
  if (isMailSettings(given) !== isMailSettings(row.settings)) throw new Refusal('bad_inbox_settings', 'An inbox stays on its channel. Set up another one.');
  await mustSendMail(ctx, given);
  const kept = isMailSettings(given) && isMailRow(row) ? keptPasswords(ctx, row, given) : {};
  const { settings, secrets, addresses } = prepareSettings(given, kept, row.address);
  row.settings = settings;
  row.address = addresses[0];
  row.secrets = sealSecrets(ctx.platform.secrets, ctx.accountId, row.id, secrets);
  // What went wrong with the old server is told of it no longer; the next message shows how the new one fares.
  if (row.health.sending) {
    row.health = healthOf({ ...(row.health.receiving ? { receiving: row.health.receiving } : {}) }, row.health.checkedAt);
    await saveHealth(ctx, row.id, row.health);
  }
  await mustBeFree(ctx, row, addresses);
}

function keptPasswords(ctx: Ctx, row: InboxRow<EmailInboxSettings>, given: EmailInboxSettings): InboxSecrets {
  if (row.is_demo) mustStayDemo(row, given);
  return passwordsFor(given, row.settings, openSecretsOf(ctx.platform.secrets, ctx.accountId, row.id, row.secrets));
}
