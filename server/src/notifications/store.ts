import type { NotificationKind } from '@rapport/contract';
import type { CaseReader } from '../platform/case-scope.ts';
import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';

export interface NewNotification {
  agentId: string;
  id: string;
  isListed: boolean;
  isShown: boolean;
  isSounded: boolean;
  mailAt: string | null;
}

const SHAPE = 'r("agentId" uuid, id uuid, "isListed" boolean, "isShown" boolean, "isSounded" boolean, "mailAt" timestamptz)';

/** Marks that these agents are told of an event by a way; answers those who had not been. */
export async function claimTold(ctx: Ctx, agentIds: readonly string[], eventKey: string, way: string): Promise<Set<string>> {
  const rows = await ctx.tx.named<{ agent_id: string }>(
    'notification_claim', 'insert into notification_told (account_id, agent_id, event_key, way, at) select $1, id, $3, $4, $5 from unnest($2::uuid[]) id on conflict do nothing returning agent_id', [ctx.accountId, agentIds, eventKey, way, ctx.clock.now()],
  );
  return new Set(rows.map((row) => row.agent_id));
}

export async function forgetTold(ctx: Ctx, agentId: string, eventKey: string, way: string): Promise<void> {
  await ctx.tx.named('notification_unclaim', 'delete from notification_told where account_id = $1 and agent_id = $2 and event_key = $3 and way = $4', [ctx.accountId, agentId, eventKey, way]);
}

/** Those of the agents who have just been told the same by the same colleague, of whatever case, and have not read it. */
export async function findJustTold(ctx: Ctx, agentIds: readonly string[], kind: NotificationKind, byName: string, since: Date): Promise<Set<string>> {
  const rows = await ctx.tx.named<{ agent_id: string }>(
    'notification_just_told', 'select distinct agent_id from notification where account_id = $1 and agent_id = any($2::uuid[]) and kind = $3 and by_name = $4 and at > $5 and read_at is null and is_listed', [ctx.accountId, agentIds, kind, byName, since],
  );
  return new Set(rows.map((row) => row.agent_id));
}

/** Adds to the group of the same kind on the same case that is unread and not older than `since`, or begins one. */
export async function insertOrGroup(ctx: Ctx, rows: readonly NewNotification[], about: { kind: NotificationKind; caseId: string; entryId: string | null; byName: string; since: Date }): Promise<void> {
  const grouped = await ctx.tx.named<{ agent_id: string }>(
    'notification_group',
    `update notification n set id = r.id, count = n.count + 1, at = $5, entry_id = $6, by_name = $7, is_listed = r."isListed", is_shown = r."isShown", is_sounded = r."isSounded", mail_at = coalesce(n.mail_at, r."mailAt")
     from jsonb_to_recordset($2) ${SHAPE} where n.account_id = $1 and n.agent_id = r."agentId" and n.case_id = $3 and n.kind = $4 and n.read_at is null and n.at > $8 returning n.agent_id`,
    [ctx.accountId, JSON.stringify(rows), about.caseId, about.kind, ctx.clock.now(), about.entryId, about.byName, about.since],
  );
  const done = new Set(grouped.map((row) => row.agent_id));
  await ctx.tx.named(
    'notification_insert',
    `insert into notification (account_id, agent_id, id, kind, case_id, entry_id, by_name, first_at, at, is_listed, is_shown, is_sounded, mail_at)
     select $1, r."agentId", r.id, $4, $3, $6, $7, $5, $5, r."isListed", r."isShown", r."isSounded", r."mailAt" from jsonb_to_recordset($2) ${SHAPE}`,
    [ctx.accountId, JSON.stringify(rows.filter((row) => !done.has(row.agentId))), about.caseId, about.kind, ctx.clock.now(), about.entryId, about.byName],
  );
}

