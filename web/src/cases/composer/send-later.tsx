import { useState, type ReactElement } from 'react';
import type { SendTime } from '../../data/deeds.ts';
import { t } from '../../i18n/index.ts';
import { formatDayAndClock } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { Picker } from '../../ui/picker.tsx';
import { toLocalInput } from '../pickers/snooze-times.ts';
import { deviceTimeZone, momentOf, sendChoices } from './send-times.ts';

interface Props {
  trigger: ReactElement<Record<string, unknown>>;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onChoose: (time: SendTime) => void;
}

/** When a mail goes out: a likely time or any, by the clock of this device's place, which is named. */
export function SendLater({ trigger, isOpen, onOpenChange, onChoose }: Props) {
  const choose = (at: Date) => onChoose({ sendAt: at.toISOString(), timeZone: deviceTimeZone() });
  const close = (at: Date) => {
    onOpenChange(false);
    choose(at);
  };
  return (
    <Picker
      trigger={trigger} isOpen={isOpen} onOpenChange={onOpenChange} label={t('later.title')} placeholder={t('later.placeholder')}
      options={isOpen ? sendChoices(new Date(), deviceTimeZone()).map((one) => ({ id: one.at.toISOString(), label: t(`later.${one.id}`), hint: formatDayAndClock(one.at) })) : []} onPick={(id) => choose(new Date(id))}
      footer={<AnyTime onChoose={close} />}
    />
  );
}

function AnyTime({ onChoose }: { onChoose: (at: Date) => void }) {
  const [custom, setCustom] = useState('');
  const now = new Date();
  const timeZone = deviceTimeZone();
  const [, year, month, day, hour, minute] = /^(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(custom)?.map(Number) ?? [];
  const chosen = year === undefined || month === undefined || day === undefined || hour === undefined || minute === undefined ? undefined : momentOf({ year, month, day, hour, minute }, timeZone);
  return (
    <form
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen && chosen > new Date()) onChoose(chosen);
      }}
    >
      <input type="datetime-local" aria-label={t('later.custom', { zone: timeZone })} min={toLocalInput(now)} value={custom} onChange={(event) => setCustom(event.target.value)} className="h-8 min-w-0 grow rounded-md border border-line-strong/60 bg-raised px-2 text-sm" />
      <Button type="submit" size="md" disabled={!chosen || chosen <= now}>{t('later.set')}</Button>
    </form>
  );
}
