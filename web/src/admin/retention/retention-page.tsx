import type { Retention, RetentionAction, RetentionRule } from '@rapport/contract';
import { queryOptions, useMutation, useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { queryClient } from '../../data/query-client.ts';
import { formatFull, formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { ChipsInput } from '../../ui/chips-input.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Field } from '../../ui/field.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { showToast, showTrouble } from '../../ui/toast.ts';
import { useForm } from '../../ui/use-form.ts';
import { previewQuery, RetentionPreviewLine } from './retention-preview.tsx';
import { actionWords, nightWords, ruleWords, spanOptions } from './retention-words.ts';

const retentionQuery = queryOptions({ queryKey: ['retention', 'rules'], queryFn: ({ signal }) => client.retentionRules.get({ signal }), staleTime: 0 });
const actions: readonly RetentionAction[] = ['keep', 'words', 'case'];
const isTag = (text: string) => text.length <= 40;

const startOf = ({ usual, inboxes, keepTags, removesCustomers }: Retention) => ({ usual, rules: Object.fromEntries(inboxes.map(({ id, rule }) => [id, rule])) as Record<string, RetentionRule | null>, keepTags, removesCustomers });

/** What is done after which time. */
function RuleFields({ rule, usual, label, onChange }: { rule: RetentionRule | null; /** Where the usual rule can be chosen, that rule. */ usual?: RetentionRule; label: string; onChange: (rule: RetentionRule | null) => void }) {
  const options = [...(usual ? [{ value: 'usual' as const, label: t('retention.asUsual', { rule: ruleWords(usual) }) }] : []), ...actions.map((value) => ({ value, label: actionWords(value) }))];
  return (
    <div className="flex flex-wrap gap-2">
      <div className="w-full md:w-80"><Select<RetentionAction | 'usual'> ariaLabel={t('retention.what', { name: label })} value={rule?.action ?? 'usual'} options={options} onChange={(action) => onChange(action === 'usual' ? null : { action, days: rule?.days ?? usual?.days ?? 730 })} /></div>
      {rule && rule.action !== 'keep' && <div className="w-full md:w-44"><Select ariaLabel={t('retention.when', { name: label })} value={String(rule.days)} options={spanOptions(rule.days)} onChange={(days) => onChange({ ...rule, days: Number(days) })} /></div>}
    </div>
  );
}

function RetentionForm({ retention }: { retention: Retention }) {
  const form = useForm(startOf(retention));
  const [isAsking, setAsking] = useState(false);
  const { values } = form;
  const save = useMutation({
    mutationFn: () => client.retentionRules.set({ body: {
      usual: values.usual, inboxes: Object.entries(values.rules).flatMap(([id, rule]) => (rule ? [{ id, rule }] : [])), keepTags: values.keepTags, removesCustomers: values.removesCustomers, version: retention.version,
    } }),
    onSuccess: (saved) => {
      queryClient.setQueryData(retentionQuery.queryKey, saved);
      form.restart(startOf(saved));
      setAsking(false);
      showToast(t('ui.saved'), { icon: 'check' });
    },
    onError: (error) => {
      setAsking(false);
      showTrouble(explain(error));
    },
  });
  const active = retention.inboxes.flatMap(({ id, name }) => {
    const rule = values.rules[id] ?? values.usual;
    return rule.action === 'keep' ? [] : [{ id, name, rule }];
  });
  const previews = useQueries({ queries: active.map(({ id, rule }) => previewQuery(id, rule.days, values.keepTags)) });
  const due = previews.reduce((sum, each) => sum + (each.data?.due ?? 0), 0);
  const isCounted = previews.every((each) => each.data !== undefined);
  const isMore = previews.some((each) => each.data?.isMore);
  return (
    <form ref={form.ref} noValidate className="flex flex-col gap-5" onSubmit={form.onSubmit(() => (active.length === 0 ? save.mutate() : setAsking(true)))}>
      <Card title={t('retention.usual')} description={t('retention.usualLead')}>
        <RuleFields rule={values.usual} label={t('retention.usual')} onChange={(rule) => rule && form.set('usual', rule)} />
        <dl className="mt-4 grid gap-x-4 gap-y-1 text-sm text-ink-2 md:grid-cols-[max-content_1fr]">
          {(['words', 'case'] as const).map((action) => <div key={action} className="contents"><dt className="font-medium text-ink">{actionWords(action)}</dt><dd>{t(`retention.means.${action}`)}</dd></div>)}
        </dl>
      </Card>
      <Card title={t('retention.inboxes')} description={t('retention.inboxesLead', { time: formatFull(retention.nextRunAt) })}>
        <ul className="-my-4 divide-y divide-line" aria-label={t('retention.inboxes')}>
          {retention.inboxes.map(({ id, name }) => {
            const rule = values.rules[id] ?? null;
            const effective = rule ?? values.usual;
            return (
              <li key={id} className="flex flex-col gap-2 py-4">
                <p dir="auto" className="font-medium break-words">{name}</p>
                <RuleFields rule={rule} usual={values.usual} label={name} onChange={(next) => form.set('rules', { ...values.rules, [id]: next })} />
                {effective.action !== 'keep' && <RetentionPreviewLine inboxId={id} days={effective.days} keepTags={values.keepTags} />}
              </li>
            );
          })}
          {retention.inboxes.length === 0 && <li className="py-4 text-ink-3">{t('retention.noInboxes')}</li>}
        </ul>
      </Card>
      <Card title={t('retention.holds')} description={t('retention.holdsLead')} footer={<Button type="submit" tone="primary" isBusy={save.isPending && !isAsking} disabled={!form.isDirty}>{t('ui.save')}</Button>}>
        <div className="flex max-w-xl flex-col gap-4">
          <Field label={t('retention.keepTags')} hint={t('retention.keepTagsHint')}><ChipsInput ariaLabel={t('retention.keepTags')} values={values.keepTags} isValid={isTag} onChange={(tags) => form.set('keepTags', [...new Set(tags.map((each) => each.toLowerCase()))])} /></Field>
          <div>
            <Checkbox isChecked={values.removesCustomers} onChange={(isOn) => form.set('removesCustomers', isOn)} label={t('retention.customers')} />
            <p className="mt-1 text-sm text-ink-3">{t('retention.customersHint')}</p>
          </div>
        </div>
      </Card>
      <Confirm isOpen={isAsking} onClose={() => setAsking(false)} title={t('retention.ask')} deed={t('retention.askDo')} isBusy={save.isPending} onConfirm={() => save.mutate()}>
        <p className="font-medium text-ink">{isCounted ? t('retention.askCount', { count: due, shown: isMore ? t('retention.moreThan', { count: formatNumber(due) }) : formatNumber(due), time: formatFull(retention.nextRunAt) }) : t('retention.counting')}</p>
        <p className="mt-2">{t('retention.askLead')}</p>
      </Confirm>
    </form>
  );
}

/** After how long the words of solved cases are erased, by inbox, with what that means before it is saved. */
export function RetentionPage() {
  const retention = useQuery(retentionQuery);
  return (
    <Page title={t('settings.retention')} description={t('retention.lead')}>
      <LoadState query={retention} explain={explain}>
        {(loaded) => (
          <>
            <RetentionForm key={loaded.version} retention={loaded} />
            <Card title={t('retention.nights')} {...(loaded.runs.length === 0 ? { description: t('retention.noNights') } : {})}>
              {loaded.runs.length > 0 && (
                <ul className="-my-2 divide-y divide-line" aria-label={t('retention.nights')}>
                  {loaded.runs.map((run) => (
                    <li key={run.id} className="py-2.5">
                      <p>{nightWords(run)}</p>
                      <p className="text-sm text-ink-3">{formatFull(run.startedAt)}{run.state === 'running' && ` · ${t('retention.night.running')}`}</p>
                    </li>
                  ))}
                </ul>
              )}
            </Card>
          </>
        )}
      </LoadState>
    </Page>
  );
}
