import type { NotificationKind } from '@rapport/contract';
import { announce, listener } from '../platform/events/index.ts';
import { findAssigning, findCaseFacts, findEntryAuthor, findMentioner, findSnoozer, selectReaders } from './audience-store.ts';
import { beginEscalation, acknowledgeCase } from './escalate.ts';
import { findEscalation } from './escalation-store.ts';
import { whomToEscalateTo } from './escalate-to.ts';
import { endForOthers, markRead } from './store.ts';
import { isNear, tell } from './tell.ts';

/** Hears what happens on cases and tells those whom it concerns. */
export const tellAgents = listener({
  name: 'notifications.tell',
  topics: ['message.received', 'case.changed', 'agent.mentioned', 'promise.overdue', 'sla.warned', 'sla.breached', 'survey.answered', 'delivery.changed', 'plan.changed', 'case.woke', 'case.escalated'],
  async handle(ctx, event) {
    const about = await findCaseFacts(ctx, event.payload.caseId);
    if (!about) return;
    if (event.topic === 'case.changed' && event.payload.fields.includes('aside') && about.isAside) {
      // What was set aside is no news to anybody, and the number on the bell must be what its list shows.
      for (const agentId of await endForOthers(ctx, about.id, [])) await announce(ctx, 'notification.changed', { agentId });
    }
    if (about.isAside) return;
    const base = { about, eventKey: event.id, entryId: null, byId: null, byName: '' };
    switch (event.topic) {
      case 'message.received': {
        const { isNewCase, automatic, wasSnoozed = false, entryId } = event.payload;
        await beginEscalation(ctx, about, `message:${entryId}`);
        if (automatic !== null && !isNewCase) return;
        await tell(ctx, await selectReaders(ctx, about), {
          ...base, entryId, byName: about.customerName,
          kindFor(reader, { events }) {
            const others = (kind: NotificationKind) => (isNear(events[kind].scope, reader, about) ? kind : undefined);
            if (isNewCase) return others('new_case');
            if (wasSnoozed && isNear(events.snoozed_reply.scope, reader, about)) return 'snoozed_reply';
            if (about.assigneeId === reader.id) return 'message_own';
            return reader.isFollowing ? 'message_followed' : others('message_other');
          },
        });
        return;
      }
      case 'case.changed': {
        const { fields } = event.payload;
        // A new team has not looked at it yet, whoever did before.
        if (fields.includes('priority') || fields.includes('team')) await beginEscalation(ctx, about, `urgent:${event.id}`);
        if (!fields.includes('assignee') && !fields.includes('team')) return;
        const readers = await selectReaders(ctx, about);
        for (const agentId of await endForOthers(ctx, about.id, readers.map((reader) => reader.id))) await announce(ctx, 'notification.changed', { agentId });
        const assigning = fields.includes('assignee') && about.assigneeId !== null ? await findAssigning(ctx, about.id) : undefined;
        if (assigning) await tell(ctx, readers.filter((reader) => reader.id === about.assigneeId), { ...base, eventKey: `assigned:${assigning.id}`, entryId: assigning.id, byId: assigning.authorId, byName: assigning.authorName, kindFor: () => 'assigned' });
        return;
      }
      case 'agent.mentioned': {
        const { agentId, mentionId, entryId } = event.payload;
        const byName = await findMentioner(ctx, agentId, mentionId);
        if (byName !== undefined) await tell(ctx, (await selectReaders(ctx, about)).filter((reader) => reader.id === agentId), { ...base, eventKey: `mention:${mentionId}`, entryId, byName, kindFor: () => 'mentioned' });
        return;
      }
      case 'promise.overdue': {
        const { promiseId, agentId } = event.payload;
        await beginEscalation(ctx, about, `promise:${promiseId}`);
        await tell(ctx, await selectReaders(ctx, about), { ...base, eventKey: `overdue:${promiseId}:${event.id}`, kindFor: (reader, { events }) => (reader.id === agentId || isNear(events.promise_overdue.scope, reader, about) ? 'promise_overdue' : undefined) });
        return;
      }
      case 'sla.warned':
      case 'sla.breached': {
        const kind = event.topic === 'sla.warned' ? 'sla_warned' : 'sla_breached';
        // What is nobody's is the team's to see to.
        await tell(ctx, await selectReaders(ctx, about), { ...base, kindFor: (reader, { events }) => (isNear(about.assigneeId === null ? 'team' : events[kind].scope, reader, about) ? kind : undefined) });
        return;
      }
      case 'survey.answered': {
        const { verdict, askId, entryId } = event.payload;
        if (verdict !== 'bad') return;
        await tell(ctx, await selectReaders(ctx, about), { ...base, eventKey: `bad answer:${askId}`, entryId, byName: about.customerName, kindFor: (reader, { events }) => (isNear(about.assigneeId === null ? 'team' : events.bad_answer.scope, reader, about) ? 'bad_answer' : undefined) });
        return;
      }
      case 'delivery.changed': {
        const { state, entryId } = event.payload;
        if (state !== 'failed' && state !== 'bounced') return;
        const author = await findEntryAuthor(ctx, about.id, entryId);
        await tell(ctx, await selectReaders(ctx, about), {
          ...base, eventKey: `undelivered:${event.id}`, entryId, kindFor: (reader, { events }) => (reader.id === author?.authorId || isNear(events.delivery_failed.scope, reader, about) ? 'delivery_failed' : undefined),
        });
        return;
      }
      case 'plan.changed': {
        const { state, planId, authorId } = event.payload;
        if (state !== 'held_back') return;
        const readers = await selectReaders(ctx, about);
        // It was meant for a time and is not going out: whoever wrote it must know, or has the case; where both are gone, the team.
        const isLeft = !readers.some((reader) => reader.id === authorId || reader.id === about.assigneeId);
        await tell(ctx, readers, { ...base, eventKey: `held:${planId}:${event.id}`, kindFor: (reader, { events }) => (reader.id === authorId || isNear(isLeft ? 'team' : events.plan_held.scope, reader, about) ? 'plan_held' : undefined) });
        return;
      }
      case 'case.woke': {
        const readers = await selectReaders(ctx, about);
        // Whose it is looks after it; a case of nobody comes back to whoever put it off, and where they are gone to the team.
        const snoozer = about.assigneeId === null ? await findSnoozer(ctx, about.id) : undefined;
        const ownId = about.assigneeId ?? snoozer ?? null;
        const isLeft = !readers.some((reader) => reader.id === ownId);
        await tell(ctx, readers, { ...base, eventKey: `woke:${event.id}`, kindFor: (reader, { events }) => (reader.id === ownId || isNear(isLeft ? 'team' : events.snooze_over.scope, reader, about) ? 'snooze_over' : undefined) });
        return;
      }
      case 'case.escalated': {
        const { cause, step } = event.payload;
        if ((await findEscalation(ctx, about.id, cause))?.acknowledgedAt) return;
        const readers = whomToEscalateTo(await selectReaders(ctx, about), step);
        await tell(ctx, readers, { ...base, eventKey: `escalated:${about.id}:${cause}:${step}`, kindFor: () => 'escalated' });
      }
    }
  },
});

/** Whoever opens a case has read what they were told of it, and looks after it. */
export const followReading = listener({
  name: 'notifications.read',
  topics: ['case.read'],
  async handle(ctx, { payload: { agentId, caseId } }) {
    if ((await markRead(ctx, agentId, { ids: null, caseId })) > 0) await announce(ctx, 'notification.changed', { agentId });
    await acknowledgeCase(ctx, caseId, agentId);
  },
});
