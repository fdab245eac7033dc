import type { SurveyContent } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';

export interface SurveyRow {
  id: string;
  name: string;
  is_active: boolean;
  content: SurveyContent;
  version: number;
  created_at: Date;
  updated_at: Date;
  removed_at: Date | null;
}

const COLUMNS = 'id, name, is_active, content, version, created_at, updated_at, removed_at';

/** Oldest first. */
export function selectSurveys(ctx: Ctx): Promise<SurveyRow[]> {
  return ctx.tx.named('surveys', `select ${COLUMNS} from survey where account_id = $1 and removed_at is null order by id`, [ctx.accountId]);
}

export async function findSurvey(ctx: Ctx, surveyId: string): Promise<SurveyRow | undefined> {
  const [row] = await ctx.tx.named<SurveyRow>('survey_find', `select ${COLUMNS} from survey where account_id = $1 and id = $2`, [ctx.accountId, surveyId]);
  return row;
}

/** Holds it until the transaction ends. */
export async function lockSurvey(ctx: Ctx, surveyId: string): Promise<SurveyRow | undefined> {
  const [row] = await ctx.tx.named<SurveyRow>('survey_lock', `select ${COLUMNS} from survey where account_id = $1 and id = $2 for no key update`, [ctx.accountId, surveyId]);
  return row;
}

/** Keeps one, new or as it is from now on. */
export async function writeSurvey(ctx: Ctx, row: Pick<SurveyRow, 'id' | 'name' | 'is_active' | 'content' | 'version'>, isRemoved = false): Promise<SurveyRow> {
  const [written] = await ctx.tx.named<SurveyRow>(
    'survey_write',
    `insert into survey (account_id, id, name, is_active, content, version, created_at, updated_at, removed_at) values ($1, $2, $3, $4, $5, $6, $7, $7, case when $8 then $7::timestamptz end)
     on conflict (account_id, id) do update set name = $3, is_active = $4, content = $5, version = $6, updated_at = $7, removed_at = excluded.removed_at returning ${COLUMNS}`,
    [ctx.accountId, row.id, row.name, row.is_active, JSON.stringify(row.content), row.version, ctx.clock.now(), isRemoved],
  );
  return written as SurveyRow;
}

/** Whether everything that it names is there, and whoever shall see to bad answers is still one of us. */
export async function isAllThere(ctx: Ctx, { conditions: { inboxes = [], teams = [] }, followUp }: SurveyContent): Promise<boolean> {
  const [row] = await ctx.tx.named<{ isThere: boolean }>(
    'survey_references',
    `select not exists (select from unnest($2::uuid[]) one(id) where not exists (select from inbox i where i.account_id = $1 and i.id = one.id))
       and not exists (select from unnest($3::uuid[]) one(id) where not exists (select from team t where t.account_id = $1 and t.id = one.id))
       and ($4::uuid is null or exists (select from agent a where a.account_id = $1 and a.id = $4 and a.state <> 'disabled')) as "isThere"`,
    [ctx.accountId, inboxes, teams.filter((team) => team !== 'none'), followUp?.agentId ?? null],
  );
  return row?.isThere === true;
}

/** Of the demo: it goes with it, and what was answered too. */
export async function markDemo(ctx: Ctx, surveyId: string): Promise<void> {
  await ctx.tx.run('update survey set is_demo = true where account_id = $1 and id = $2', [ctx.accountId, surveyId]);
}

export async function deleteDemoSurveys(ctx: Ctx): Promise<void> {
  await ctx.tx.run('delete from survey_ask a using survey s where a.account_id = $1 and s.account_id = $1 and s.id = a.survey_id and s.is_demo', [ctx.accountId]);
  await ctx.tx.run('delete from survey where account_id = $1 and is_demo', [ctx.accountId]);
}
