import { useState, type ReactElement } from 'react';
import { t } from '../../i18n/index.ts';
import { formatDayAndClock } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Picker, type PickerOption } from '../../ui/picker.tsx';
import { snoozeTimes, toLocalInput } from './snooze-times.ts';

const LAST = 'rapport.last-snooze';

interface Props {
  trigger: ReactElement<Record<string, unknown>>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  snoozedUntil: string | null;
  onSnooze: (until: string | null) => void;
}

/** Until when a case sleeps: a likely time, the time chosen last, or any. */
export function SnoozePicker({ trigger, isOpen, onOpenChange, snoozedUntil, onSnooze }: Props) {
  const [custom, setCustom] = useState('');
  const now = new Date();
  const last = localStorage.getItem(LAST);
  const options: PickerOption[] = snoozeTimes(now).map((one) => ({ id: one.at.toISOString(), label: t(`snooze.${one.id}`), hint: formatDayAndClock(one.at) }));
  // Working through a pile that all waits for the same day is one key press each.
  if (last && Date.parse(last) > now.getTime() + 60_000 && !options.some((option) => option.id === last)) options.unshift({ id: last, label: t('snooze.again'), hint: formatDayAndClock(last) });
  if (snoozedUntil) options.unshift({ id: 'wake', label: t('snooze.wake') });
  const snooze = (until: Date) => {
    localStorage.setItem(LAST, until.toISOString());
    onSnooze(until.toISOString());
  };
  const chosen = custom ? new Date(custom) : undefined;
  return (
    <Picker
      trigger={trigger} isOpen={isOpen} onOpenChange={onOpenChange} label={t('snooze.title')} placeholder={t('snooze.placeholder')} options={options}
      onPick={(id) => (id === 'wake' ? onSnooze(null) : snooze(new Date(id)))}
      footer={
        <form
          className="flex gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (!chosen || chosen <= new Date()) return;
            onOpenChange(false);
            snooze(chosen);
          }}
        >
          <input type="datetime-local" aria-label={t('snooze.custom')} min={toLocalInput(now)} value={custom} onChange={(event) => setCustom(event.target.value)} className="h-8 min-w-0 grow rounded-md border border-line-strong/60 bg-raised px-2 text-sm" />
          <Button type="submit" size="md" disabled={!chosen || chosen <= now}>{t('snooze.set')}</Button>
        </form>
      }
    />
  );
}
