import { notificationKinds, scopedKinds, type NotificationChoices, type NotificationKind, type NotificationWays } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../data/client.ts';
import { explain } from '../data/explain.ts';
import { notificationSettingsQuery } from '../data/notifications.ts';
import { queryClient } from '../data/query-client.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/checkbox.tsx';
import { Field, Input } from '../ui/field.tsx';
import { LoadState } from '../ui/load-state.tsx';
import { Card, Page } from '../ui/page.tsx';
import { Select } from '../ui/select.tsx';
import { Switch } from '../ui/switch.tsx';
import { showToast, showTrouble } from '../ui/toast.ts';
import { PushCard } from './push-card.tsx';
import { SoundCard } from './sound-card.tsx';

const often = ['never', 'immediately', 'hourly', 'daily'] as const;
const scopes = ['own', 'team', 'all'] as const;
const days = [1, 2, 3, 4, 5, 6, 7];
/** The second of March 2026 is a Monday. */
const dayName = (day: number) => new Intl.DateTimeFormat(document.documentElement.lang, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2026, 2, 1 + day));

const browserZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

function Row({ kind, ways, onChange }: { kind: NotificationKind; ways: NotificationWays; onChange: (ways: NotificationWays) => void }) {
  const name = t(`notifications.kind.${kind}`);
  const isScoped = (scopedKinds as readonly string[]).includes(kind);
  const box = (way: 'list' | 'sound' | 'push') => <Checkbox isChecked={ways[way]} onChange={(isOn) => onChange({ ...ways, [way]: isOn })} label={<><span aria-hidden="true" className="md:hidden">{t(`notifications.way.${way}`)}</span><span className="sr-only">{`${t(`notifications.way.${way}`)}: ${name}`}</span></>} />;
  return (
    <li className="grid grid-cols-1 gap-x-4 gap-y-2 py-3 md:grid-cols-[minmax(0,1fr)_3.5rem_3.5rem_3.5rem_9rem_9rem] md:items-center">
      <span className="font-medium">{name}</span>
      {box('list')}{box('sound')}{box('push')}
      <span aria-hidden="true" className="text-sm text-ink-3 md:hidden">{t('notifications.way.mail')}</span>
      <Select ariaLabel={`${t('notifications.way.mail')}: ${name}`} value={ways.mail} onChange={(mail) => onChange({ ...ways, mail })} options={often.map((value) => ({ value, label: t(`notifications.often.${value}`) }))} />
      {isScoped && <span aria-hidden="true" className="text-sm text-ink-3 md:hidden">{t('notifications.scope')}</span>}
      {isScoped ? <Select ariaLabel={`${t('notifications.scope')}: ${name}`} value={ways.scope} onChange={(scope) => onChange({ ...ways, scope })} options={scopes.map((value) => ({ value, label: t(`notifications.scope.${value}`) }))} /> : <span className="max-md:hidden" />}
    </li>
  );
}

function Choices({ saved }: { saved: NotificationChoices }) {
  const [choices, setChoices] = useState(saved);
  const zone = browserZone();
  const save = useMutation({
    mutationFn: () => client.notifications.saveSettings({ body: { choices, timeZone: zone } }),
    onSuccess: (next) => {
      queryClient.setQueryData(notificationSettingsQuery.queryKey, next);
      showToast(t('ui.saved'), { icon: 'check' });
    },
    onError: (error) => showTrouble(explain(error)),
  });
  const { quiet } = choices;
  const setQuiet = (change: Partial<typeof quiet>) => setChoices({ ...choices, quiet: { ...quiet, ...change } });
  const button = <Button tone="primary" isBusy={save.isPending} onClick={() => save.mutate()}>{t('ui.save')}</Button>;
  return (
    <>
      <Card title={t('notifications.what')} description={t('notifications.whatLead')} footer={button}>
        <div aria-hidden="true" className="grid grid-cols-[minmax(0,1fr)_3.5rem_3.5rem_3.5rem_9rem_9rem] gap-x-4 text-sm text-ink-3 max-md:hidden">
          <span /><span>{t('notifications.way.list')}</span><span>{t('notifications.way.sound')}</span><span>{t('notifications.way.push')}</span><span>{t('notifications.way.mail')}</span><span>{t('notifications.scope')}</span>
        </div>
        <ul className="divide-y divide-line" aria-label={t('notifications.what')}>
          {notificationKinds.map((kind) => <Row key={kind} kind={kind} ways={choices.events[kind]} onChange={(ways) => setChoices({ ...choices, events: { ...choices.events, [kind]: ways } })} />)}
        </ul>
      </Card>
      <Card title={t('notifications.quiet')} description={t('notifications.quietLead', { zone })} footer={button}>
        <div className="flex flex-col gap-4">
          <Switch isOn={quiet.isOn} onChange={(isOn) => setQuiet({ isOn })} label={t('notifications.quietOn')} />
          {quiet.isOn && (
            <>
              <div className="flex flex-wrap gap-4">
                <Field label={t('notifications.from')}><Input type="time" required value={quiet.from} onChange={(event) => event.target.value && setQuiet({ from: event.target.value.slice(0, 5) })} /></Field>
                <Field label={t('notifications.until')}><Input type="time" required value={quiet.until} onChange={(event) => event.target.value && setQuiet({ until: event.target.value.slice(0, 5) })} /></Field>
              </div>
              <fieldset>
                <legend className="mb-2 text-sm font-medium">{t('notifications.quietDays')}</legend>
                <div className="flex flex-wrap gap-4">{days.map((day) => <Checkbox key={day} isChecked={quiet.days.includes(day)} label={dayName(day)} onChange={(isOn) => setQuiet({ days: isOn ? [...quiet.days, day].toSorted() : quiet.days.filter((other) => other !== day) })} />)}</div>
              </fieldset>
            </>
          )}
        </div>
      </Card>
      <Card title={t('notifications.mail')} description={t('notifications.mailLead')} footer={button}>
        <div className="flex flex-col gap-4">
          <Switch isOn={choices.isMailed} onChange={(isMailed) => setChoices({ ...choices, isMailed })} label={t('notifications.mailOn')} />
          {choices.isMailed && <Field className="max-w-40" label={t('notifications.dailyAt')}><Input type="time" required value={choices.dailyAt} onChange={(event) => event.target.value && setChoices({ ...choices, dailyAt: event.target.value.slice(0, 5) })} /></Field>}
        </div>
      </Card>
    </>
  );
}

/** What an agent is told of, how, and when not. */
export function SettingsPage() {
  const settings = useQuery(notificationSettingsQuery);
  return (
    <Page title={t('notifications.title')} description={t('notifications.lead')}>
      <LoadState query={settings} explain={explain}>{({ choices }) => <Choices key={JSON.stringify(choices)} saved={choices} />}</LoadState>
      <SoundCard />
      <PushCard />
    </Page>
  );
}
