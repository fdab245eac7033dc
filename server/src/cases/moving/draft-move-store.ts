import type { Ctx } from '../../platform/context.ts';
import type { MovedDraft } from './move-store.ts';

interface Row {
  agent_id: string;
  mode: MovedDraft['mode'];
  body: string;
  /** Null when the words are plain. */
  html: string | null;
  recipients: { to: string[]; cc: string[] };
  attachment_ids: string[];
  revision: number;
}

const COLUMNS = 'agent_id, mode, body, html, recipients, attachment_ids, revision';
const isEmpty = (row: Row): boolean => row.body.trim() === '' && row.attachment_ids.length === 0;
const joined = (one: readonly string[], other: readonly string[]): string[] => [...new Set([...one, ...other])];

const lockDrafts = (ctx: Ctx, caseId: string): Promise<Row[]> => ctx.tx.named<Row>('move_drafts_lock', `select ${COLUMNS} from draft where account_id = $1 and case_id = $2 order by agent_id, mode for update`, [ctx.accountId, caseId]);

/** Writes a draft whatever stands there, empties the other, and takes the files that wait in it along. */
async function carry(ctx: Ctx, fromCaseId: string, toCaseId: string, draft: Row): Promise<void> {
  await ctx.tx.named(
    'move_draft_write',
    `insert into draft (account_id, case_id, agent_id, mode, body, recipients, attachment_ids, revision, updated_at, html) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (account_id, case_id, agent_id, mode) do update set body = excluded.body, html = excluded.html, recipients = excluded.recipients, attachment_ids = excluded.attachment_ids, revision = excluded.revision, updated_at = excluded.updated_at`,
    [ctx.accountId, toCaseId, draft.agent_id, draft.mode, draft.body, JSON.stringify(draft.recipients), draft.attachment_ids, draft.revision, ctx.clock.now(), draft.html],
  );
  await ctx.tx.named(
    'move_draft_empty',
    `update draft set body = '', html = null, recipients = '{"to":[],"cc":[]}', attachment_ids = '{}', revision = revision + 1, updated_at = $5 where account_id = $1 and case_id = $2 and agent_id = $3 and mode = $4`,
    [ctx.accountId, fromCaseId, draft.agent_id, draft.mode, ctx.clock.now()],
  );
  await ctx.tx.named('move_draft_files', 'update attachment set case_id = $3 where account_id = $1 and case_id = $2 and entry_id is null and id = any($4)', [ctx.accountId, fromCaseId, toCaseId, draft.attachment_ids]);
}

/** Drafts of everybody go along. Where words stand already, the others are put behind them: nobody's writing is lost. */
export async function moveDrafts(ctx: Ctx, fromCaseId: string, toCaseId: string): Promise<MovedDraft[]> {
  const there = await lockDrafts(ctx, toCaseId);
  const moved: MovedDraft[] = [];
  for (const draft of await lockDrafts(ctx, fromCaseId)) {
    if (isEmpty(draft)) continue;
    const other = there.find((one) => one.agent_id === draft.agent_id && one.mode === draft.mode);
    const revision = Math.max(draft.revision, other?.revision ?? 0) + 1;
    const isAlone = other === undefined || isEmpty(other);
    await carry(ctx, fromCaseId, toCaseId, isAlone ? { ...draft, revision } : {
      ...draft, revision, body: `${other.body}\n\n${draft.body}`, html: other.html === null || draft.html === null ? null : other.html + draft.html, attachment_ids: joined(other.attachment_ids, draft.attachment_ids),
      recipients: { ...draft.recipients, ...other.recipients, to: joined(other.recipients.to, draft.recipients.to), cc: joined(other.recipients.cc, draft.recipients.cc) },
    });
    moved.push({ agentId: draft.agent_id, mode: draft.mode, revision, isAlone });
  }
  return moved;
}

/** Drafts that nobody has touched since go back; answers which. */
export async function returnDrafts(ctx: Ctx, fromCaseId: string, toCaseId: string, moved: readonly MovedDraft[]): Promise<MovedDraft[]> {
  if (moved.length === 0) return [];
  const here = await lockDrafts(ctx, fromCaseId);
  const there = await lockDrafts(ctx, toCaseId);
  const back = moved.filter((one) => one.isAlone && here.some((draft) => draft.agent_id === one.agentId && draft.mode === one.mode && draft.revision === one.revision));
  const returned: MovedDraft[] = [];
  for (const { agentId, mode } of back) {
    const isIt = (one: Row) => one.agent_id === agentId && one.mode === mode;
    const draft = here.find(isIt) as Row;
    const revision = Math.max(draft.revision, there.find(isIt)?.revision ?? 0) + 1;
    await carry(ctx, fromCaseId, toCaseId, { ...draft, revision });
    returned.push({ agentId, mode, revision, isAlone: true });
  }
  return returned;
}
