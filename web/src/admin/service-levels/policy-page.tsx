import { caseKinds, casePriorities, clockPauses, type ClockPause, type CustomerField, type FieldValue, type PolicyConditions, type PolicyContent, type ServicePolicy } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { kindWord } from '../../cases/properties/property-words.ts';
import { priorityWord } from '../../cases/words.ts';
import { useRemoval } from '../../commands/use-removal.ts';
import { client, isProblem } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { calendarsQuery, policiesQuery } from '../../data/service-levels.ts';
import { formatPercent } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { CheckList, type CheckOption } from '../../ui/check-list.tsx';
import { isFilled } from '../../ui/checks.ts';
import { Field, Input } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { refreshPolicies, useKnown } from './known.ts';
import { MinutesField } from './minutes-field.tsx';
import { conditionWords, targetWords } from './policy-words.ts';

const oneRoute = getRouteApi('/workspace/settings/admin/service-levels/$policyId');
const ROUND_THE_CLOCK = 'round';
const blank: PolicyContent = { conditions: {}, calendarId: null, targets: { firstResponse: 240, nextResponse: null, resolution: null }, warning: { minutesBefore: 30 }, pausedBy: ['pending', 'snoozed'] };

type FieldKey = 'customerFields' | 'organizationFields';

/** A value that the customer or their organization has; only fields with few known values can be told apart here. */
function FieldCondition({ field, chosen, onChange }: { field: CustomerField; chosen: FieldValue | undefined; onChange: (value: FieldValue | undefined) => void }) {
  const options = field.type === 'yes_no' ? [{ value: 'true', label: t('field.yes') }, { value: 'false', label: t('field.no') }] : field.options.filter(({ id, isRetired }) => !isRetired || id === chosen).map(({ id, label }) => ({ value: id, label }));
  return (
    <Field label={field.name}>
      <Select value={chosen === undefined ? '' : String(chosen)} options={[{ value: '', label: t('policies.any') }, ...options]} onChange={(value) => onChange(value === '' ? undefined : field.type === 'yes_no' ? value === 'true' : value)} />
    </Field>
  );
}

function Conditions({ conditions, onChange }: { conditions: PolicyConditions; onChange: (conditions: PolicyConditions) => void }) {
  const known = useKnown();
  const put = <K extends keyof PolicyConditions>(key: K, value: PolicyConditions[K] | undefined) => {
    const { [key]: _gone, ...rest } = conditions;
    onChange((value === undefined || (value as readonly unknown[]).length === 0 ? rest : { ...rest, [key]: value }) as PolicyConditions);
  };
  const list = (key: 'inboxes' | 'teams' | 'priorities' | 'kinds', label: string, options: readonly CheckOption[]) => {
    // What is chosen and gone can still be taken away.
    const gone = (conditions[key] ?? []).filter((chosen) => !options.some(({ id }) => id === chosen)).map((id) => ({ id, label: t('views.gone') }));
    return <CheckList label={label} options={[...options, ...gone]} chosen={conditions[key] ?? []} onChange={(chosen) => put(key, chosen as never)} empty={t('policies.none')} />;
  };
  const named = (items: readonly { id: string; name: string }[]) => items.map(({ id, name }) => ({ id, label: name }));
  const fields = known.fields.filter(({ type, isRetired }) => !isRetired && (type === 'choice' || type === 'yes_no'));
  return (
    <Card title={t('policies.for')} description={t('policies.forLead')}>
      <div className="grid gap-4 md:grid-cols-2">
        {list('priorities', t('policies.priorities'), casePriorities.toReversed().map((priority) => ({ id: priority, label: priorityWord(priority) })))}
        {list('kinds', t('policies.kinds'), caseKinds.map((kind) => ({ id: kind, label: kindWord(kind) })))}
        {list('inboxes', t('policies.inboxes'), named(known.inboxes))}
        {list('teams', t('policies.teams'), [{ id: 'none', label: t('assign.noTeam') }, ...named(known.teams)])}
        {fields.map((field) => {
          const key: FieldKey = field.subject === 'customer' ? 'customerFields' : 'organizationFields';
          const others = (conditions[key] ?? []).filter(({ fieldId }) => fieldId !== field.id);
          return <FieldCondition key={field.id} field={field} chosen={conditions[key]?.find(({ fieldId }) => fieldId === field.id)?.value} onChange={(value) => put(key, value === undefined ? others : [...others, { fieldId: field.id, value }])} />;
        })}
      </div>
    </Card>
  );
}

type WarningWay = 'none' | 'minutes' | 'percent';
const wayOf = (warning: PolicyContent['warning']): WarningWay => (warning === null ? 'none' : 'percent' in warning ? 'percent' : 'minutes');
const percents = [50, 75, 80, 90];

function WarningFields({ warning, onChange }: { warning: PolicyContent['warning']; onChange: (warning: PolicyContent['warning']) => void }) {
  const way = wayOf(warning);
  const choose = (next: WarningWay) => onChange(next === 'none' ? null : next === 'percent' ? { percent: 80 } : { minutesBefore: 30 });
  return (
    <div className="flex flex-wrap items-end gap-4">
      <Field label={t('policies.warning')} className="w-60 max-w-full"><Select value={way} onChange={choose} options={(['minutes', 'percent', 'none'] as const).map((each) => ({ value: each, label: t(`policies.warning.${each}`) }))} /></Field>
      {warning !== null && 'minutesBefore' in warning && <MinutesField label={t('policies.before')} minutes={warning.minutesBefore} onChange={(minutes) => onChange({ minutesBefore: minutes ?? 30 })} />}
      {warning !== null && 'percent' in warning && <Field label={t('policies.percent')} className="w-32 max-w-full"><Select value={String(warning.percent)} options={[...new Set([...percents, warning.percent])].sort((a, b) => a - b).map((each) => ({ value: String(each), label: formatPercent(each / 100) }))} onChange={(value) => onChange({ percent: Number(value) })} /></Field>}
    </div>
  );
}

