import type { CaseKind, CaseStatus, ChannelName, SurveyKind } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import type { Tx } from '../platform/database/index.ts';

export interface AskRow {
  id: string;
  survey_id: string;
  case_id: string;
  kind: SurveyKind;
  channel: ChannelName;
  language: string;
  resolved_at: Date;
  state: 'waiting' | 'asked' | 'left_out';
  closes_at: Date | null;
  line_id: string | null;
  followed_up_at: Date | null;
  score: number | null;
  comment: string;
}

const COLUMNS = 'id, survey_id, case_id, kind, channel, language, resolved_at, state, closes_at, line_id, followed_up_at, score, comment';

/** What decides whether a case is asked about. */
export interface SolvedCase {
  status: CaseStatus;
  resolvedAt: Date | null;
  version: number;
  /** Merged, set aside, or emptied by retention. */
  isGone: boolean;
  customerId: string;
  channel: ChannelName;
  kind: CaseKind;
  inboxId: string;
  teamId: string | null;
  assigneeId: string | null;
}

export async function findSolved(ctx: Ctx, caseId: string): Promise<SolvedCase | undefined> {
  const [row] = await ctx.tx.named<SolvedCase>(
    'survey_case',
    `select status, resolved_at as "resolvedAt", version, merged_into_id is not null or removed_as is not null or erased_at is not null as "isGone", customer_id as "customerId", channel, kind, inbox_id as "inboxId", team_id as "teamId", assignee_id as "assigneeId"
     from cases where account_id = $1 and id = $2`,
    [ctx.accountId, caseId],
  );
  return row;
}

/** Once for each time a case is solved. */
export async function insertAsk(ctx: Ctx, row: { id: string; surveyId: string; caseId: string; kind: SurveyKind; dueAt: Date } & Pick<SolvedCase, 'customerId' | 'channel' | 'inboxId' | 'teamId' | 'assigneeId'> & { resolvedAt: Date }): Promise<void> {
  await ctx.tx.named(
    'survey_ask_insert',
    `insert into survey_ask (account_id, id, survey_id, case_id, customer_id, kind, channel, inbox_id, team_id, agent_id, resolved_at, due_at, state) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'waiting') on conflict do nothing`,
    [ctx.accountId, row.id, row.surveyId, row.caseId, row.customerId, row.kind, row.channel, row.inboxId, row.teamId, row.assigneeId, row.resolvedAt, row.dueAt],
  );
}

/** Whoever was about to be asked about the case is not. */
export async function dropWaiting(ctx: Ctx, caseId: string): Promise<void> {
  await ctx.tx.named('survey_ask_drop', `update survey_ask set state = 'left_out', left_out_because = 'reopened' where account_id = $1 and case_id = $2 and state = 'waiting'`, [ctx.accountId, caseId]);
}

export interface DueAsk {
  account_id: string;
  id: string;
  due_at: Date;
}

export function selectDue(tx: Tx, now: Date, after: DueAsk | undefined, limit: number): Promise<DueAsk[]> {
  return tx.run(`select account_id, id, due_at from survey_ask where state = 'waiting' and due_at <= $1 and ($2::timestamptz is null or (due_at, id) > ($2, $3::uuid)) order by due_at, id limit $4`, [now, after?.due_at ?? null, after?.id ?? null, limit]);
}

/** Holds it until the transaction ends; undefined also while another process holds it to ask. */
export async function lockWaiting(ctx: Ctx, askId: string): Promise<AskRow | undefined> {
  const [row] = await ctx.tx.named<AskRow>('survey_ask_claim', `select ${COLUMNS} from survey_ask where account_id = $1 and id = $2 and state = 'waiting' for update skip locked`, [ctx.accountId, askId]);
  return row;
}

export async function lockAsk(ctx: Ctx, askId: string): Promise<AskRow | undefined> {
  const [row] = await ctx.tx.named<AskRow>('survey_ask_lock', `select ${COLUMNS} from survey_ask where account_id = $1 and id = $2 for update`, [ctx.accountId, askId]);
  return row;
}

export async function findAsk(ctx: Ctx, askId: string): Promise<AskRow | undefined> {
  const [row] = await ctx.tx.named<AskRow>('survey_ask_find', `select ${COLUMNS} from survey_ask where account_id = $1 and id = $2`, [ctx.accountId, askId]);
  return row;
}

/** What can be answered about the case where its customer talks to us. */
export async function findOpenAsk(ctx: Ctx, caseId: string): Promise<AskRow | undefined> {
  const [row] = await ctx.tx.named<AskRow>('survey_ask_open', `select ${COLUMNS} from survey_ask where account_id = $1 and case_id = $2 and state = 'asked' and closes_at > $3 order by asked_at desc limit 1`, [ctx.accountId, caseId, ctx.clock.now()]);
  return row;
}

