import type { CaseRow } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useState, type ReactElement, type ReactNode } from 'react';
import { ariaKeys, firstKeys } from '../commands/bindings.ts';
import { useCommand } from '../commands/registry.ts';
import { lazyPart } from '../data/lazy-part.ts';
import { useCan } from '../data/session.ts';
import { caseWorkQuery, ownWorkQuery, queuesQuery } from '../data/waiting.ts';
import { t, withPageWords } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-names.ts';
import { Clock } from './clock.tsx';
import { useFinish } from './deeds.ts';
import { aboutWord } from './words.ts';

const PassOnCase = lazyPart(async () => (await withPageWords(() => import('./pass-on-case.tsx'))).PassOnCase);
const IntoQueue = lazyPart(async () => (await withPageWords(() => import('./into-queue.tsx'))).IntoQueue);

/** Nothing waits on what lies here. */
const over: ReadonlySet<CaseRow['shelf']> = new Set(['resolved', 'closed', 'spam', 'deleted', 'merged']);

/** A button whose list is fetched when it is first asked for. */
function Opener({ icon, label, look, children }: { icon: IconName; label: string; look: string; children: (trigger: ReactElement<Record<string, unknown>>) => ReactNode }) {
  const [isAsked, setAsked] = useState(false);
  const trigger = <button type="button" aria-label={label} data-tip={label} className={look} onClick={() => setAsked(true)}><Icon name={icon} size={14} className="text-ink-3" /></button>;
  return isAsked ? <Suspense fallback={trigger}>{children(trigger)}</Suspense> : trigger;
}

/**
 * At a case: for how long this agent has had it in hand, that they are done with it, and to whom it can go; else where it stands in its line, or a way into one. Nothing where the company has no queues.
 */
export function WorkPill({ row, look }: { row: CaseRow; look: string }) {
  const work = useQuery(ownWorkQuery).data;
  const [seesQueues, mayAssign, mayManage] = [useCan('agent.read'), useCan('case.assign'), useCan('queue.manage')];
  const queues = useQuery({ ...queuesQuery, enabled: seesQueues }).data ?? [];
  const isOpen = !over.has(row.shelf);
  const waits = useQuery({ ...caseWorkQuery(row.id), enabled: queues.length > 0 && isOpen }).data;
  const held = work?.items.find(({ caseId }) => caseId === row.id);
  const finish = useFinish();
  const done = held && !finish.isPending ? () => finish.mutate(held) : undefined;
  useCommand('work.done', done);
  if (held && work) {
    return (
      <>
        <button type="button" onClick={done} aria-keyshortcuts={ariaKeys('work.done')} data-tip={t('command.work.done')} data-tip-keys={firstKeys('work.done')} className={look}>
          <Icon name="check-check" size={14} className="text-accent" />
          <span className="sr-only">{t('work.inHand')}: </span><Clock moment={held.takenAt ?? held.since} skewMs={work.skewMs} /> · {t('work.done')}
        </button>
        {mayAssign && seesQueues && <Opener icon="arrow-right" label={t('work.passOn')} look={look}>{(trigger) => <PassOnCase item={{ ...held, what: aboutWord(held), teamId: row.team?.id ?? null }} canLeave={false} trigger={trigger} />}</Opener>}
      </>
    );
  }
  const standing = waits?.find(({ item }) => item.state === 'waiting' || item.state === 'offered');
  if (standing) {
    const name = queues.find(({ id }) => id === standing.item.queueId)?.name ?? '';
    return (
      <>
        <span className={`${look} hover:bg-transparent`}>
          <Icon name="layers" size={14} className="text-ink-3" />
          <span className="truncate" dir="auto">{t('work.place', { position: standing.estimate?.position ?? 1, queue: name })}</span> · <Clock moment={standing.item.since} skewMs={work?.skewMs ?? 0} />
        </span>
        {mayManage && mayAssign && <Opener icon="arrow-right" label={t('work.passOn')} look={look}>{(trigger) => <PassOnCase item={{ ...standing.item, what: row.subject, teamId: row.team?.id ?? null }} canLeave trigger={trigger} />}</Opener>}
      </>
    );
  }
  if (!mayAssign || !isOpen || waits?.length !== 0 || !queues.some(({ channels }) => channels.includes(row.channel))) return null;
  return <Opener icon="layers" label={t('work.intoQueue')} look={look}>{(trigger) => <IntoQueue row={row} trigger={trigger} />}</Opener>;
}
