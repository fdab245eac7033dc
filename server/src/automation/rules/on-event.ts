import type { AnnouncedEvent, RuleTrigger } from '@rapport/contract';
import { listener } from '../../platform/events/index.ts';
import type { Ctx } from '../../platform/context.ts';
import { findFacts, holdForRules } from './facts-store.ts';
import { fire } from './fire.ts';
import { selectRulesOn } from './rule-store.ts';
import { findChain } from './run-store.ts';
import { keepTimers } from './timer-store.ts';

const topics = ['case.created', 'message.received', 'message.queued', 'case.changed', 'note.added', 'delivery.changed', 'promise.overdue', 'sla.warned', 'sla.breached'] as const;
type Heard = AnnouncedEvent<(typeof topics)[number]>;

/** Whether a rule waits for this event. */
export function isMovedBy(trigger: RuleTrigger, event: Heard): boolean {
  if (trigger.on !== 'event') return false;
  switch (event.topic) {
    case 'message.queued': return trigger.event === 'reply.sent';
    case 'delivery.changed': return trigger.event === 'delivery.failed' && (event.payload.state === 'failed' || event.payload.state === 'bounced');
    case 'case.changed': return trigger.event === 'case.changed' && (trigger.fields.length === 0 || event.payload.fields.some((field) => (trigger.fields as string[]).includes(field)));
    default: return trigger.event === event.topic;
  }
}

const messageOf = (event: Heard): string | null => (event.topic === 'message.received' || event.topic === 'message.queued' || event.topic === 'delivery.changed' ? event.payload.entryId : null);

/** Looks at the rules that wait for an event, in their order, until one says stop. Each sees the case as the one before has left it. */
export async function runRules(ctx: Ctx, event: Heard): Promise<void> {
  const { caseId } = event.payload;
  const on = await selectRulesOn(ctx);
  const waiting = on.filter((rule) => isMovedBy(rule.content.trigger, event));
  const isTimed = on.some((rule) => rule.content.trigger.on === 'time');
  // The case is held before its timers, as everywhere here, so that nobody waits in a circle.
  if ((waiting.length === 0 && !isTimed) || !(await holdForRules(ctx, caseId))) return;
  if (isTimed) await keepTimers(ctx, [caseId]);
  if (waiting.length === 0) return;
  const chain = await findChain(ctx, event.id);
  for (const rule of waiting) {
    const facts = await findFacts(ctx, caseId, messageOf(event));
    if (!facts || facts.isAside || facts.status === 'closed') return;
    // An automatic message of ours is no answer.
    if (event.topic === 'message.queued' && facts.message?.automatic !== null) return;
    const { stops } = await fire(ctx, rule, facts, { eventId: event.id, cause: event.topic, chain });
    if (stops) break;
  }
}

export const ruleListener = listener({ name: 'automation.rules', topics, handle: (ctx, event) => runRules(ctx, event as Heard) });
