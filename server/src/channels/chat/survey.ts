import type { SurveyAnswer, SurveyAsked } from '@rapport/contract';
import { findConversationCase } from '../../cases/index.ts';
import { inAccount, type Ctx, type Platform } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { answerAsked, findAsked } from '../../quality/index.ts';
import { actor, type Site } from './site.ts';
import { conversationOf, getVisitor } from './visitors.ts';

/** What a visitor is asked about the case their conversation went on; undefined: nothing. */
export async function findAskedOf(ctx: Ctx, visitorId: string): Promise<SurveyAsked | undefined> {
  const caseId = await findConversationCase(ctx, conversationOf(visitorId));
  return caseId === undefined ? undefined : findAsked(ctx, caseId);
}

/** Takes what a visitor says of their chat. Refuses `no_such_visitor` and `survey_over`. */
export async function answerAsVisitor(platform: Platform, site: Site, key: string, answer: SurveyAnswer): Promise<void> {
  await inAccount(platform, site.accountId, actor, async (ctx) => {
    const asked = await findAskedOf(ctx, (await getVisitor(ctx, site, key)).id);
    if (!asked) throw new Refusal('survey_over', 'If something is still open, write to us.');
    await answerAsked(ctx, asked.id, answer);
  });
}
