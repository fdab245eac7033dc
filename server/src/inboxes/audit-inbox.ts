import { isMailSettings } from '@rapport/contract';
import { recordAudit } from '../accounts/index.ts';
import type { Ctx } from '../platform/context.ts';
import type { InboxRow } from './store.ts';

const serverOf = (kind: string, server: { host: string; port: number; security: string; user: string } | undefined) => (server ? { kind, host: server.host, port: server.port, security: server.security, user: server.user } : { kind });

/** What an inbox is set to, as far as the audit log tells it: where its mail comes from and goes to, never a password or a text. */
function factsOf(row: InboxRow): Record<string, unknown> {
  const facts = { name: row.name, teamId: row.team_id, isEnabled: row.is_enabled, reopenDays: row.settings.reopenDays };
  if (!isMailSettings(row.settings)) return { ...facts, addresses: [row.address], origins: row.settings.origins };
  const { address, aliases, inbound, outbound, autoReply } = row.settings;
  return {
    ...facts, addresses: [address, ...aliases], answersAutomatically: autoReply.isOn,
    inbound: serverOf(inbound.kind, inbound.kind === 'imap' ? inbound.imap : undefined), outbound: serverOf(outbound.kind, outbound.kind === 'smtp' ? outbound.smtp : undefined),
  };
}

/** Who may change an inbox decides where customers' mail is read from and who sends in the company's name: each change is written down, with what it was before. */
export async function auditInbox(ctx: Ctx, row: InboxRow, before?: InboxRow): Promise<void> {
  const facts = factsOf(row);
  if (!before) return recordAudit(ctx, 'inbox.created', { target: row.address, detail: { inboxId: row.id, ...facts } });
  const earlier = factsOf(before);
  const changed = Object.keys(facts).filter((key) => JSON.stringify(facts[key]) !== JSON.stringify(earlier[key]));
  const pick = (from: Record<string, unknown>) => Object.fromEntries(changed.map((key) => [key, from[key]]));
  return recordAudit(ctx, 'inbox.changed', { target: row.address, detail: { inboxId: row.id, ...pick(facts), before: pick(earlier) } });
}
