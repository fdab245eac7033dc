import type { Entry } from '@rapport/contract';
import { memo } from 'react';
import { formatClock, formatFull } from '../../i18n/format.ts';
import type { IconName } from '../../ui/icon-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { UndoMoveButton } from '../moving/lazily.tsx';
import { changeWords } from './change-words.ts';

type Change = Extract<Entry, { kind: 'change' }>;
const icons: Record<Change['changes'][number]['field'], IconName> = { created: 'plus', status: 'circle-dot', priority: 'flag', assignee: 'user-round', team: 'users', tags: 'tag', snooze: 'clock', subject: 'pencil', merge: 'git-merge', unmerge: 'undo-2', split: 'split', unsplit: 'undo-2', link: 'link', unlink: 'link', aside: 'ban', customer: 'user-round', kind: 'tag', field: 'pencil', promise: 'hourglass', survey: 'smile', erased: 'trash-2' };

/** What somebody changed, on one quiet line. */
export const ChangeLine = memo(function ChangeLine({ entry }: { entry: Change }) {
  const first = entry.changes[0];
  return (
    <p className="flex items-start gap-3 px-0 text-sm text-ink-3">
      <span className="grid w-8 shrink-0 place-items-center pt-0.5 max-md:w-5"><Icon name={first ? icons[first.field] : 'pencil'} size={14} /></span>
      <span className="min-w-0 break-words">
        <bdi className="font-medium text-ink-2">{entry.author.name}</bdi>{' '}
        {entry.changes.map((change) => changeWords(change, entry.author.name)).join(', ')}
        <time dateTime={entry.occurredAt} title={formatFull(entry.occurredAt)}> · {formatClock(entry.occurredAt)}</time>
        {(first?.field === 'merge' || first?.field === 'split') && <UndoMoveButton caseId={entry.caseId} entryId={entry.id} />}
      </span>
    </p>
  );
});
