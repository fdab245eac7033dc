import { useState } from 'react';
import { t } from '../../i18n/index.ts';
import { formatDayAndClock } from '../../i18n/format.ts';
import { Button } from '../../ui/button.tsx';
import { deviceTimeZone } from '../composer/send-times.ts';
import { toLocalInput } from '../pickers/snooze-times.ts';
import { promiseTimes, readLocalInput } from './promise-times.ts';

interface Props {
  onMake: (promise: { text: string; dueAt: string }) => void;
  onCancel: () => void;
  isBusy?: boolean;
}

/** What is promised and until when: a likely time, or any. */
export function PromiseForm({ onMake, onCancel, isBusy = false }: Props) {
  const [text, setText] = useState('');
  const zone = deviceTimeZone();
  const [now] = useState(() => new Date());
  const [due, setDue] = useState(() => toLocalInput(promiseTimes(now, zone)[0]?.at ?? now));
  const at = readLocalInput(due, zone);
  const isWhole = text.trim() !== '' && at !== undefined && at > new Date();
  return (
    <form className="flex flex-col gap-2" onSubmit={(event) => { event.preventDefault(); if (isWhole) onMake({ text: text.trim(), dueAt: at.toISOString() }); }}>
      <input dir="auto" autoFocus value={text} onChange={(event) => setText(event.target.value)} maxLength={300} aria-label={t('promise.what')} placeholder={t('promise.what')} className="h-8 w-full rounded-md border border-line-strong/60 bg-raised px-2.5 text-sm" />
      <div className="flex flex-wrap gap-1">
        {promiseTimes(now, zone).map((one) => (
          <button key={one.id} type="button" aria-pressed={at?.getTime() === one.at.getTime()} onClick={() => setDue(toLocalInput(one.at))} title={formatDayAndClock(one.at)} className="h-6 rounded-sm bg-hover px-2 text-xs text-ink-2 hover:text-ink aria-pressed:bg-accent-soft aria-pressed:text-accent">{t(`promise.by.${one.id}`)}</button>
        ))}
      </div>
      <input type="datetime-local" aria-label={t('promise.due')} min={toLocalInput(now)} value={due} onChange={(event) => setDue(event.target.value)} className="h-8 w-full rounded-md border border-line-strong/60 bg-raised px-2 text-sm" />
      <div className="flex justify-end gap-2"><Button size="sm" tone="quiet" onClick={onCancel}>{t('ui.cancel')}</Button><Button size="sm" tone="primary" type="submit" disabled={!isWhole} isBusy={isBusy}>{t('promise.make')}</Button></div>
    </form>
  );
}
