import { surveyScales, verdictOf, type SurveyAnswer, type SurveyAsked } from '@rapport/contract';
import { tellOfSurvey } from '../cases/index.ts';
import { maskCardNumbers } from '../platform/card-numbers.ts';
import type { Ctx } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { storableText } from '../platform/storable.ts';
import { findAsk, findOpenAsk, lockAsk, writeAnswer, type AskRow } from './ask-store.ts';
import { findSurvey } from './survey-store.ts';
import { questionOf, wordsIn } from './words.ts';

const over = () => new Refusal('survey_over', 'If something is still open, write to us.');
const isOpen = (ctx: Ctx, ask: AskRow): boolean => ask.state === 'asked' && ask.closes_at !== null && ask.closes_at > ctx.clock.now();

async function shape(ctx: Ctx, ask: AskRow): Promise<SurveyAsked> {
  const content = (await findSurvey(ctx, ask.survey_id))?.content ?? { kind: ask.kind, questions: {} };
  const { ends, comment, send, thanks, whoSees } = wordsIn(ask.language);
  const [worst, best] = ends[ask.kind];
  return { id: ask.id, kind: ask.kind, language: ask.language, question: questionOf(content, ask.language), score: ask.score, comment: ask.comment, words: { worst, best, comment, send, thanks, whoSees } };
}

/** What a customer is asked, and what they have answered; undefined when it can't be answered any more. */
export async function getAsked(ctx: Ctx, askId: string): Promise<SurveyAsked | undefined> {
  const ask = await findAsk(ctx, askId);
  return ask && isOpen(ctx, ask) ? shape(ctx, ask) : undefined;
}

/** The same for whoever talks to us about a case right now. */
export async function findAsked(ctx: Ctx, caseId: string): Promise<SurveyAsked | undefined> {
  const ask = await findOpenAsk(ctx, caseId);
  return ask && shape(ctx, ask);
}

/**
 * Takes what a customer says of our work, or says now instead; the same again changes nothing. It stands on the case at once, and who sees to bad answers hears of it. Refuses `survey_over`, and a score
 * that is not on the scale.
 */
export async function answerAsked(ctx: Ctx, askId: string, answer: SurveyAnswer): Promise<void> {
  const ask = await lockAsk(ctx, askId);
  if (!ask || !isOpen(ctx, ask)) throw over();
  const { from, to } = surveyScales[ask.kind];
  if (answer.score < from || answer.score > to) throw new Refusal('invalid_request', `body.score: From ${from} to ${to}.`);
  const comment = maskCardNumbers(storableText(answer.comment)).text;
  if (ask.score === answer.score && ask.comment === comment) return;
  const told = await tellOfSurvey(ctx, { caseId: ask.case_id, lineId: ask.line_id, kind: ask.kind, score: answer.score, comment });
  if (!told) throw over();
  await writeAnswer(ctx, askId, { score: answer.score, comment, lineId: told.lineId });
  const { record } = told;
  await announce(ctx, 'survey.answered', {
    caseId: record.id, version: record.version, scope: { teamIds: [record.teamId], assigneeIds: [record.assigneeId] }, entryId: told.lineId, askId, surveyId: ask.survey_id, kind: ask.kind, score: answer.score, verdict: verdictOf(ask.kind, answer.score),
  });
}
