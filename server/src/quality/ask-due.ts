import { channelTraits } from '@rapport/contract';
import { detectLanguage, sendAutomatically } from '../cases/index.ts';
import { whyBlocked } from '../customers/index.ts';
import { inAccount, type Actor, type Ctx, type Platform } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { findSolved, findWhom, leaveOut, lockWaiting, noteAsked, selectDue, wasAskedSince, type AskRow, type DueAsk, type SolvedCase, type Whom } from './ask-store.ts';
import { mailText } from './mail.ts';
import { findSurvey, type SurveyRow } from './survey-store.ts';
import { languageFor, questionOf } from './words.ts';

const BATCH = 200;
const DAY_MS = 86_400_000;

/** What speaks against asking, now that it is time; undefined: nothing. */
async function whyNot(ctx: Ctx, ask: AskRow, survey: SurveyRow, found: SolvedCase | undefined, whom: Whom | undefined): Promise<string | undefined> {
  if (survey.removed_at !== null || !survey.is_active) return 'survey_off';
  if (!found || found.isGone || found.resolvedAt?.getTime() !== ask.resolved_at.getTime()) return 'reopened';
  if (!whom || whom.isErased) return 'nobody_to_ask';
  if (whom.isAutomatic) return 'automatic';
  if (whom.isRefused) return 'refused';
  if (channelTraits[ask.channel].survey === null) return 'nobody_to_ask';
  if (channelTraits[ask.channel].survey === 'message' && (!whom.address || (await whyBlocked(ctx, whom.address)) !== undefined)) return 'nobody_to_ask';
  if (survey.content.quietDays > 0 && (await wasAskedSince(ctx, ask.case_id, new Date(ctx.clock.now().getTime() - survey.content.quietDays * DAY_MS)))) return 'asked_lately';
  return undefined;
}

async function ask(ctx: Ctx, askId: string): Promise<void> {
  const row = await lockWaiting(ctx, askId);
  const survey = row && (await findSurvey(ctx, row.survey_id));
  if (!row || !survey) return;
  const [found, whom] = [await findSolved(ctx, row.case_id), await findWhom(ctx, row.case_id)];
  const because = await whyNot(ctx, row, survey, found, whom);
  if (because !== undefined || !whom || !found) return leaveOut(ctx, askId, because ?? 'nobody_to_ask');
  const tell = () => announce(ctx, 'survey.asked', { caseId: row.case_id, version: found.version, scope: { teamIds: [found.teamId], assigneeIds: [found.assigneeId] }, askId });
  const language = languageFor(whom.locale ?? detectLanguage(whom.text));
  const closesAt = new Date(ctx.clock.now().getTime() + survey.content.openDays * DAY_MS);
  if (channelTraits[row.channel].survey === 'in_place') {
    await noteAsked(ctx, askId, { language, closesAt });
    return tell();
  }
  const actor: Actor = { kind: 'system', name: 'surveys', label: survey.name };
  try {
    const text = mailText(language, { name: whom.name, subject: whom.subject, question: questionOf(survey.content, language) });
    await sendAutomatically({ ...ctx, actor }, { caseId: row.case_id, text, to: [whom.address ?? ''], surveyAskId: askId });
    await noteAsked(ctx, askId, { language, closesAt });
  } catch (error) {
    // The case has ended for good meanwhile.
    if (!(error instanceof Refusal)) throw error;
    return leaveOut(ctx, askId, error.code);
  }
  await tell();
}

/** Asks everybody whose time has come, each in a transaction of its own; of two processes one asks. Answers how many were looked at. */
export async function askWhoIsDue(platform: Platform): Promise<number> {
  let count = 0;
  let after: DueAsk | undefined;
  for (;;) {
    const from = after;
    const due = await platform.database.asSystem((tx) => selectDue(tx, platform.clock.now(), from, BATCH));
    for (const { account_id, id } of due)
      await inAccount(platform, account_id, { kind: 'system', name: 'surveys' }, (ctx) => ask(ctx, id)).catch((error: unknown) => platform.log.error({ err: error, askId: id }, 'a customer was not asked how it was'));
    count += due.length;
    if (due.length < BATCH) return count;
    after = due.at(-1);
  }
}

export const askJob = defineJob<Record<string, never>>({
  name: 'quality.ask',
  schedule: '* * * * *',
  async run(platform) {
    await askWhoIsDue(platform);
  },
});