/** Who is asked, in which language they write, and what speaks against it. */
export interface Whom {
  /** Where an answer goes; null: nowhere by mail. */
  address: string | null;
  name: string;
  locale: string | null;
  text: string;
  isAutomatic: boolean;
  isRefused: boolean;
  isErased: boolean;
  subject: string;
}

/** By the newest message of the customer's side; undefined where they have written none. */
export async function findWhom(ctx: Ctx, caseId: string): Promise<Whom | undefined> {
  const [row] = await ctx.tx.named<Whom>(
    'survey_whom',
    `select lower(coalesce(e.detail -> 'replyTo' -> 0 ->> 'address', e.detail #>> '{from,address}')) as address, k.name, k.locale, left(e.body, 4000) as text, e.detail ->> 'automatic' is not null as "isAutomatic", k.contact_permission = 'refused' as "isRefused",
       e.author_id is null as "isErased", c.subject
     from cases c join customer k on k.account_id = c.account_id and k.id = c.customer_id join lateral (select * from entry e where e.account_id = c.account_id and e.case_id = c.id and e.kind = 'message' and e.direction = 'in' order by e.id desc limit 1) e on true
     where c.account_id = $1 and c.id = $2`,
    [ctx.accountId, caseId],
  );
  return row;
}

/** Whether the customer of the case, by whatever case, was asked since then. */
export async function wasAskedSince(ctx: Ctx, caseId: string, since: Date): Promise<boolean> {
  const [row] = await ctx.tx.named<{ was: boolean }>(
    'survey_asked_lately',
    `select exists (select from cases c join cases o on o.account_id = c.account_id and o.customer_id = c.customer_id join survey_ask a on a.account_id = o.account_id and a.case_id = o.id and a.state = 'asked' and a.asked_at > $3 where c.account_id = $1 and c.id = $2) as was`,
    [ctx.accountId, caseId, since],
  );
  return row?.was === true;
}

export async function leaveOut(ctx: Ctx, askId: string, because: string): Promise<void> {
  await ctx.tx.named('survey_ask_leave_out', `update survey_ask set state = 'left_out', left_out_because = $3 where account_id = $1 and id = $2`, [ctx.accountId, askId, because]);
}

export async function noteAsked(ctx: Ctx, askId: string, asked: { language: string; closesAt: Date }): Promise<void> {
  await ctx.tx.named('survey_ask_asked', `update survey_ask set state = 'asked', asked_at = $3, closes_at = $4, language = $5 where account_id = $1 and id = $2`, [ctx.accountId, askId, ctx.clock.now(), asked.closesAt, asked.language]);
}

export async function writeAnswer(ctx: Ctx, askId: string, answer: { score: number; comment: string; lineId: string | null }): Promise<void> {
  await ctx.tx.named(
    'survey_answer',
    `update survey_ask set score = $3, comment = $4, line_id = $5, answered_at = coalesce(answered_at, $6), changed_at = $6 where account_id = $1 and id = $2`,
    [ctx.accountId, askId, answer.score, answer.comment, answer.lineId, ctx.clock.now()],
  );
}

/** Whoever of the desk wrote or changed something on the case last; undefined where nobody has. */
export async function findLastAgent(ctx: Ctx, caseId: string): Promise<string | undefined> {
  const [row] = await ctx.tx.named<{ id: string }>('survey_last_agent', `select author_id as id from entry where account_id = $1 and case_id = $2 and author_kind = 'agent' and author_id is not null order by id desc limit 1`, [ctx.accountId, caseId]);
  return row?.id;
}

export async function noteFollowedUp(ctx: Ctx, askId: string): Promise<void> {
  await ctx.tx.named('survey_followed_up', 'update survey_ask set followed_up_at = $3 where account_id = $1 and id = $2', [ctx.accountId, askId, ctx.clock.now()]);
}

/** What a person answered, for their own archive. */
export interface PersonAnswer {
  caseNumber: number;
  askedAt: Date;
  answeredAt: Date | null;
  kind: SurveyKind;
  score: number | null;
  comment: string;
}
export function answersOfPerson(ctx: Ctx, customerIds: readonly string[]): Promise<PersonAnswer[]> {
  return ctx.tx.run(
    `select c.number as "caseNumber", a.asked_at as "askedAt", a.answered_at as "answeredAt", a.kind, a.score, a.comment from survey_ask a join cases c on c.account_id = a.account_id and c.id = a.case_id
     where a.account_id = $1 and c.customer_id = any($2::uuid[]) and a.state = 'asked' order by a.asked_at`,
    [ctx.accountId, customerIds],
  );
}