export interface NotificationRow {
  id: string; kind: NotificationKind; case_id: string; number: number; subject: string; customer_name: string; entry_id: string | null; by_name: string; count: number; at: Date; read_at: Date | null; is_shown: boolean; is_sounded: boolean;
}

const COLUMNS = 'n.id, n.kind, n.case_id, c.number::int as number, c.subject, k.name as customer_name, n.entry_id, n.by_name, n.count, n.at, n.read_at, n.is_shown, n.is_sounded';
const JOINED = 'notification n join cases c on c.account_id = $1 and c.id = n.case_id join customer k on k.account_id = $1 and k.id = c.customer_id';

/** The reader's list below `before`, newest first; what is on cases they see no more is left out. */
export function selectNotifications(ctx: Ctx, reader: CaseReader, before: string, onlyUnread: boolean, limit: number): Promise<NotificationRow[]> {
  return ctx.tx.named<NotificationRow>(
    onlyUnread ? 'notification_list_unread' : 'notification_list',
    `select ${COLUMNS} from ${JOINED} where n.account_id = $1 and n.agent_id = $2 and n.id < $3 and n.is_listed ${onlyUnread ? 'and n.read_at is null' : ''} and case_in_scope($4, $2, $5, c.assignee_id, c.team_id) and ($7 or c.removed_as is distinct from 'deleted') order by n.id desc limit $6`,
    [ctx.accountId, reader.agentId, before, reader.scope, reader.teamIds, limit, reader.seesDeleted],
  );
}

export async function findUnread(ctx: Ctx, agentId: string): Promise<number> {
  const [row] = await ctx.tx.named<{ unread: number }>('notification_unread', 'select unread from notification_count where account_id = $1 and agent_id = $2', [ctx.accountId, agentId]);
  return row?.unread ?? 0;
}

/** Marks as read those given, or those of a case, or all; what is read is not mailed. Answers how many it were. */
export async function markRead(ctx: Ctx, agentId: string, what: { ids: readonly string[] | null; caseId: string | null }): Promise<number> {
  const rows = await ctx.tx.named(
    'notification_read',
    'update notification set read_at = $3, mail_at = null where account_id = $1 and agent_id = $2 and read_at is null and ($4::uuid[] is null or id = any($4)) and ($5::uuid is null or case_id = $5) returning 1',
    [ctx.accountId, agentId, ctx.clock.now(), what.ids, what.caseId],
  );
  return rows.length;
}

/** Of a case: ends what is unread with those who may not see it any more; answers who they are. */
export async function endForOthers(ctx: Ctx, caseId: string, readerIds: readonly string[]): Promise<string[]> {
  const rows = await ctx.tx.named<{ agent_id: string }>(
    'notification_end', 'update notification set read_at = $3, mail_at = null where account_id = $1 and case_id = $2 and read_at is null and not (agent_id = any($4)) returning agent_id', [ctx.accountId, caseId, ctx.clock.now(), readerIds],
  );
  return [...new Set(rows.map((row) => row.agent_id))];
}

/** The group of a kind on a case that an agent has not read. */
export async function findUnreadGroup(ctx: Ctx, agentId: string, caseId: string, kind: NotificationKind): Promise<{ count: number; number: number; locale: string } | undefined> {
  const [row] = await ctx.tx.named<{ count: number; number: number; locale: string }>(
    'notification_open_group',
    `select n.count, c.number::int as number, a.locale from notification n join cases c on c.account_id = $1 and c.id = n.case_id join agent a on a.account_id = $1 and a.id = n.agent_id
     where n.account_id = $1 and n.agent_id = $2 and n.case_id = $3 and n.kind = $4 and n.read_at is null order by n.id desc limit 1`,
    [ctx.accountId, agentId, caseId, kind],
  );
  return row;
}

export interface SettingRow {
  settings: unknown;
  time_zone: string | null;
  paused_until: Date | null;
}
export async function findSetting(ctx: Ctx, agentId: string): Promise<SettingRow | undefined> {
  const [row] = await ctx.tx.named<SettingRow>('notification_setting', 'select settings, time_zone, paused_until from notification_setting where account_id = $1 and agent_id = $2', [ctx.accountId, agentId]);
  return row;
}

