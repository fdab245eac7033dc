import type { Survey, SurveyAnswer, SurveyContent } from '@rapport/contract';
import type { Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import { answerAsked } from './answer.ts';
import { findSolved, insertAsk, noteAsked } from './ask-store.ts';
import { deleteDemoSurveys, markDemo } from './survey-store.ts';
import { createSurvey } from './surveys.ts';

/** Writes a survey of the demo company. */
export async function createDemoSurvey(ctx: Ctx, input: { name: string; content: SurveyContent }): Promise<Survey> {
  const survey = await createSurvey(ctx, { ...input, isActive: true });
  await markDemo(ctx, survey.id);
  return survey;
}

/** That the customer of a solved case was asked at this time, and what they answered, if anything. */
export async function retellAnswer(ctx: Ctx, { survey, caseId, answer }: { survey: Survey; caseId: string; answer: SurveyAnswer | undefined }): Promise<void> {
  const found = await findSolved(ctx, caseId);
  if (!found?.resolvedAt || found.isGone) return;
  const id = newId();
  await insertAsk(ctx, { ...found, id, surveyId: survey.id, caseId, kind: survey.content.kind, resolvedAt: found.resolvedAt, dueAt: ctx.clock.now() });
  await noteAsked(ctx, id, { language: 'en', closesAt: new Date(ctx.clock.now().getTime() + survey.content.openDays * 86_400_000) });
  if (answer) await answerAsked(ctx, id, answer);
}

/** Removes the surveys of the demo company and what was answered. */
export async function removeDemoSurveys(ctx: Ctx): Promise<void> {
  await deleteDemoSurveys(ctx);
  await announce(ctx, 'surveys.changed', {});
}
