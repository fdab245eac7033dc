import type { ServicePolicy } from '@rapport/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { calendarsQuery, policiesQuery } from '../../data/service-levels.ts';
import { t } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { buttonLook } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadState } from '../../ui/load-state.tsx';
import { CardList, Page } from '../../ui/page.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { showTrouble } from '../../ui/toast.ts';
import { refreshPolicies, useKnown } from './known.ts';
import { calendarWord, conditionWords, targetWords, type Known } from './policy-words.ts';

function PolicyRow({ policy, all, known, calendar }: { policy: ServicePolicy; all: readonly ServicePolicy[]; known: Known; calendar: string }) {
  const place = all.indexOf(policy);
  const move = useMutation({
    mutationFn: (by: -1 | 1) => {
      const policyIds = all.map(({ id }) => id).filter((id) => id !== policy.id);
      return client.servicePolicies.order({ body: { policyIds: policyIds.toSpliced(place + by, 0, policy.id) } });
    },
    onSettled: refreshPolicies, onError: (error) => showTrouble(explain(error)),
  });
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 px-4 py-3">
      <div className="flex min-w-0 flex-col gap-1">
        <Link to="/admin/service-levels/$policyId" params={{ policyId: policy.id }} className="font-medium break-words hover:underline" dir="auto">{place + 1}. {policy.name}</Link>
        <p dir="auto" className="text-sm text-pretty break-words text-ink-2">{conditionWords(policy.content.conditions, known)}</p>
        <p className="text-sm text-pretty text-ink-2">{targetWords(policy.content)}</p>
        <p><Badge icon="clock">{calendar}</Badge></p>
      </div>
      <div className="flex shrink-0 items-center gap-1">
        <IconButton icon="arrow-up" label={t('policies.up', { name: policy.name })} disabled={place === 0 || move.isPending} onClick={() => move.mutate(-1)} />
        <IconButton icon="arrow-down" label={t('policies.down', { name: policy.name })} disabled={place === all.length - 1 || move.isPending} onClick={() => move.mutate(1)} />
      </div>
    </li>
  );
}

/** What is promised to whom, in the order in which the policies hold. */
export function PoliciesPage() {
  // Beside the events, for whoever watches the open cases being brought up to date.
  const policies = useQuery({ ...policiesQuery, refetchInterval: ({ state }) => (state.data?.recount?.isOver === false ? 2_000 : false) });
  const calendars = useQuery(calendarsQuery).data ?? [];
  const known = useKnown();
  const create = <Link to="/admin/service-levels/new" className={buttonLook('primary')}><Icon name="plus" />{t('policies.create')}</Link>;
  return (
    <Page title={t('settings.serviceLevels')} description={t('policies.lead')} actions={create}>
      <LoadState query={policies} explain={explain}>
        {({ items, recount }) => (
          <>
            {recount?.isOver === false && (
              <div role="status" className="flex flex-col gap-2">
                <p className="text-sm text-ink-2">{t('policies.recounting', { done: recount.done, total: recount.total })}</p>
                <ProgressBar label={t('policies.recount')} value={recount.done} max={recount.total} />
              </div>
            )}
            {items.length === 0 ? (
              <div className="rounded-lg border border-line bg-surface"><EmptyState icon="flag" title={t('policies.empty')} action={create}>{t('policies.emptyLead')}</EmptyState></div>
            ) : (
              <CardList label={t('settings.serviceLevels')}>{items.map((policy) => <PolicyRow key={policy.id} policy={policy} all={items} known={known} calendar={calendarWord(policy, calendars)} />)}</CardList>
            )}
          </>
        )}
      </LoadState>
    </Page>
  );
}
