import type { WrittenQueue } from '@rapport/contract';
import { formatSeconds } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';

interface Named {
  id: string;
  name: string;
}
export interface Known {
  teams: readonly Named[];
  calendars: readonly Named[];
  skills: readonly Named[];
  queues: readonly Named[];
}

const nameOf = (list: readonly Named[], id: string) => list.find((each) => each.id === id)?.name ?? '…';

/** What becomes of somebody who comes now, sentence by sentence, in the order in which it happens. */
export function queueStory(queue: WrittenQueue, known: Known, isOpen: boolean): string[] {
  const { overflowQueueId: next, overflowSeconds, maxLength, skills, acceptSeconds, preferredSeconds, offlineSeconds, answerWithinSeconds, wrapUpSeconds } = queue;
  const elsewhere = next === null ? t('queues.story.refused') : t('queues.story.goesTo', { queue: nameOf(known.queues, next) });
  const span = (seconds: number) => formatSeconds(seconds);
  const needs = skills.map(({ skillId, level, steps }) => [
    t('queues.story.skill', { skill: nameOf(known.skills, skillId), level }),
    ...steps.toSorted((a, b) => a.afterSeconds - b.afterSeconds).map((step) => (step.level === 0 ? t('queues.story.noSkill', { time: span(step.afterSeconds) }) : t('queues.story.lessSkill', { level: step.level, time: span(step.afterSeconds) }))),
  ].join(', '));
  return [
    isOpen ? (queue.calendarId === null ? t('queues.story.alwaysOpen') : t('queues.story.byCalendar', { calendar: nameOf(known.calendars, queue.calendarId), elsewhere })) : t('queues.story.switchedOff', { elsewhere }),
    ...(maxLength === null ? [] : [t('queues.story.full', { count: maxLength, elsewhere })]),
    queue.priority > 0 ? t('queues.story.ahead', { minutes: queue.priority }) : t('queues.story.inOrder'),
    ...(preferredSeconds > 0 ? [t('queues.story.preferred', { time: span(preferredSeconds) })] : []),
    queue.teamId === null ? t('queues.story.everybody') : t('queues.story.team', { team: nameOf(known.teams, queue.teamId) }),
    ...(needs.length > 0 ? [t('queues.story.needs', { skills: needs.join('; ') })] : []),
    acceptSeconds === 0 ? t('queues.story.given') : t('queues.story.asked', { time: span(acceptSeconds) }),
    ...(answerWithinSeconds === null ? [] : [t('queues.story.within', { time: span(answerWithinSeconds) })]),
    overflowSeconds === null ? t('queues.story.waits') : next === null ? t('queues.story.told', { time: span(overflowSeconds) }) : t('queues.story.movesOn', { time: span(overflowSeconds), queue: nameOf(known.queues, next) }),
    offlineSeconds === 0 ? t('queues.story.goneAtOnce') : t('queues.story.goneLater', { time: span(offlineSeconds) }),
    ...(wrapUpSeconds > 0 ? [t('queues.story.wrapUp', { time: span(wrapUpSeconds) })] : []),
  ];
}
