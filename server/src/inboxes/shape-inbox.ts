import type { Inbox } from '@rapport/contract';
import { can, type Ctx } from '../platform/context.ts';
import { openSecretsOf, shownSettings } from './secrets.ts';
import type { InboxRow } from './store.ts';

/** An inbox as the contract shows it; its settings only to those who manage inboxes. */
export function shapeInbox(ctx: Ctx, row: InboxRow): Inbox {
  const settings = can(ctx.actor, 'inbox.manage') ? shownSettings(row.settings, openSecretsOf(ctx.platform.secrets, row.account_id, row.id, row.secrets)) : {};
  return { id: row.id, channel: row.channel, name: row.name, address: row.address, teamId: row.team_id, isEnabled: row.is_enabled, createdAt: row.created_at.toISOString(), settings, health: { state: row.health.state, detail: row.health.detail, checkedAt: row.health.checkedAt } };
}
