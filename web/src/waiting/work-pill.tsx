import type { CaseRow } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { ariaKeys, firstKeys } from '../commands/bindings.ts';
import { useCommand } from '../commands/registry.ts';
import { ownWorkQuery } from '../data/waiting.ts';
import { t } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import { Clock } from './clock.tsx';
import { useFinish } from './deeds.ts';

/** At a case that this agent took from a line: for how long they have had it, and that they are done with it. */
export function WorkPill({ row, look }: { row: CaseRow; look: string }) {
  const work = useQuery(ownWorkQuery).data;
  const held = work?.items.find(({ caseId }) => caseId === row.id);
  const finish = useFinish();
  const done = held && !finish.isPending ? () => finish.mutate(held) : undefined;
  useCommand('work.done', done);
  if (!held || !work) return null;
  return (
    <button type="button" onClick={done} aria-keyshortcuts={ariaKeys('work.done')} data-tip={t('command.work.done')} data-tip-keys={firstKeys('work.done')} className={look}>
      <Icon name="check-check" size={14} className="text-accent" />
      <span className="sr-only">{t('work.inHand')}: </span><Clock moment={held.takenAt ?? held.since} skewMs={work.skewMs} /> · {t('work.done')}
    </button>
  );
}
