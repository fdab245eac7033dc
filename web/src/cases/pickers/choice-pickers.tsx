import { casePriorities, type CasePriority, type CaseStatus } from '@rapport/contract';
import type { ReactElement } from 'react';
import { t } from '../../i18n/index.ts';
import { Icon } from '../../ui/icon.tsx';
import { Picker } from '../../ui/picker.tsx';
import { priorityLook, priorityWord, statusLook, statusWord } from '../words.ts';
import { toneInk } from '../tone-ink.ts';

interface Props<T> {
  trigger: ReactElement<Record<string, unknown>>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  current: T;
  onPick: (value: T) => void;
}

const offered: readonly CaseStatus[] = ['open', 'pending', 'on_hold', 'resolved', 'closed'];

export function StatusPicker({ current, onPick, ...rest }: Props<CaseStatus>) {
  return (
    <Picker
      {...rest} align="start" label={t('status.title')} placeholder={t('status.placeholder')} onPick={(id) => onPick(id as CaseStatus)}
      options={offered.map((status) => ({ id: status, label: statusWord(status), hint: t(`status.hint.${status as 'open'}`), isChosen: status === current || (current === 'new' && status === 'open'), before: <Icon name={statusLook(status).icon} className={toneInk(statusLook(status).tone)} /> }))}
    />
  );
}

export function PriorityPicker({ current, onPick, ...rest }: Props<CasePriority>) {
  return (
    <Picker
      {...rest} align="start" label={t('priority.title')} placeholder={t('priority.placeholder')} onPick={(id) => onPick(id as CasePriority)}
      options={[...casePriorities].reverse().map((priority) => ({ id: priority, label: priorityWord(priority), isChosen: priority === current, before: <Icon name={priorityLook(priority).icon} className={toneInk(priorityLook(priority).tone)} /> }))}
    />
  );
}
