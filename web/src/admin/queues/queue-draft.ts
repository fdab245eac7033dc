import type { Queue, WrittenQueue } from '@rapport/contract';

/** A new queue: open to everybody, one agent after the other is asked. */
export const blankQueue: WrittenQueue = {
  name: '', channels: ['chat'], teamId: null, calendarId: null, priority: 0, skills: [], acceptSeconds: 20, preferredSeconds: 60, offlineSeconds: 0, answerWithinSeconds: null, wrapUpSeconds: 0, maxLength: null, overflowSeconds: null, overflowQueueId: null,
};

export const draftOf = (queue: Queue): WrittenQueue => ({
  name: queue.name, channels: queue.channels, teamId: queue.teamId, calendarId: queue.calendarId, priority: queue.priority, skills: queue.skills, acceptSeconds: queue.acceptSeconds, preferredSeconds: queue.preferredSeconds, offlineSeconds: queue.offlineSeconds,
  answerWithinSeconds: queue.answerWithinSeconds, wrapUpSeconds: queue.wrapUpSeconds, maxLength: queue.maxLength, overflowSeconds: queue.overflowSeconds, overflowQueueId: queue.overflowQueueId,
});
