import type { EmailInboxSettings } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Secrets } from '../platform/secrets.ts';
import { fillStoredSecrets, openSecretsOf, passwordsFor } from './secrets.ts';
import { findRow, type InboxFacts, type InboxRow } from './store.ts';

/** An inbox as its channel needs it: the settings hold the passwords. Never send it to anybody. */
export interface OpenedInbox extends InboxFacts {
  accountId: string;
  health: InboxRow['health'];
  /** Grows with every change, so that a fetcher sees that it must connect anew. */
  version: number;
}

const factsOf = (row: InboxRow): InboxFacts => ({ id: row.id, channel: row.channel, name: row.name, address: row.address, teamId: row.team_id, isEnabled: row.is_enabled, settings: row.settings, isDemo: row.is_demo });

export function openInbox(secrets: Secrets, row: InboxRow): OpenedInbox {
  const settings: EmailInboxSettings = fillStoredSecrets(row.settings, openSecretsOf(secrets, row.account_id, row.id, row.secrets));
  return { ...factsOf(row), settings, accountId: row.account_id, health: row.health, version: row.version };
}

async function mustFind(ctx: Ctx, id: string): Promise<InboxRow> {
  const row = await findRow(ctx, id);
  if (!row) throw new Refusal('not_found', 'This inbox does not exist.');
  return row;
}

/** With its secrets opened, for a channel. Throws `not_found`. */
export async function getInbox(ctx: Ctx, id: string): Promise<OpenedInbox> {
  return openInbox(ctx.platform.secrets, await mustFind(ctx, id));
}

/** Without secrets. Throws `not_found`. */
export async function getInboxFacts(ctx: Ctx, id: string): Promise<InboxFacts> {
  return factsOf(await mustFind(ctx, id));
}

/** Settings as somebody typed them, with passwords that were left empty taken from a stored inbox where they are for the same server and user; for trying settings out. Throws `not_found`. */
export async function withStoredPasswords(ctx: Ctx, inboxId: string, settings: EmailInboxSettings): Promise<EmailInboxSettings> {
  const row = await mustFind(ctx, inboxId);
  return fillStoredSecrets(settings, passwordsFor(settings, row.settings, openSecretsOf(ctx.platform.secrets, ctx.accountId, row.id, row.secrets)));
}

/** Whether there is consent for the mailbox that may be used with settings as somebody typed them: same client, same servers. Throws `not_found`. */
export async function mayUseConsent(ctx: Ctx, inboxId: string, settings: EmailInboxSettings): Promise<boolean> {
  const row = await mustFind(ctx, inboxId);
  return passwordsFor(settings, row.settings, openSecretsOf(ctx.platform.secrets, ctx.accountId, row.id, row.secrets)).refresh !== undefined;
}
