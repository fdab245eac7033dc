import type { Survey, SurveyConditions } from '@rapport/contract';
import { listener } from '../platform/events/index.ts';
import { newId } from '../platform/ids.ts';
import { askJob } from './ask-due.ts';
import { dropWaiting, findSolved, insertAsk, type SolvedCase } from './ask-store.ts';
import { selectSurveys } from './survey-store.ts';

const isOneOf = <T>(list: readonly T[] | undefined, value: T): boolean => list === undefined || list.includes(value);

/** Whether a survey asks about such a case. */
export function fits({ channels, inboxes, teams, kinds }: SurveyConditions, facts: Pick<SolvedCase, 'channel' | 'inboxId' | 'teamId' | 'kind'>): boolean {
  return isOneOf(channels, facts.channel) && isOneOf(inboxes, facts.inboxId) && isOneOf(teams, facts.teamId ?? 'none') && isOneOf(kinds, facts.kind);
}

/** Of a hundred ids that are made one after the other, `share` on average: the last bytes of an id are random. */
export const isDrawn = (id: string, share: Survey['content']['share']): boolean => Number.parseInt(id.slice(-8), 16) % 100 < share;

/** A case was solved: its customer is asked when the time has come. One that was opened again is not asked about. */
export const planAsks = listener({
  name: 'quality.plan_asks',
  topics: ['case.changed'],
  concerns: ({ payload }) => payload.fields.includes('status'),
  async handle(ctx, { payload: { caseId } }) {
    const found = await findSolved(ctx, caseId);
    if (!found) return;
    if (found.isGone || found.resolvedAt === null) return dropWaiting(ctx, caseId);
    const survey = (await selectSurveys(ctx)).find(({ is_active, content }) => is_active && fits(content.conditions, found));
    const id = newId();
    if (!survey || !isDrawn(id, survey.content.share)) return;
    const { kind, delayMinutes } = survey.content;
    // Whoever chats is still there: they are asked at once, not within the minute.
    if (delayMinutes === 0) await ctx.platform.jobs.enqueue(ctx.tx, askJob, {}, { singletonKey: 'now' });
    await insertAsk(ctx, { ...found, id, surveyId: survey.id, caseId, kind, resolvedAt: found.resolvedAt, dueAt: new Date(found.resolvedAt.getTime() + delayMinutes * 60_000) });
  },
});
