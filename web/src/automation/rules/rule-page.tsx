import type { Rule, RuleContent } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { client, isProblem } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { formatFull } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { isFilled } from '../../ui/checks.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Switch } from '../../ui/switch.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { RuleActionsCard } from './actions-card.tsx';
import { ConditionsCard, keyGroups, plainGroups } from './conditions-card.tsx';
import { needsValue, useNames, type Names } from './names.ts';
import { dropRule, refreshRules, removedRulesQuery, rulesQuery, ruleVersionsQuery } from './queries.ts';
import { RunsCard } from './runs-card.tsx';
import { sentenceOf } from './sentence.ts';
import { templates, templateNames, type TemplateName } from './templates.ts';
import { TrialCard } from './trial-card.tsx';
import { TriggerCard } from './trigger-card.tsx';

const oneRoute = getRouteApi('/workspace/settings/admin/rules/$ruleId');
const newRoute = getRouteApi('/workspace/settings/admin/rules/new');
const blank: RuleContent = { trigger: { on: 'event', event: 'message.received', fields: [] }, groups: [], actions: {} };

/** How a rule read over time, each as a sentence. A removed one is read only. */
function Versions({ rule, names, onTake }: { rule: Rule; names: Names; onTake?: (content: RuleContent) => void }) {
  const versions = useQuery(ruleVersionsQuery(rule.id)).data ?? [];
  if (versions.length < 2 && onTake) return null;
  return (
    <Card title={t('rule.versions')}>
      <ul className="flex flex-col divide-y divide-line">
        {versions.map((one) => (
          <li key={one.version} className="flex items-center gap-3 py-2 text-sm">
            <div className="min-w-0 grow">
              <p className="flex gap-3"><span className="font-medium">{t('macro.version', { version: one.version })}</span><span className="min-w-0 grow truncate text-ink-3">{t('macro.changedBy', { name: one.changedBy, at: formatFull(one.changedAt) })}</span></p>
              <p dir="auto" className="text-pretty text-ink-2">{sentenceOf(one.content, names)}</p>
            </div>
            {onTake && one.version !== rule.version && <Button size="sm" onClick={() => onTake(one.content)}>{t('macro.takeVersion')}</Button>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

const BackToRules = () => <Link to="/admin/rules" className="mb-1 inline-flex items-center gap-1 text-sm text-ink-2 hover:text-ink"><Icon name="chevron-left" size={14} />{t('settings.rules')}</Link>;

function RuleForm({ rule, from }: { rule: Rule | undefined; from: TemplateName | undefined }) {
  const navigate = useNavigate();
  const names = useNames();
  const start = rule?.content ?? (from ? templates[from] : blank);
  const form = useForm({ name: rule?.name ?? (from ? t(`rule.template.${from}`) : '') }, { name: isFilled });
  const [trigger, setTrigger] = useState(start.trigger);
  const [groups, setGroups] = useState(() => keyGroups(start.groups));
  const [actions, setActions] = useState(start.actions);
  const [isOn, setOn] = useState(rule?.isOn ?? false);
  const [isRemoving, setRemoving] = useState(false);
  const content: RuleContent = { trigger, groups: plainGroups(groups), actions };
  const back = () => void navigate({ to: '/admin/rules' });
  const save = useMutation({
    mutationFn: async ({ name }: typeof form.values) => {
      const body = { name: name.trim(), content, isOn };
      return rule ? client.rules.update({ params: { ruleId: rule.id }, body: { ...body, version: rule.version } }) : client.rules.create({ body });
    },
    onSuccess: () => {
      refreshRules();
      showToast(t('ui.saved'), { icon: 'check' });
      back();
    },
    onError: (error) => (isProblem(error, 'name_taken') ? form.fail('name', t('problem.nameTaken')) : showTrouble(isProblem(error, 'rule_empty') || isProblem(error, 'invalid_request') ? t('rule.fault') : explain(error))),
  });
  const remove = useMutation({ mutationFn: (ruleId: string) => client.rules.remove({ params: { ruleId } }), onSuccess: (_, ruleId) => { dropRule(ruleId); refreshRules(); back(); }, onError: (error) => showTrouble(explain(error)) });
  const isWhole = content.groups.every((group) => group.conditions.every((condition) => !needsValue(condition.test) || condition.values.length > 0));
  const take = (content_: RuleContent) => {
    setTrigger(content_.trigger);
    setGroups(keyGroups(content_.groups));
    setActions(content_.actions);
    showToast(t('macro.taken'));
  };
  return (
    <Page
      title={rule?.name ?? t('rule.create')} description={<span role="status" dir="auto">{sentenceOf(content, names)}</span>}
      before={<BackToRules />}
      actions={rule && <Button icon="trash-2" onClick={() => setRemoving(true)}>{t('rule.remove')}</Button>}
    >
      <form ref={form.ref} noValidate className="flex flex-col gap-5" onSubmit={form.onSubmit((values) => (isWhole ? save.mutate(values) : showTrouble(t('rule.fault'))))}>
        <Card>
          <div className="flex flex-wrap items-end gap-4">
            <Field label={t('rule.name')} error={form.errors.name} className="min-w-0 grow"><Input {...form.text('name')} autoFocus={rule === undefined} maxLength={100} autoComplete="off" dir="auto" /></Field>
            <div className="flex h-9 items-center"><Switch isOn={isOn} onChange={setOn} label={t('rule.on')} /></div>
          </div>
        </Card>
        <TriggerCard trigger={trigger} onChange={setTrigger} />
        <ConditionsCard groups={groups} names={names} onChange={setGroups} />
        <RuleActionsCard actions={actions} names={names} onChange={setActions} />
        <div className="flex justify-end gap-2"><Button onClick={back}>{t('ui.cancel')}</Button><Button type="submit" tone="primary" isBusy={save.isPending}>{t('ui.save')}</Button></div>
      </form>
      {isWhole && <TrialCard content={content} />}
      {rule && <RunsCard ruleId={rule.id} names={names} />}
      {rule && <Versions rule={rule} names={names} onTake={take} />}
      {rule && <Confirm isOpen={isRemoving} onClose={() => setRemoving(false)} title={t('rule.removeTitle', { name: rule.name })} deed={t('rule.remove')} isBusy={remove.isPending} onConfirm={() => remove.mutate(rule.id)}>{t('rule.removeLead')}</Confirm>}
    </Page>
  );
}

/** What is left of a rule that was removed: its last words, its log and how it read. */
function RemovedRule({ rule, removedAt }: { rule: Rule; removedAt: string }) {
  const names = useNames();
  return (
    <Page title={rule.name} description={<span dir="auto">{sentenceOf(rule.content, names)}</span>} before={<BackToRules />}>
      <Banner icon="trash-2" isLive={false}>{t('rule.removedAt', { at: formatFull(removedAt) })}</Banner>
      <RunsCard ruleId={rule.id} names={names} />
      <Versions rule={rule} names={names} />
    </Page>
  );
}

export function NewRulePage() {
  const { from } = newRoute.useSearch();
  return <RuleForm rule={undefined} from={templateNames.find((name) => name === from)} />;
}

export function RulePage() {
  const { ruleId } = oneRoute.useParams();
  const query = useQuery(rulesQuery);
  const rule = query.data?.find((one) => one.id === ruleId);
  const removed = useQuery({ ...removedRulesQuery, enabled: query.isSuccess && rule === undefined }).data?.find((one) => one.id === ruleId);
  if (!rule && removed?.removedAt) return <RemovedRule rule={removed} removedAt={removed.removedAt} />;
  if (rule) return <RuleForm key={`${rule.id}-${rule.version}`} rule={rule} from={undefined} />;
  return <Page title={t('settings.rules')}><LoadState query={query} explain={explain}>{() => null}</LoadState></Page>;
}
