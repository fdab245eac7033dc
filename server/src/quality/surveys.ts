import { isDeepStrictEqual } from 'node:util';
import type { BodyOf, Survey, SurveyContent, surveys } from '@rapport/contract';
import { recordAudit } from '../accounts/index.ts';
import { mustBeAllowed, type Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import { Refusal } from '../platform/refusal.ts';
import { openWayBack, sealWayBack } from '../platform/way-back.ts';
import { isAllThere, lockSurvey, selectSurveys, writeSurvey, type SurveyRow } from './survey-store.ts';

type Surveys = typeof surveys;
const WAY_BACK = 'survey';
const MOST = 50;
const UNIQUE = '23505';

const shape = (row: SurveyRow): Survey => ({ id: row.id, name: row.name, isActive: row.is_active, content: row.content, version: row.version, createdAt: row.created_at.toISOString(), updatedAt: row.updated_at.toISOString() });

/** Words that say nothing are none. */
const tidied = (content: SurveyContent): SurveyContent => ({ ...content, questions: Object.fromEntries(Object.entries(content.questions).filter(([, words]) => words !== '')) });

async function write(ctx: Ctx, row: Pick<SurveyRow, 'id' | 'name' | 'is_active' | 'content' | 'version'>, deed: string): Promise<Survey> {
  if (!(await isAllThere(ctx, row.content))) throw new Refusal('invalid_request', 'body.content: An inbox, a team or a person that it names is not here any more.');
  const written = await writeSurvey(ctx, { ...row, content: tidied(row.content) }).catch((error: unknown) => {
    if ((error as { code?: unknown } | null)?.code === UNIQUE) throw new Refusal('name_taken', 'Another survey has this name.');
    throw error;
  });
  await tell(ctx, row, deed);
  return shape(written);
}

async function tell(ctx: Ctx, { id, name }: Pick<SurveyRow, 'id' | 'name'>, deed: string): Promise<void> {
  await recordAudit(ctx, `survey.${deed}`, { target: name, detail: { surveyId: id } });
  await announce(ctx, 'surveys.changed', {});
}

async function hold(ctx: Ctx, surveyId: string): Promise<SurveyRow> {
  const row = await lockSurvey(ctx, surveyId);
  if (!row || row.removed_at !== null) throw new Refusal('not_found', 'This survey does not exist any more.');
  return row;
}

/** The surveys, oldest first. */
export async function listSurveys(ctx: Ctx): Promise<{ items: Survey[] }> {
  mustBeAllowed(ctx.actor, 'survey.manage');
  return { items: (await selectSurveys(ctx)).map(shape) };
}

/** Writes a survey. Refuses `name_taken`, and what it names and is not there. */
export async function createSurvey(ctx: Ctx, { name, isActive, content }: BodyOf<Surveys['create']>): Promise<Survey> {
  mustBeAllowed(ctx.actor, 'survey.manage');
  if ((await selectSurveys(ctx)).length >= MOST) throw new Refusal('invalid_request', `There are ${MOST} surveys already. Remove one first.`);
  return write(ctx, { id: newId(), name, is_active: isActive, content, version: 1 }, 'created');
}

/** Changes a survey. Refuses `changed_meanwhile` when `version` is not the newest, and what creating refuses. What is the same already changes nothing. */
export async function updateSurvey(ctx: Ctx, { surveyId, name, isActive, content, version }: BodyOf<Surveys['update']> & { surveyId: string }): Promise<Survey> {
  mustBeAllowed(ctx.actor, 'survey.manage');
  const held = await hold(ctx, surveyId);
  if (held.version !== version) throw new Refusal('changed_meanwhile', 'Somebody changed it in the meantime. Look at the newest version and try again.', { extra: { version: held.version } });
  // What has been answered is counted by the scale it was asked on.
  if (content.kind !== held.content.kind) throw new Refusal('invalid_request', 'body.content.kind: What a survey asks for stays as it is. Write another one.');
  if (name === held.name && isActive === held.is_active && isDeepStrictEqual(tidied(content), held.content)) return shape(held);
  return write(ctx, { id: held.id, name, is_active: isActive, content, version: held.version + 1 }, 'changed');
}

/** Removes a survey: whoever was about to be asked is not, and the answers stay in the report. */
export async function removeSurvey(ctx: Ctx, surveyId: string): Promise<{ wayBack: string | null }> {
  mustBeAllowed(ctx.actor, 'survey.manage');
  const held = await hold(ctx, surveyId);
  await writeSurvey(ctx, held, true);
  await tell(ctx, held, 'removed');
  return { wayBack: sealWayBack(ctx, WAY_BACK, { id: held.id }) };
}

/** Puts a removed survey back. Refuses `undo_over`, `undone_already` and `name_taken`. */
export async function restoreSurvey(ctx: Ctx, wayBack: string): Promise<Survey> {
  mustBeAllowed(ctx.actor, 'survey.manage');
  const row = await lockSurvey(ctx, openWayBack<{ id: string }>(ctx, WAY_BACK, wayBack).id);
  if (!row) throw new Refusal('undo_over', 'Write it anew.');
  if (row.removed_at === null) throw new Refusal('undone_already', 'The survey is there again.');
  return write(ctx, { ...row, version: row.version + 1 }, 'restored');
}
