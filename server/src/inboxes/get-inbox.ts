import { isChatSettings, isMailSettings, type ChatInboxSettings, type EmailInboxSettings } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import type { Secrets } from '../platform/secrets.ts';
import { fillStoredSecrets, openSecretsOf, passwordsFor } from './secrets.ts';
import { findRow, type InboxFacts, type InboxRow } from './store.ts';

/** A mail inbox without its passwords. */
export type MailFacts = InboxFacts<EmailInboxSettings>;
export type ChatFacts = InboxFacts<ChatInboxSettings>;

/** A mail inbox as its channel needs it: the settings hold the passwords. Never send it to anybody. */
export interface MailInbox extends MailFacts {
  accountId: string;
  health: InboxRow['health'];
  /** Grows with every change, so that a fetcher sees that it must connect anew. */
  version: number;
}

const factsOf = <S>(row: InboxRow<S>): InboxFacts<S> => ({ id: row.id, channel: row.channel, name: row.name, address: row.address, teamId: row.team_id, isEnabled: row.is_enabled, settings: row.settings, isDemo: row.is_demo });

export const isMailRow = (row: InboxRow): row is InboxRow<EmailInboxSettings> => isMailSettings(row.settings);
export const isMailInbox = (inbox: InboxFacts): inbox is MailFacts => isMailSettings(inbox.settings);
export const isChatInbox = (inbox: InboxFacts): inbox is ChatFacts => isChatSettings(inbox.settings);

export function openInbox(secrets: Secrets, row: InboxRow<EmailInboxSettings>): MailInbox {
  const settings = fillStoredSecrets(row.settings, openSecretsOf(secrets, row.account_id, row.id, row.secrets));
  return { ...factsOf(row), settings, accountId: row.account_id, health: row.health, version: row.version };
}

const noSuchInbox = () => new Refusal('not_found', 'This inbox does not exist.');

async function mustFind(ctx: Ctx, id: string): Promise<InboxRow> {
  const row = await findRow(ctx, id);
  if (!row) throw noSuchInbox();
  return row;
}

/** One of another channel is not found either. */
export async function mustFindMail(ctx: Ctx, id: string): Promise<InboxRow<EmailInboxSettings>> {
  const row = await mustFind(ctx, id);
  if (!isMailRow(row)) throw noSuchInbox();
  return row;
}

/** With its passwords, for the mail channel. Throws `not_found`. */
export async function getMailInbox(ctx: Ctx, id: string): Promise<MailInbox> {
  return openInbox(ctx.platform.secrets, await mustFindMail(ctx, id));
}

/** Without secrets. Throws `not_found`, also for an inbox of another channel. */
export async function getMailFacts(ctx: Ctx, id: string): Promise<MailFacts> {
  return factsOf(await mustFindMail(ctx, id));
}

/** As `getMailFacts`, for one that may be gone, switched off or none of mail. */
export async function findMailFacts(ctx: Ctx, id: string): Promise<MailFacts | undefined> {
  const row = await findRow(ctx, id);
  return row?.is_enabled && isMailRow(row) ? factsOf(row) : undefined;
}

/** Of whatever channel, without secrets. Throws `not_found`. */
export async function getInboxFacts(ctx: Ctx, id: string): Promise<InboxFacts> {
  return factsOf(await mustFind(ctx, id));
}

/** Settings as somebody typed them, with passwords that were left empty taken from a stored inbox where they are for the same server and user; for trying settings out. Throws `not_found`. */
export async function withStoredPasswords(ctx: Ctx, inboxId: string, settings: EmailInboxSettings): Promise<EmailInboxSettings> {
  const row = await mustFindMail(ctx, inboxId);
  return fillStoredSecrets(settings, passwordsFor(settings, row.settings, openSecretsOf(ctx.platform.secrets, ctx.accountId, row.id, row.secrets)));
}

/** Whether there is consent for the mailbox that may be used with settings as somebody typed them: same client, same servers. Throws `not_found`. */
export async function mayUseConsent(ctx: Ctx, inboxId: string, settings: EmailInboxSettings): Promise<boolean> {
  const row = await mustFindMail(ctx, inboxId);
  return passwordsFor(settings, row.settings, openSecretsOf(ctx.platform.secrets, ctx.accountId, row.id, row.secrets)).refresh !== undefined;
}
