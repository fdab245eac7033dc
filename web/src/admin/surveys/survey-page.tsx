import { caseKinds, channelNames, channelTraits, surveyKinds, surveyLanguages, surveyScales, type CaseKind, type Survey, type SurveyConditions, type SurveyContent, type SurveyLanguage } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { kindWord } from '../../cases/properties/property-words.ts';
import { useRemoval } from '../../commands/use-removal.ts';
import { client, isProblem } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { agentsQuery, inboxesQuery, teamsQuery } from '../../data/people.ts';
import { queryClient } from '../../data/query-client.ts';
import { surveysQuery } from '../../data/surveys.ts';
import { currentLocale, t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { CheckList, type CheckOption } from '../../ui/check-list.tsx';
import { isFilled } from '../../ui/checks.ts';
import { Field, Input, inputLook } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { MinutesField } from '../service-levels/minutes-field.tsx';
import { SurveyPreview } from './survey-preview.tsx';
import { conditionWords, timeWords } from './survey-words.ts';

const oneRoute = getRouteApi('/workspace/settings/admin/surveys/$surveyId');
const HOLDER = 'holder';
const refreshSurveys = () => queryClient.invalidateQueries({ queryKey: surveysQuery.queryKey });

interface Part {
  content: SurveyContent;
  put: (part: Partial<SurveyContent>) => void;
}

function Question({ content, put, isNew }: Part & { isNew: boolean }) {
  const [language, setLanguage] = useState<SurveyLanguage>(currentLocale() === 'de' ? 'de' : 'en');
  const { [language]: own = '', ...others } = content.questions;
  return (
    <Card title={t('surveys.what')} {...(isNew ? {} : { description: t('surveys.kindStays') })}>
      <div className="flex flex-col gap-4">
        <RadioCards label={t('surveys.what')} columns={3} value={content.kind} onChange={(kind) => put({ kind })} options={surveyKinds.map((kind) => ({ value: kind, title: t(`surveys.kind.${kind}`), hint: t(`surveys.kindHint.${kind}`), isDisabled: !isNew && kind !== content.kind }))} />
        <div className="grid gap-4 md:grid-cols-[12rem_minmax(0,1fr)]">
          <Field label={t('surveys.language')}><Select value={language} onChange={setLanguage} options={surveyLanguages.map((each) => ({ value: each, label: t(`surveys.lang.${each}`) }))} /></Field>
          <Field label={t('surveys.question')} hint={t('surveys.questionHint')}><Input value={own} maxLength={200} dir="auto" lang={language} autoComplete="off" onChange={(event) => put({ questions: event.target.value === '' ? others : { ...others, [language]: event.target.value } })} /></Field>
        </div>
        <SurveyPreview content={content} language={language} />
      </div>
    </Card>
  );
}

function Whom({ content: { conditions }, put }: Part) {
  const inboxes = useQuery(inboxesQuery).data ?? [];
  const teams = useQuery(teamsQuery).data ?? [];
  const list = (key: keyof SurveyConditions, label: string, options: readonly CheckOption[]) => {
    const { [key]: chosen = [], ...rest } = conditions;
    const gone = (chosen as string[]).filter((each) => !options.some(({ id }) => id === each)).map((id) => ({ id, label: t('views.gone') }));
    return <CheckList label={label} options={[...options, ...gone]} chosen={chosen as string[]} onChange={(next) => put({ conditions: (next.length === 0 ? rest : { ...rest, [key]: next }) as SurveyConditions })} />;
  };
  const named = (items: readonly { id: string; name: string }[]) => items.map(({ id, name }) => ({ id, label: name }));
  return (
    <Card title={t('surveys.whom')} description={t('surveys.whomLead')}>
      <div className="grid gap-4 md:grid-cols-2">
        {list('channels', t('surveys.channels'), channelNames.filter((channel) => channelTraits[channel].survey !== null).map((channel) => ({ id: channel, label: t(`views.channel.${channel}`) })))}
        {list('kinds', t('surveys.kinds'), caseKinds.map((kind: CaseKind) => ({ id: kind, label: kindWord(kind) })))}
        {list('inboxes', t('surveys.inboxes'), named(inboxes))}
        {list('teams', t('surveys.teams'), [{ id: 'none', label: t('assign.noTeam') }, ...named(teams)])}
      </div>
    </Card>
  );
}

/** A whole number within its bounds; what is typed beyond them is brought back when the field is left. */
function NumberField({ label, value, min, max, onChange }: { label: string; value: number; min: number; max: number; onChange: (value: number) => void }) {
  const [text, setText] = useState(String(value));
  const bounded = (typed: string) => Math.min(max, Math.max(min, Math.round(Number(typed)) || min));
  return (
    <Field label={label} className="w-64 max-w-full">
      <input type="number" aria-label={label} inputMode="numeric" min={min} max={max} value={text} className={`${inputLook} h-9 w-24 tabular-nums`} onBlur={() => setText(String(value))} onChange={(event) => { setText(event.target.value); onChange(bounded(event.target.value)); }} />
    </Field>
  );
}

function When({ content, put }: Part) {
  return (
    <Card title={t('surveys.when')} description={t('surveys.whenLead')}>
      <div className="flex flex-wrap gap-x-6 gap-y-4">
        <MinutesField label={t('surveys.delay')} minutes={content.delayMinutes || null} onChange={(minutes) => put({ delayMinutes: Math.min(minutes ?? 0, 60 * 24 * 30) })} />
        <NumberField label={t('surveys.quiet')} value={content.quietDays} min={0} max={365} onChange={(quietDays) => put({ quietDays })} />
        <NumberField label={t('surveys.share')} value={content.share} min={1} max={100} onChange={(share) => put({ share })} />
        <NumberField label={t('surveys.open')} value={content.openDays} min={1} max={90} onChange={(openDays) => put({ openDays })} />
      </div>
    </Card>
  );
}

const newFollowUp = (): NonNullable<SurveyContent['followUp']> => ({ task: t('surveys.taskText'), agentId: null, dueMinutes: 24 * 60 });

function FollowUp({ content, put }: Part) {
  const agents = useQuery(agentsQuery).data ?? [];
  const { followUp } = content;
  const change = (part: Partial<NonNullable<SurveyContent['followUp']>>) => followUp && put({ followUp: { ...followUp, ...part } });
  return (
    <Card title={t('surveys.bad')} description={t('surveys.badLead', { to: surveyScales[content.kind].badTo })}>
      <div className="flex flex-col gap-4">
        <Switch label={t('surveys.badOn')} isOn={followUp !== null} onChange={(isOn) => put({ followUp: isOn ? newFollowUp() : null })} />
        {followUp && (
          <div className="flex flex-wrap gap-x-6 gap-y-4">
            <Field label={t('surveys.task')} className="w-96 max-w-full"><Input value={followUp.task} maxLength={300} dir="auto" autoComplete="off" onChange={(event) => change({ task: event.target.value })} /></Field>
            <Field label={t('surveys.owner')} className="w-64 max-w-full"><Select value={followUp.agentId ?? HOLDER} options={[{ value: HOLDER, label: t('surveys.ownerHolder') }, ...agents.map(({ id, name }) => ({ value: id, label: name }))]} onChange={(id) => change({ agentId: id === HOLDER ? null : id })} /></Field>
            <MinutesField label={t('surveys.due')} minutes={followUp.dueMinutes} onChange={(minutes) => change({ dueMinutes: Math.max(15, minutes ?? 15) })} />
          </div>
        )}
      </div>
    </Card>
  );
}

function SurveyForm({ survey }: { survey: Survey | undefined }) {
  const navigate = useNavigate();
  const known = { inboxes: useQuery(inboxesQuery).data ?? [], teams: useQuery(teamsQuery).data ?? [] };
  const form = useForm({ name: survey?.name ?? '' }, { name: isFilled });
  const [isActive, setActive] = useState(survey?.isActive ?? true);
  const [content, setContent] = useState<SurveyContent>(() => survey?.content ?? { kind: 'csat', conditions: {}, questions: {}, delayMinutes: 60, quietDays: 30, share: 100, openDays: 14, followUp: newFollowUp() });
  const put = (part: Partial<SurveyContent>) => setContent((before) => ({ ...before, ...part }));
  const back = () => navigate({ to: '/admin/surveys' });
  const save = useMutation({
    mutationFn: ({ name }: typeof form.values) => {
      const { followUp } = content;
      const body = { name: name.trim(), isActive, content: { ...content, followUp: followUp && { ...followUp, task: followUp.task.trim() || t('surveys.taskText') } } };
      return survey ? client.surveys.update({ params: { surveyId: survey.id }, body: { ...body, version: survey.version } }) : client.surveys.create({ body });
    },
    onSuccess: () => {
      void refreshSurveys();
      showToast(t('ui.saved'), { icon: 'check' });
      void back();
    },
    onError: (error) => (isProblem(error, 'name_taken') ? form.fail('name', t('problem.nameTaken')) : showTrouble(explain(error))),
  });
  const remove = useRemoval<Survey>({ remove: ({ id }) => client.surveys.remove({ params: { surveyId: id } }), restore: (wayBack) => client.surveys.restore({ body: { wayBack } }), nameOf: ({ name }) => name, refresh: refreshSurveys, onRemoved: back });
  return (
    <Page
      title={survey?.name ?? t('surveys.create')} description={<span role="status" dir="auto">{conditionWords(content.conditions, known)}: {timeWords({ content })}</span>}
      before={<Link to="/admin/surveys" className="mb-1 inline-flex items-center gap-1 text-sm text-ink-2 hover:text-ink"><Icon name="chevron-left" size={14} />{t('settings.surveys')}</Link>}
      actions={survey && <Button icon="trash-2" isBusy={remove.isPending} onClick={() => remove.mutate(survey)}>{t('surveys.remove')}</Button>}
    >
      <form ref={form.ref} noValidate className="flex flex-col gap-5" onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Card>
          <div className="flex flex-wrap items-end justify-between gap-4">
            <Field label={t('surveys.name')} hint={t('surveys.nameHint')} error={form.errors.name} className="w-96 max-w-full"><Input {...form.text('name')} autoFocus={survey === undefined} maxLength={100} autoComplete="off" dir="auto" /></Field>
            <Switch label={t('surveys.on')} isOn={isActive} onChange={setActive} />
          </div>
        </Card>
        <Question content={content} put={put} isNew={survey === undefined} />
        <Whom content={content} put={put} />
        <When content={content} put={put} />
        <FollowUp content={content} put={put} />
        <div className="flex justify-end gap-2"><Button onClick={() => void back()}>{t('ui.cancel')}</Button><Button type="submit" tone="primary" isBusy={save.isPending}>{t('ui.save')}</Button></div>
      </form>
    </Page>
  );
}

export const NewSurveyPage = () => <SurveyForm survey={undefined} />;

export function SurveyPage() {
  const { surveyId } = oneRoute.useParams();
  const query = useQuery(surveysQuery);
  const survey = query.data?.find(({ id }) => id === surveyId);
  if (survey) return <SurveyForm key={`${survey.id}-${survey.version}`} survey={survey} />;
  return <Page title={t('settings.surveys')}><LoadState query={query} explain={explain}>{() => <p className="text-ink-2">{t('surveys.gone')}</p>}</LoadState></Page>;
}
