import type { Inbox } from '@rapport/contract';
import { can, type Ctx } from '../platform/context.ts';
import { isMailRow } from './get-inbox.ts';
import { openSecretsOf, shownSettings } from './secrets.ts';
import type { InboxRow } from './store.ts';

function troublesOf(health: InboxRow['health']): Inbox['health']['troubles'] {
  return (['receiving', 'sending'] as const).flatMap((way) => {
    const part = health[way];
    return part?.state === 'failing' && part.finding !== undefined ? [{ way, finding: part.finding, values: part.values ?? {} }] : [];
  });
}

/** An inbox as the contract shows it; its settings only to those who manage inboxes. */
export function shapeInbox(ctx: Ctx, row: InboxRow): Inbox {
  const settings = !can(ctx.actor, 'inbox.manage') ? {} : isMailRow(row) ? shownSettings(row.settings, openSecretsOf(ctx.platform.secrets, row.account_id, row.id, row.secrets)) : row.settings;
  return { id: row.id, channel: row.channel, name: row.name, address: row.address, teamId: row.team_id, isEnabled: row.is_enabled, createdAt: row.created_at.toISOString(), settings, health: { state: row.health.state, detail: row.health.detail, checkedAt: row.health.checkedAt, troubles: troublesOf(row.health) } };
}