export async function saveSetting(ctx: Ctx, agentId: string, row: { settings: unknown; timeZone: string | null; pausedUntil: Date | null }): Promise<void> {
  await ctx.tx.named(
    'notification_setting_save',
    `insert into notification_setting (account_id, agent_id, settings, time_zone, paused_until, updated_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (account_id, agent_id) do update set settings = excluded.settings, time_zone = excluded.time_zone, paused_until = excluded.paused_until, updated_at = excluded.updated_at`,
    [ctx.accountId, agentId, JSON.stringify(row.settings), row.timeZone, row.pausedUntil, ctx.clock.now()],
  );
}

/** Agents over all accounts who have something to be mailed by now. */
export function selectMailDue(tx: Tx, now: Date, limit: number): Promise<{ account_id: string; agent_id: string }[]> {
  return tx.named('notification_mail_due', 'select distinct account_id, agent_id from notification where mail_at <= $1 limit $2', [now, limit]);
}

/** Takes what is due for a mail out of the waiting; a second taker gets nothing. What lies on cases the agent may not see any more is left out of the answer. */
export function takeForMail(ctx: Ctx, agentId: string): Promise<NotificationRow[]> {
  return ctx.tx.named<NotificationRow>(
    'notification_mail_take',
    `with due as (update notification set mail_at = null where account_id = $1 and agent_id = $2 and mail_at <= $3 returning *), me as (
       select a.id, r.case_scope, 'case.read' = any(r.permissions) as reads, 'case.delete' = any(r.permissions) as sees_deleted, array(select m.team_id from team_member m where m.account_id = $1 and m.agent_id = a.id) as teams from agent a join role r on r.account_id = $1 and r.id = a.role_id where a.account_id = $1 and a.id = $2)
     select ${COLUMNS} from ${JOINED.replace('notification n', 'due n')}, me where me.reads and n.read_at is null and case_in_scope(me.case_scope, me.id, me.teams, c.assignee_id, c.team_id) and (me.sees_deleted or c.removed_as is distinct from 'deleted') order by n.id desc limit 100`,
    [ctx.accountId, agentId, ctx.clock.now()],
  );
}

export async function findMailReader(ctx: Ctx, agentId: string): Promise<{ email: string; name: string; locale: string; company: string } | undefined> {
  const [row] = await ctx.tx.named<{ email: string; name: string; locale: string; company: string }>(
    'notification_mail_reader', `select a.email, a.name, a.locale, c.name as company from agent a join account c on c.id = a.account_id where a.account_id = $1 and a.id = $2 and a.state = 'active' and not a.is_bot`, [ctx.accountId, agentId],
  );
  return row;
}

/** Open promises over all accounts that fall due until `until`. */
export function selectPromisesDue(tx: Tx, now: Date, until: Date, limit: number): Promise<{ account_id: string; case_id: string; id: string; due_at: Date; made_by_id: string | null }[]> {
  return tx.named('notification_promises_due', `select account_id, case_id, id, due_at, made_by_id from promise where state = 'open' and overdue_at is null and due_at > $1 and due_at <= $2 order by due_at limit $3`, [now, until, limit]);
}

export async function deleteOld(tx: Tx, before: Date, limit: number): Promise<number> {
  const gone = await tx.named('notification_tidy', 'delete from notification where (account_id, agent_id, id) in (select account_id, agent_id, id from notification where at < $1 limit $2) returning 1', [before, limit]);
  const told = await tx.named(
    'notification_told_tidy', 'delete from notification_told where (account_id, agent_id, event_key, way) in (select account_id, agent_id, event_key, way from notification_told where at < $1 limit $2) returning 1', [before, limit],
  );
  return Math.max(gone.length, told.length);
}
