import { channelNames, type ChannelName, type Queue, type WrittenQueue } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useRemoval } from '../../commands/use-removal.ts';
import { client, isProblem } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { teamsQuery } from '../../data/people.ts';
import { queryClient } from '../../data/query-client.ts';
import { calendarsQuery } from '../../data/service-levels.ts';
import { queuesQuery, skillsQuery } from '../../data/waiting.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { CheckList } from '../../ui/check-list.tsx';
import { isFilled } from '../../ui/checks.ts';
import { Field, Input } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { NeedsField } from './needs-field.tsx';
import { blankQueue, draftOf } from './queue-draft.ts';
import { SecondsField } from './seconds-field.tsx';
import { queueStory } from './story.ts';

const oneRoute = getRouteApi('/workspace/settings/admin/queues/$queueId');
const DAY = 86_400;
const refresh = () => queryClient.invalidateQueries({ queryKey: queuesQuery.queryKey });
const choice = (none: string, list: readonly { id: string; name: string }[]) => [{ value: '', label: none }, ...list.map(({ id, name }) => ({ value: id, label: name }))];

function QueueForm({ queue, all }: { queue: Queue | undefined; all: readonly Queue[] }) {
  const navigate = useNavigate();
  const teams = useQuery(teamsQuery).data ?? [];
  const calendars = useQuery(calendarsQuery).data ?? [];
  const skills = useQuery(skillsQuery).data ?? [];
  const form = useForm<WrittenQueue>(queue ? draftOf(queue) : blankQueue, { name: isFilled, channels: (value) => (value.length === 0 ? t('queues.needsChannel') : undefined) });
  const { values } = form;
  const others = all.filter((other) => other.id !== queue?.id && values.channels.every((channel) => other.channels.includes(channel)));
  const back = () => navigate({ to: '/admin/queues' as string });
  const save = useMutation({
    mutationFn: (body: WrittenQueue) => (queue ? client.queues.update({ params: { queueId: queue.id }, body: { ...body, version: queue.version } }) : client.queues.create({ body })),
    onSuccess: () => {
      void refresh();
      showToast(t('ui.saved'), { icon: 'check' });
      void back();
    },
    onError: (error) => (isProblem(error, 'name_taken') ? form.fail('name', t('problem.nameTaken')) : showTrouble(explain(error))),
  });
  const remove = useRemoval<Queue>({
    remove: ({ id }) => client.queues.remove({ params: { queueId: id } }), restore: (wayBack) => client.queues.restore({ body: { wayBack } }), nameOf: ({ name }) => name, refresh, onRemoved: back,
    tell: (error) => showTrouble(isProblem(error, 'still_in_use') ? t('queues.inUse') : explain(error)),
  });
  const story = queueStory(values, { teams, calendars, skills, queues: all }, queue?.isOpen ?? true);
  return (
    <Page
      title={queue?.name ?? t('queues.create')} before={<Link to={'/admin/queues' as string} className="mb-1 inline-flex items-center gap-1 text-sm text-ink-2 hover:text-ink"><Icon name="chevron-left" size={14} />{t('settings.queues')}</Link>}
      actions={queue && <Button icon="trash-2" isBusy={remove.isPending} onClick={() => remove.mutate(queue)}>{t('queues.remove')}</Button>}
    >
      <form ref={form.ref} noValidate className="flex flex-col gap-5" onSubmit={form.onSubmit((said) => save.mutate({ ...said, name: said.name.trim() }))}>
        <Card title={t('queues.whatWaits')}>
          <div className="flex flex-col gap-4">
            <Field label={t('queues.name')} error={form.errors.name}><Input {...form.text('name')} autoFocus={queue === undefined} maxLength={100} autoComplete="off" dir="auto" /></Field>
            <CheckList label={t('queues.channels')} options={channelNames.map((id) => ({ id, label: t(`views.channel.${id}`) }))} chosen={values.channels} onChange={(channels) => form.set('channels', channels as ChannelName[])} />
            {form.errors.channels && <p role="alert" className="text-sm text-clay">{form.errors.channels}</p>}
            <div className="grid gap-4 md:grid-cols-2">
              <Field label={t('queues.calendar')} hint={t('queues.calendarHint')}><Select value={values.calendarId ?? ''} options={choice(t('queues.always'), calendars)} onChange={(value) => form.set('calendarId', value || null)} /></Field>
              <Field label={t('queues.priority')} hint={t('queues.priorityHint')}><Input type="number" min={0} max={120} value={values.priority} onChange={(event) => form.set('priority', Math.min(120, Math.max(0, Math.round(Number(event.target.value) || 0))))} className="max-w-24" /></Field>
            </div>
          </div>
        </Card>
        <Card title={t('queues.whoIsAsked')}>
          <div className="flex flex-col gap-4">
            <Field label={t('queues.team')} hint={t('queues.teamHint')} className="max-w-md"><Select value={values.teamId ?? ''} options={choice(t('queues.everybody'), teams)} onChange={(value) => form.set('teamId', value || null)} /></Field>
            <div className="grid gap-4 md:grid-cols-2">
              <SecondsField label={t('queues.accept')} hint={t('queues.acceptHint')} seconds={values.acceptSeconds} most={3600} onChange={(value) => form.set('acceptSeconds', value ?? 0)} />
              <SecondsField label={t('queues.preferred')} hint={t('queues.preferredHint')} seconds={values.preferredSeconds} most={DAY} onChange={(value) => form.set('preferredSeconds', value ?? 0)} />
              <SecondsField label={t('queues.offline')} hint={t('queues.offlineHint')} seconds={values.offlineSeconds} most={30 * DAY} onChange={(value) => form.set('offlineSeconds', value ?? 0)} />
              <SecondsField label={t('queues.wrapUp')} hint={t('queues.wrapUpHint')} seconds={values.wrapUpSeconds} most={3600} onChange={(value) => form.set('wrapUpSeconds', value ?? 0)} />
            </div>
          </div>
        </Card>
        <Card title={t('queues.needs')} description={t('queues.needsLead')}><NeedsField needs={values.skills} skills={skills} onChange={(next) => form.set('skills', next)} /></Card>
        <Card title={t('queues.howLong')}>
          <div className="grid gap-4 md:grid-cols-2">
            <SecondsField label={t('queues.within')} hint={t('queues.withinHint')} seconds={values.answerWithinSeconds} most={30 * DAY} onChange={(value) => form.set('answerWithinSeconds', value || null)} />
            <Field label={t('queues.maxLength')} hint={t('queues.maxLengthHint')}><Input type="number" min={1} max={100_000} value={values.maxLength ?? ''} placeholder="–" onChange={(event) => form.set('maxLength', Math.min(100_000, Math.round(Number(event.target.value))) || null)} className="max-w-28" /></Field>
            <SecondsField label={t('queues.overflow')} hint={t('queues.overflowHint')} seconds={values.overflowSeconds} most={30 * DAY} onChange={(value) => form.set('overflowSeconds', value || null)} />
            <Field label={t('queues.overflowTo')} hint={t('queues.overflowToHint')}><Select value={values.overflowQueueId ?? ''} options={choice(t('queues.nowhere'), others)} onChange={(value) => form.set('overflowQueueId', value || null)} /></Field>
          </div>
        </Card>
        <Card title={t('queues.story')} description={t('queues.storyLead')}><ol className="flex list-decimal flex-col gap-1 ps-5 text-pretty marker:text-ink-3">{story.map((sentence) => <li key={sentence}>{sentence}</li>)}</ol></Card>
        <div className="flex justify-end gap-2"><Button onClick={() => void back()}>{t('ui.cancel')}</Button><Button type="submit" tone="primary" isBusy={save.isPending}>{t('ui.save')}</Button></div>
      </form>
    </Page>
  );
}

export function NewQueuePage() {
  const query = useQuery(queuesQuery);
  return query.data ? <QueueForm queue={undefined} all={query.data} /> : <Page title={t('queues.create')}><LoadState query={query} explain={explain}>{() => null}</LoadState></Page>;
}

export function QueuePage() {
  const { queueId } = oneRoute.useParams();
  const query = useQuery(queuesQuery);
  const queue = query.data?.find(({ id }) => id === queueId);
  if (queue && query.data) return <QueueForm key={`${queue.id}-${queue.version}`} queue={queue} all={query.data} />;
  return <Page title={t('settings.queues')}><LoadState query={query} explain={explain}>{() => <p className="text-ink-2">{t('queues.gone')}</p>}</LoadState></Page>;
}
