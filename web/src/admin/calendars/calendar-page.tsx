import type { Calendar, OpenHours } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useRemoval } from '../../commands/use-removal.ts';
import { client, isProblem } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { calendarsQuery } from '../../data/service-levels.ts';
import { useSession } from '../../data/session.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { isFilled } from '../../ui/checks.ts';
import { Field, Input } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Picker } from '../../ui/picker.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { weekdayWord } from './calendar-words.ts';
import { draftOf, faultOf, hoursOf, newHoliday, type Holiday } from './hours-draft.ts';
import { PreviewCard } from './preview-card.tsx';
import { SpansField } from './spans-field.tsx';

const oneRoute = getRouteApi('/workspace/settings/admin/calendars/$calendarId');
const workday = [{ from: '09:00', until: '17:00' }];
const blank = (timeZone: string): OpenHours => ({ timeZone, week: [workday, workday, workday, workday, workday, [], []], specialDays: [], lastDay: null });
const refresh = () => queryClient.invalidateQueries({ queryKey: calendarsQuery.queryKey });
const today = () => new Date().toISOString().slice(0, 10);

function ZonePicker({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const zones = useMemo(() => [...new Set(['UTC', zone, new Intl.DateTimeFormat().resolvedOptions().timeZone, ...Intl.supportedValuesOf('timeZone')])], [zone]);
  return (
    <Picker
      isOpen={isOpen} onOpenChange={setOpen} align="start" label={t('calendars.zone')} placeholder={t('timeZone.find')} onPick={onChange} options={zones.map((each) => ({ id: each, label: each.replaceAll('_', ' '), isChosen: each === zone }))}
      trigger={<Button icon="clock" className="min-w-0 max-w-full large-text:break-all" aria-label={`${t('calendars.zone')}: ${zone}`}>{zone.replaceAll('_', ' ')}</Button>}
    />
  );
}

function HolidayLine({ holiday, onChange, onRemove }: { holiday: Holiday; onChange: (part: Partial<Holiday>) => void; onRemove: () => void }) {
  const shown = holiday.name.trim() || t('calendars.holiday');
  return (
    <li className="grid gap-3 py-4 md:grid-cols-[minmax(0,1fr)_2rem]">
      <div className="flex min-w-0 flex-col gap-3">
        <div className="grid gap-3 md:grid-cols-[minmax(0,1fr)_10rem_10rem]">
          <Field label={t('calendars.holidayName')}><Input value={holiday.name} onChange={(event) => onChange({ name: event.target.value })} maxLength={100} autoComplete="off" dir="auto" /></Field>
          <Field label={t('calendars.firstDay')}><Input type="date" required value={holiday.from} onChange={(event) => onChange({ from: event.target.value, ...(holiday.until < event.target.value || holiday.until === holiday.from ? { until: event.target.value } : {}) })} /></Field>
          <Field label={t('calendars.lastDayOf')}><Input type="date" required min={holiday.from} value={holiday.until} onChange={(event) => onChange({ until: event.target.value })} /></Field>
        </div>
        <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
          <SpansField day={shown} spans={holiday.spans} onChange={(spans) => onChange({ spans })} />
          <span className="flex min-h-9 items-center"><Checkbox isChecked={holiday.isYearly} onChange={(isYearly) => onChange({ isYearly })} label={t('calendars.yearly')} /></span>
        </div>
      </div>
      <IconButton icon="trash-2" label={t('calendars.removeHoliday', { name: shown })} onClick={onRemove} />
    </li>
  );
}

function CalendarForm({ calendar }: { calendar: Calendar | undefined }) {
  const navigate = useNavigate();
  const { account } = useSession();
  const form = useForm(useMemo(() => draftOf(calendar?.name ?? '', calendar?.hours ?? blank(account.timeZone)), [calendar, account.timeZone]), { name: isFilled });
  const { values } = form;
  const fault = faultOf(values);
  const hours = fault ? undefined : hoursOf(values);
  const back = () => navigate({ to: '/admin/calendars' });
  const save = useMutation({
    mutationFn: ({ name, body }: { name: string; body: OpenHours }) => (calendar ? client.calendars.update({ params: { calendarId: calendar.id }, body: { name, hours: body, version: calendar.version } }) : client.calendars.create({ body: { name, hours: body } })),
    onSuccess: () => {
      void refresh();
      showToast(t('ui.saved'), { icon: 'check' });
      void back();
    },
    onError: (error) => (isProblem(error, 'name_taken') ? form.fail('name', t('problem.nameTaken')) : showTrouble(explain(error))),
  });
  const remove = useRemoval<Calendar>({
    remove: ({ id }) => client.calendars.remove({ params: { calendarId: id } }), restore: (wayBack) => client.calendars.restore({ body: { wayBack } }), nameOf: ({ name }) => name, refresh, onRemoved: back,
    tell: (error) => showTrouble(isProblem(error, 'still_in_use') ? t('calendars.inUse') : explain(error)),
  });
  const putDay = (day: number, spans: OpenHours['week'][number]) => form.set('week', values.week.map((each, at) => (at === day ? spans : each)));
  const putHoliday = (key: number, part: Partial<Holiday>) => form.set('holidays', values.holidays.map((each) => (each.key === key ? { ...each, ...part } : each)));
  return (
    <Page
      title={calendar?.name ?? t('calendars.create')} before={<Link to="/admin/calendars" className="mb-1 inline-flex items-center gap-1 text-sm text-ink-2 hover:text-ink"><Icon name="chevron-left" size={14} />{t('settings.calendars')}</Link>}
      actions={calendar && <Button icon="trash-2" isBusy={remove.isPending} onClick={() => remove.mutate(calendar)}>{t('calendars.remove')}</Button>}
    >
      <form ref={form.ref} noValidate className="flex flex-col gap-5" onSubmit={form.onSubmit(({ name }) => (hours ? save.mutate({ name: name.trim(), body: hours }) : showTrouble(t(`calendars.fault.${fault ?? 'span'}`))))}>
        <Card>
          <div className="flex flex-wrap items-end gap-4">
            <Field label={t('calendars.name')} error={form.errors.name} className="min-w-0 grow basis-48"><Input {...form.text('name')} autoFocus={calendar === undefined} maxLength={100} autoComplete="off" dir="auto" /></Field>
            <div className="flex max-w-full min-w-0 flex-col items-start gap-1"><span className="text-sm font-medium">{t('calendars.zone')}</span><ZonePicker zone={values.timeZone} onChange={(zone) => form.set('timeZone', zone)} /></div>
          </div>
        </Card>
        <Card title={t('calendars.week')} description={t('calendars.weekLead')} actions={<Button size="sm" onClick={() => form.set('week', values.week.map((spans, day) => (day > 0 && day < 5 ? [...(values.week[0] ?? [])] : spans)))}>{t('calendars.likeMonday')}</Button>}>
          <ul className="-my-3 divide-y divide-line" aria-label={t('calendars.week')}>
            {values.week.map((spans, day) => (
              <li key={day} className="grid gap-x-4 gap-y-1 py-3 md:grid-cols-[8rem_minmax(0,1fr)]">
                <p className="content-center font-medium md:h-9">{weekdayWord(day)}</p>
                <SpansField day={weekdayWord(day)} spans={spans} onChange={(next) => putDay(day, next)} />
              </li>
            ))}
          </ul>
        </Card>
        <Card title={t('calendars.holidays')} description={t('calendars.holidaysLead')} actions={<Button size="sm" icon="plus" onClick={() => form.set('holidays', [...values.holidays, newHoliday(today())])}>{t('calendars.addHoliday')}</Button>}>
          {values.holidays.length > 0 && (
            <ul className="-my-4 divide-y divide-line" aria-label={t('calendars.holidays')}>
              {values.holidays.map((holiday) => <HolidayLine key={holiday.key} holiday={holiday} onChange={(part) => putHoliday(holiday.key, part)} onRemove={() => form.set('holidays', values.holidays.filter(({ key }) => key !== holiday.key))} />)}
            </ul>
          )}
        </Card>
        <Card title={t('calendars.end')} description={t('calendars.endLead')}>
          <Field label={t('calendars.lastDay')} isLabelHidden className="w-44 max-w-full"><Input type="date" value={values.lastDay} onChange={(event) => form.set('lastDay', event.target.value)} /></Field>
        </Card>
        <PreviewCard hours={hours} />
        {fault && <p role="status" className="flex items-start gap-1.5 text-sm text-clay"><Icon name="circle-alert" size={14} className="mt-0.5" />{t(`calendars.fault.${fault}`)}</p>}
        <div className="flex justify-end gap-2"><Button onClick={() => void back()}>{t('ui.cancel')}</Button><Button type="submit" tone="primary" isBusy={save.isPending}>{t('ui.save')}</Button></div>
      </form>
    </Page>
  );
}

export const NewCalendarPage = () => <CalendarForm calendar={undefined} />;

export function CalendarPage() {
  const { calendarId } = oneRoute.useParams();
  const query = useQuery(calendarsQuery);
  const calendar = query.data?.find(({ id }) => id === calendarId);
  if (calendar) return <CalendarForm key={`${calendar.id}-${calendar.version}`} calendar={calendar} />;
  return <Page title={t('settings.calendars')}><LoadState query={query} explain={explain}>{() => <p className="text-ink-2">{t('calendars.gone')}</p>}</LoadState></Page>;
}
