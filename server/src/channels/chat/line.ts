import { isChatSettings, type ChatLine, type InboxSettings } from '@rapport/contract';
import { findConversationCase, getCase } from '../../cases/index.ts';
import type { Ctx } from '../../platform/context.ts';
import { Refusal } from '../../platform/refusal.ts';
import { enqueue, findDoor, findPlaces, isInLine, leaveByKey, type Place } from '../../routing/index.ts';
import type { Site } from './site.ts';
import { noteInLine } from './visitor-store.ts';
import { conversationOf } from './visitors.ts';

/** A chat names a queue that is there and takes chats. Refuses `bad_inbox_settings`. */
export async function mustHaveQueue(ctx: Ctx, settings: InboxSettings): Promise<void> {
  if (!isChatSettings(settings) || !settings.queueId) return;
  if ((await findDoor(ctx, settings.queueId, 'chat')).door === 'gone') throw new Refusal('bad_inbox_settings', 'Choose a queue that exists and takes chats.');
}

/** Puts a visitor who has written into the line of the site, if it has one. Whoever is known from the case is asked first. A line that is closed or full lets nobody in; what they wrote is kept all the same. */
export async function joinLine(ctx: Ctx, { inbox: { settings } }: Site, { visitorId, customerId, caseId }: { visitorId: string; customerId: string; caseId: string }): Promise<void> {
  if (!settings.queueId) return;
  if (await isInLine(ctx, conversationOf(visitorId))) return;
  const { assignee } = await getCase(ctx, caseId);
  try {
    await enqueue(ctx, { queueId: settings.queueId, channel: 'chat', key: conversationOf(visitorId), caseId, customerId, preferredAgentId: assignee?.id ?? null });
    await noteInLine(ctx, visitorId);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** A visitor does not want to wait any longer; what they wrote stays. Answers whether they waited. */
export const leaveLine = (ctx: Ctx, visitorId: string): Promise<boolean> => leaveByKey(ctx, conversationOf(visitorId));

const told = ({ estimate, agentName }: Place): ChatLine =>
  estimate
    ? { state: 'waiting', position: estimate.position, lowSeconds: estimate.lowSeconds, highSeconds: estimate.highSeconds, method: estimate.basis.method, longer: estimate.longer, opensAt: estimate.opensAt }
    : { state: 'taken', name: agentName ?? '' };

/** Where visitors of one site stand, by their ids. Whoever waits nowhere is not among them. */
export async function findLines(ctx: Ctx, visitorIds: readonly string[]): Promise<Map<string, ChatLine>> {
  const places = await findPlaces(ctx, visitorIds.map(conversationOf));
  return new Map(visitorIds.flatMap((id) => {
    const place = places.get(conversationOf(id));
    return place ? [[id, told(place)] as const] : [];
  }));
}

/** The same of one, also why nobody is coming: who wrote and waits for an answer, but in no line, is told that it is closed or full, or that they are no longer in it. */
export async function findLine(ctx: Ctx, { inbox: { settings } }: Site, visitorId: string): Promise<ChatLine> {
  const nowhere = { state: 'none' } as const;
  if (!settings.queueId) return nowhere;
  const line = (await findLines(ctx, [visitorId])).get(visitorId);
  if (line) return line;
  const caseId = await findConversationCase(ctx, conversationOf(visitorId));
  const found = caseId === undefined ? undefined : await getCase(ctx, caseId);
  if (!found || found.waitingSince === null || found.assignee !== null) return nowhere;
  const door = await findDoor(ctx, settings.queueId, 'chat');
  if (door.door === 'closed') return { state: 'closed', opensAt: door.opensAt };
  return door.door === 'gone' ? nowhere : { state: door.door === 'full' ? 'full' : 'left' };
}
