import type { SurveyAnswer } from '@rapport/contract';
import { createDemoSurvey, retellAnswer } from '../quality/index.ts';
import { systemActor } from '../platform/context.ts';
import type { Past } from './past.ts';
import { selectSolved } from './store.ts';
import { randomFrom } from './story/random.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const said: Record<number, readonly string[]> = {
  1: ['Third time I write about the same machine.', 'Nobody called back.', ''],
  2: ['It took too long for a missing bag of beans.', 'The answer was kind, but it did not help.', ''],
  3: ['In the end it worked.', ''],
  4: ['Quick, thank you.', '', ''],
  5: ['Wonderful help, and the replacement came the next day!', 'So kind. Thank you, Lantern!', '', '', ''],
};
// Most are content, as customers of a good shop are.
const given = [5, 5, 5, 5, 5, 4, 4, 4, 3, 2, 1];

/** What customers said in the last weeks, so that there is something to look at. */
export async function retellAnswers(past: Past, now: Date): Promise<void> {
  const random = randomFrom('answers');
  const begin = new Date(now.getTime() - 60 * DAY);
  const ctx = past.ctx(systemActor('demo'));
  past.turnTo(begin);
  const survey = await createDemoSurvey(ctx, { name: 'How was our help?', content: { kind: 'csat', conditions: {}, questions: {}, delayMinutes: 60, quietDays: 30, share: 100, openDays: 14, followUp: { task: 'Talk to the customer: a bad answer', agentId: null, dueMinutes: 24 * 60 } } });
  for (const { id, resolvedAt } of await selectSolved(ctx.tx, ctx.accountId, begin)) {
    const at = new Date(resolvedAt.getTime() + HOUR);
    if (at >= now || !random.chance(0.6)) continue;
    past.turnTo(at);
    const score = given[Math.floor(random.fraction() * given.length)] ?? 5;
    const words = said[score] ?? [''];
    const answer: SurveyAnswer = { score, comment: words[Math.floor(random.fraction() * words.length)] ?? '' };
    await retellAnswer(ctx, { survey, caseId: id, answer: random.chance(0.45) ? answer : undefined });
  }
  past.forget();
}
