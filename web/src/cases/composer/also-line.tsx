import { t } from '../../i18n/index.ts';
import { formatFull } from '../../i18n/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { priorityWord, statusWord } from '../words.ts';
import type { MacroActions } from './macro-actions.ts';

/** The actions of a macro in words. */
export function actionWords(actions: MacroActions): string[] {
  const { status, priority, kind, assigneeId, assigneeName, teamId, teamName, addTags = [], removeTags = [], snoozedUntil, note } = actions;
  return [
    ...(status ? [statusWord(status)] : []), ...(priority ? [t('macro.does.priority', { priority: priorityWord(priority) })] : []), ...(kind ? [t(`kind.${kind}`)] : []),
    ...(assigneeId === undefined ? [] : [assigneeId === null ? t('macro.does.nobody') : t('macro.does.assignee', { name: assigneeName ?? '…' })]),
    ...(teamId === undefined ? [] : [teamId === null ? t('macro.does.noTeam') : t('macro.does.team', { name: teamName ?? '…' })]),
    ...addTags.map((tag) => `+ ${tag}`), ...removeTags.map((tag) => `− ${tag}`), ...(snoozedUntil ? [t('macro.does.snooze', { at: formatFull(snoozedUntil) })] : []), ...(note ? [t('macro.does.note')] : []),
  ];
}

/** What happens to the case when the words go out, because a macro asked for it. */
export function AlsoLine({ actions, onRemove }: { actions: MacroActions; onRemove: () => void }) {
  return (
    <div role="group" aria-label={t('macro.also')} className="flex flex-wrap items-center gap-1.5 px-4 pb-2 text-sm text-ink-2">
      <span>{t('macro.also')}</span>
      {actionWords(actions).map((words) => <Badge key={words}>{words}</Badge>)}
      <IconButton icon="x" size={24} label={t('macro.alsoNot')} onClick={onRemove} />
    </div>
  );
}
