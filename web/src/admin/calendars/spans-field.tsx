import type { OpenSpan } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { inputLook } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';

const MOST = 12;
const timeLook = `${inputLook} h-9 tabular-nums`;

/** From when until when it is open on a day; nothing means closed. */
export function SpansField({ day, spans, onChange }: { /** For screen readers. */ day: string; spans: readonly OpenSpan[]; onChange: (spans: OpenSpan[]) => void }) {
  const put = (i: number, part: Partial<OpenSpan>) => onChange(spans.map((span, at) => (at === i ? { ...span, ...part } : span)));
  const last = spans.at(-1);
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      {spans.length === 0 && <p className="flex h-9 items-center text-ink-3">{t('calendars.closed')}</p>}
      {spans.map((span, i) => (
        <div key={i} className="flex flex-wrap items-center gap-1.5">
          <span className="w-30 max-w-full"><input type="time" required aria-label={t('calendars.from', { day })} value={span.from} onChange={(event) => put(i, { from: event.target.value.slice(0, 5) })} className={timeLook} /></span>
          <span aria-hidden="true" className="text-ink-3">–</span>
          <span className="w-30 max-w-full"><input type="time" required aria-label={t('calendars.until', { day })} value={span.until} onChange={(event) => put(i, { until: event.target.value.slice(0, 5) })} className={timeLook} /></span>
          <IconButton icon="x" label={t('calendars.removeSpan', { day, from: span.from, until: span.until })} onClick={() => onChange(spans.filter((_, at) => at !== i))} />
        </div>
      ))}
      {spans.length < MOST && (
        <div><Button size="sm" tone="quiet" icon="plus" aria-label={t('calendars.addSpanOn', { day })} onClick={() => onChange([...spans, last ? { from: last.until, until: '18:00' } : { from: '09:00', until: '17:00' }])}>{t('calendars.addSpan')}</Button></div>
      )}
    </div>
  );
}
