import type { Rule } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { formatShort } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Banner } from '../../ui/banner.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { Card, CardList, Page } from '../../ui/page.tsx';
import { Switch } from '../../ui/switch.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { useNames, type Names } from './names.ts';
import { refreshRules, removedRulesQuery, rulesQuery } from './queries.ts';
import { sentenceOf } from './sentence.ts';
import { templateNames } from './templates.ts';

const settled = { onSettled: refreshRules, onError: (error: Error) => showTrouble(explain(error)) };

function RuleRow({ rule, all, names }: { rule: Rule; all: readonly Rule[]; names: Names }) {
  const place = all.indexOf(rule);
  const turn = useMutation({ mutationFn: (isOn: boolean) => client.rules.update({ params: { ruleId: rule.id }, body: { name: rule.name, content: rule.content, isOn, version: rule.version } }), ...settled });
  const move = useMutation({
    mutationFn: (by: -1 | 1) => {
      const ruleIds = all.map((one) => one.id).filter((id) => id !== rule.id);
      return client.rules.setOrder({ body: { ruleIds: ruleIds.toSpliced(place + by, 0, rule.id) } });
    },
    ...settled,
  });
  return (
    <li className="flex flex-col gap-2 px-4 py-3 md:flex-row md:items-center md:gap-4">
      <div className="min-w-0 grow">
        <Link to="/admin/rules/$ruleId" params={{ ruleId: rule.id }} className="font-medium hover:underline" dir="auto">{rule.name}</Link>
        <p dir="auto" className="text-sm text-pretty text-ink-2">{sentenceOf(rule.content, names)}</p>
        <p className="text-xs text-ink-3">{t('rule.fired', { count: rule.fired })}{rule.lastAt && ` · ${formatShort(rule.lastAt)}`}{rule.failed > 0 && <span className="text-clay"> · {t('rule.failed', { count: rule.failed })}</span>}</p>
        {rule.isOn && rule.authorTrouble !== null && <Banner icon="triangle-alert" isLive={false}>{t(`rule.held.${rule.authorTrouble}`)}</Banner>}
        {rule.leavers.length > 0 && <Banner icon="triangle-alert" isLive={false}>{t('rule.leavers', { names: rule.leavers.join(', ') })}</Banner>}
        {rule.offBecause !== null && <Banner icon="triangle-alert" isLive={false}>{t('rule.off', { names: rule.offBecause })}</Banner>}
      </div>
      <div className="flex shrink-0 items-center gap-1">
        <IconButton icon="arrow-up" label={t('rule.up', { name: rule.name })} disabled={place === 0 || move.isPending} onClick={() => move.mutate(-1)} />
        <IconButton icon="arrow-down" label={t('rule.down', { name: rule.name })} disabled={place === all.length - 1 || move.isPending} onClick={() => move.mutate(1)} />
        <Switch isOn={rule.isOn} onChange={(isOn) => turn.mutate(isOn)} label={<span className="sr-only">{t('rule.isOn', { name: rule.name })}</span>} />
      </div>
    </li>
  );
}

/** Rules whose log is still kept; nothing where there are none. */
function RemovedRules({ names }: { names: Names }) {
  const removed = useQuery(removedRulesQuery).data ?? [];
  if (removed.length === 0) return null;
  return (
    <Card title={t('rule.removed')} description={t('rule.removedLead')}>
      <ul className="divide-y divide-line">
        {removed.map((rule) => (
          <li key={rule.id} className="py-2">
            <Link to="/admin/rules/$ruleId" params={{ ruleId: rule.id }} className="font-medium hover:underline" dir="auto">{rule.name}</Link>
            <p dir="auto" className="text-sm text-pretty text-ink-2">{sentenceOf(rule.content, names)}</p>
            <p className="text-xs text-ink-3">{t('rule.fired', { count: rule.fired })}{rule.removedAt !== null && ` · ${t('rule.removedRow', { at: formatShort(rule.removedAt) })}`}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** All rules in their order, each as a sentence. */
export function RulesPage() {
  const rules = useQuery(rulesQuery);
  const names = useNames();
  return (
    <Page title={t('settings.rules')} description={t('rule.lead')} actions={<Link to="/admin/rules/new" className={buttonLook('primary')}><Icon name="plus" />{t('rule.create')}</Link>}>
      <LoadState query={rules} explain={explain}>
        {(items) => items.length === 0 ? (
          <div className="rounded-lg border border-line bg-surface"><EmptyState icon="zap" title={t('rule.empty')} action={templateNames.map((name) => <Link key={name} to="/admin/rules/new" search={{ from: name }} className={buttonLook()}>{t(`rule.template.${name}`)}</Link>)}>{t('rule.emptyLead')}</EmptyState></div>
        ) : (
          <CardList label={t('settings.rules')}>{items.map((rule) => <RuleRow key={rule.id} rule={rule} all={items} names={names} />)}</CardList>
        )}
      </LoadState>
      <RemovedRules names={names} />
    </Page>
  );
}