function PolicyForm({ policy }: { policy: ServicePolicy | undefined }) {
  const navigate = useNavigate();
  const calendars = useQuery(calendarsQuery).data ?? [];
  const known = useKnown();
  const form = useForm({ name: policy?.name ?? '' }, { name: isFilled });
  const [content, setContent] = useState(policy?.content ?? blank);
  const put = (part: Partial<PolicyContent>) => setContent((before) => ({ ...before, ...part }));
  const target = (part: Partial<PolicyContent['targets']>) => setContent((before) => ({ ...before, targets: { ...before.targets, ...part } }));
  const promises = Object.values(content.targets).some((minutes) => minutes !== null);
  const back = () => navigate({ to: '/admin/service-levels' });
  const save = useMutation({
    mutationFn: ({ name }: typeof form.values) => {
      const body = { name: name.trim(), content };
      return policy ? client.servicePolicies.update({ params: { policyId: policy.id }, body: { ...body, version: policy.version } }) : client.servicePolicies.create({ body });
    },
    onSuccess: () => {
      void refreshPolicies();
      showToast(t('ui.saved'), { icon: 'check' });
      void back();
    },
    onError: (error) => (isProblem(error, 'name_taken') ? form.fail('name', t('problem.nameTaken')) : showTrouble(explain(error))),
  });
  const remove = useRemoval<ServicePolicy>({ remove: ({ id }) => client.servicePolicies.remove({ params: { policyId: id } }), restore: (wayBack) => client.servicePolicies.restore({ body: { wayBack } }), nameOf: ({ name }) => name, refresh: refreshPolicies, onRemoved: back });
  return (
    <Page
      title={policy?.name ?? t('policies.create')} description={<span role="status" dir="auto">{conditionWords(content.conditions, known)}{promises && `: ${targetWords(content)}`}</span>}
      before={<Link to="/admin/service-levels" className="mb-1 inline-flex items-center gap-1 text-sm text-ink-2 hover:text-ink"><Icon name="chevron-left" size={14} />{t('settings.serviceLevels')}</Link>}
      actions={policy && <Button icon="trash-2" isBusy={remove.isPending} onClick={() => remove.mutate(policy)}>{t('policies.remove')}</Button>}
    >
      <form ref={form.ref} noValidate className="flex flex-col gap-5" onSubmit={form.onSubmit((values) => (promises ? save.mutate(values) : showTrouble(t('policies.nothing'))))}>
        <Card><Field label={t('policies.name')} error={form.errors.name}><Input {...form.text('name')} autoFocus={policy === undefined} maxLength={100} autoComplete="off" dir="auto" /></Field></Card>
        <Card title={t('policies.targets')} description={t('policies.targetsLead')}>
          <div className="flex flex-wrap gap-x-6 gap-y-4">
            <MinutesField label={t('clock.first_response')} hint={t('policies.firstHint')} minutes={content.targets.firstResponse} onChange={(firstResponse) => target({ firstResponse })} />
            <MinutesField label={t('clock.next_response')} hint={t('policies.nextHint')} minutes={content.targets.nextResponse} onChange={(nextResponse) => target({ nextResponse })} />
            <MinutesField label={t('clock.resolution')} hint={t('policies.resolutionHint')} minutes={content.targets.resolution} onChange={(resolution) => target({ resolution })} />
          </div>
          {!promises && <p role="status" className="mt-3 flex items-start gap-1.5 text-sm text-clay"><Icon name="circle-alert" size={14} className="mt-0.5" />{t('policies.nothing')}</p>}
        </Card>
        <Card title={t('policies.time')} description={t('policies.timeLead')}>
          <div className="flex flex-col gap-4">
            <Field label={t('policies.calendar')} className="max-w-80" hint={<Link to="/admin/calendars" className="text-accent hover:underline">{t('policies.calendars')}</Link>}>
              <Select value={content.calendarId ?? ROUND_THE_CLOCK} options={[{ value: ROUND_THE_CLOCK, label: t('due.roundTheClock') }, ...calendars.map(({ id, name }) => ({ value: id, label: name }))]} onChange={(id) => put({ calendarId: id === ROUND_THE_CLOCK ? null : id })} />
            </Field>
            <CheckList label={t('policies.paused')} options={clockPauses.map((pause) => ({ id: pause, label: t(`policies.paused.${pause}`) }))} chosen={content.pausedBy} onChange={(chosen) => put({ pausedBy: clockPauses.filter((pause) => chosen.includes(pause)) as ClockPause[] })} />
            <WarningFields warning={content.warning} onChange={(warning) => put({ warning })} />
          </div>
        </Card>
        <Conditions conditions={content.conditions} onChange={(conditions) => put({ conditions })} />
        <div className="flex justify-end gap-2"><Button onClick={() => void back()}>{t('ui.cancel')}</Button><Button type="submit" tone="primary" isBusy={save.isPending}>{t('ui.save')}</Button></div>
      </form>
    </Page>
  );
}

export const NewPolicyPage = () => <PolicyForm policy={undefined} />;

export function PolicyPage() {
  const { policyId } = oneRoute.useParams();
  const query = useQuery(policiesQuery);
  const policy = query.data?.items.find(({ id }) => id === policyId);
  if (policy) return <PolicyForm key={`${policy.id}-${policy.version}`} policy={policy} />;
  return <Page title={t('settings.serviceLevels')}><LoadState query={query} explain={explain}>{() => <p className="text-ink-2">{t('policies.gone')}</p>}</LoadState></Page>;
}
