import { findConversationCase, goOnByMail, listConversation } from '../../cases/index.ts';
import { inAccount, type Ctx } from '../../platform/context.ts';
import { listener } from '../../platform/events/index.ts';
import { defineJob } from '../../platform/jobs/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { actor } from './site.ts';
import { lockVisitor, noteAnswerWaits, noteMailed, selectUnanswered } from './visitor-store.ts';
import { conversationOf, visitorOf } from './visitors.ts';

const PATIENCE_MS = 5 * 60_000;
const BATCH = 200;
const PAGE = 100;

/** An answer is on its way to a visitor. Whether it has arrived is looked at later. */
export const noteAnswers = listener({
  name: 'chat.answers',
  topics: ['message.queued'],
  concerns: ({ payload }) => payload.conversation !== undefined,
  async handle(ctx, { payload }) {
    const visitorId = payload.conversation === undefined ? undefined : visitorOf(payload.conversation);
    if (visitorId !== undefined) await noteAnswerWaits(ctx, visitorId);
  },
});

/** What people answered and no panel has fetched since; what was sent as a mail once is not sent again. */
async function mailAnswers(ctx: Ctx, visitorId: string): Promise<void> {
  const visitor = await lockVisitor(ctx, visitorId);
  if (!visitor) return;
  const conversation = conversationOf(visitorId);
  const behind = [visitor.seen_id, visitor.mailed_id].filter((id) => id !== null).sort().at(-1);
  const { items } = await listConversation(ctx, { conversation, after: behind, limit: PAGE });
  const waiting = items.filter(({ direction, delivery, author }) => direction === 'out' && delivery?.state === 'queued' && author.kind === 'agent');
  const caseId = await findConversationCase(ctx, conversation);
  const last = waiting.at(-1);
  if (last && caseId !== undefined && visitor.email !== '') {
    const text = waiting.map((message) => [message.text, ...message.attachments.map(({ filename }) => `[${filename}]`)].filter((part) => part !== '').join('\n')).join('\n\n');
    try {
      await goOnByMail(ctx, { caseId, text, to: visitor.email });
    } catch (error) {
      // No inbox is set for it, or the case has ended: it waits in the chat as it did.
      if (!(error instanceof Refusal)) throw error;
    }
  }
  await noteMailed(ctx, visitorId, last?.id ?? null);
}

/** Whoever has not fetched an answer for five minutes gets it as a mail, where they left an address and the chat has an inbox to send it from. */
export const answerByMail = defineJob({
  name: 'chat.mail',
  schedule: '* * * * *',
  async run(platform) {
    for (const { account_id, id } of await platform.database.asSystem((tx) => selectUnanswered(tx, new Date(platform.clock.now().getTime() - PATIENCE_MS), BATCH)))
      await inAccount(platform, account_id, actor, (ctx) => mailAnswers(ctx, id)).catch((error: unknown) => platform.log.error({ err: error, visitorId: id }, 'an answer was not sent as a mail'));
  },
});
