import { listener } from '../../platform/events/index.ts';
import { followMoved } from './outgoing-move-store.ts';

/**
 * Messages of ours go where their case goes. Sending finds them without this too; it keeps a message that is on its way from going when the tombstone of the case it was written on
 * is deleted for good.
 */
export const followMoves = listener({
  name: 'email.follow-moves',
  topics: ['case.moved'],
  async handle(ctx, event) {
    await followMoved(ctx.tx, ctx.accountId, [event.payload.caseId, event.payload.toCaseId]);
  },
});
