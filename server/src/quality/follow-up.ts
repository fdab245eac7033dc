import { getCase, makePromise, updateCase, type UpdateCase } from '../cases/index.ts';
import type { Actor, Ctx } from '../platform/context.ts';
import { listener } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { findLastAgent, lockAsk, noteFollowedUp } from './ask-store.ts';
import { findSurvey } from './survey-store.ts';

/** Gives the case to whoever shall see to it: the person the survey names, whoever has it, or whoever was at it last. Where they can't have it, it stays where it is. */
async function openAgain(ctx: Ctx, caseId: string, namedId: string | null): Promise<void> {
  const { status, assignee } = await getCase(ctx, caseId);
  const agentId = namedId ?? (assignee ? null : ((await findLastAgent(ctx, caseId)) ?? null));
  const open: UpdateCase = status === 'resolved' ? { status: 'open' } : {};
  try {
    await updateCase(ctx, caseId, agentId === null ? open : { ...open, assigneeId: agentId });
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'not_a_member') throw error;
    await updateCase(ctx, caseId, open);
  }
}

/** A bad answer is somebody's to see to: the case is opened again, with what is to be done and until when. Once for each answer, however often it is changed. */
export const followUpBadAnswers = listener({
  name: 'quality.follow_up',
  topics: ['survey.answered'],
  concerns: ({ payload }) => payload.verdict === 'bad',
  async handle(ctx, { payload }) {
    const ask = await lockAsk(ctx, payload.askId);
    const survey = ask && (await findSurvey(ctx, ask.survey_id));
    if (!ask || !survey || survey.content.followUp === null || ask.followed_up_at !== null) return;
    const { agentId, dueMinutes, task } = survey.content.followUp;
    const actor: Actor = { kind: 'system', name: 'surveys', label: survey.name };
    try {
      await openAgain({ ...ctx, actor }, payload.caseId, agentId);
      await makePromise({ ...ctx, actor }, { caseId: payload.caseId, text: task, dueAt: new Date(ctx.clock.now().getTime() + dueMinutes * 60_000).toISOString() });
    } catch (error) {
      // It has ended for good, or lies with the deleted ones: the answer stands on it and in the report.
      if (!(error instanceof Refusal)) throw error;
    }
    await noteFollowedUp(ctx, ask.id);
  },
});
