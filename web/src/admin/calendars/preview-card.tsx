import type { OpenHours } from '@rapport/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { client } from '../../data/client.ts';
import { formatFull } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { minutesWords } from '../../service-levels/due-words.ts';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Card } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { useNow } from '../../ui/use-now.ts';

const spans = [30, 60, 240, 480, 1440];

/** What the hours mean now, before they are saved. */
export function PreviewCard({ hours }: { hours: OpenHours | undefined }) {
  const [minutes, setMinutes] = useState(60);
  const minute = Math.floor(useNow(60_000) / 60_000);
  const asked = useDeferredValue(hours);
  const { data } = useQuery({
    queryKey: ['calendars', 'preview', asked, minute, minutes], enabled: asked !== undefined, placeholderData: keepPreviousData,
    queryFn: ({ signal }) => client.calendars.preview({ body: { hours: asked as OpenHours, at: new Date(minute * 60_000).toISOString(), minutes }, signal }),
  });
  return (
    <Card title={t('calendars.preview')} description={t('calendars.previewLead')}>
      <div className="flex flex-col gap-4">
        <p role="status" className="flex items-start gap-2">
          <Icon name={data?.isOpen ? 'circle-check' : 'moon'} className={data?.isOpen ? 'mt-0.5 text-moss' : 'mt-0.5 text-ink-3'} />
          <span>{!hours || !data ? t('calendars.notYet') : data.isOpen ? t('calendars.openNow') : data.nextOpening === null ? t('calendars.neverAgain') : t('calendars.opensAt', { at: formatFull(data.nextOpening) })}</span>
        </p>
        <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
          <Field label={t('calendars.within')} className="w-40 max-w-full"><Select value={String(minutes)} options={spans.map((each) => ({ value: String(each), label: minutesWords(each) }))} onChange={(value) => setMinutes(Number(value))} /></Field>
          {hours && data && <p className="min-h-9 content-center text-ink-2">{data.dueAt === null ? t('calendars.neverDue') : t('calendars.dueAt', { at: formatFull(data.dueAt) })}</p>}
        </div>
      </div>
    </Card>
  );
}
