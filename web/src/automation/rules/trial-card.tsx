import type { CaseKind, CasePriority, CaseStatus, RuleContent, RuleTrial } from '@rapport/contract';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { priorityWord, statusWord } from '../../cases/words.ts';
import { client } from '../../data/client.ts';
import { explain } from '../../data/explain.ts';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/page.tsx';
import { Segments } from '../../ui/segments.tsx';
import { showTrouble } from '../../ui/toast.ts';

// Enough to see what a rule does; whoever wants to know of more looks at a shorter time.
const MOST_LOOKED = 2_000;
const MOST_FOUND = 100;

const shown = ['status', 'priority', 'kind', 'addTags', 'removeTags'] as const;

/** What would change on a case, as far as it is a word; whom or what else it concerns says the sentence above. */
function changeWords(changes: RuleTrial['changes']): string {
  return changes.flatMap(({ what, to }) => {
    const known = shown.find((one) => one === what);
    const word = what === 'status' ? statusWord(to as CaseStatus) : what === 'priority' ? priorityWord(to as CasePriority) : what === 'kind' ? t(`kind.${to as CaseKind}`) : (to ?? '');
    return known ? [t(`rule.do.${known}`, { to: word })] : [];
  }).join(', ');
}

/** Tries a rule as it stands on the screen, a hundred cases at a time, and says how far it is. */
export function TrialCard({ content }: { content: RuleContent }) {
  const [days, setDays] = useState<'1' | '7' | '30'>('7');
  const [found, setFound] = useState<{ items: RuleTrial[]; looked: number }>();
  const run = useMutation({
    mutationFn: async () => {
      const since = new Date(Date.now() - Number(days) * 86_400_000).toISOString();
      let items: RuleTrial[] = [];
      let looked = 0;
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof client.rules.tryOut>> = await client.rules.tryOut({ body: { content, since, ...(cursor === null ? {} : { cursor }) } });
        items = [...items, ...page.items];
        looked += page.looked;
        cursor = page.nextCursor;
        setFound({ items, looked });
      } while (cursor !== null && looked < MOST_LOOKED && items.length < MOST_FOUND);
    },
    onError: (error) => showTrouble(explain(error)),
  });
  return (
    <Card title={t('rule.try')} description={t('rule.tryLead')}>
      <div className="flex flex-col gap-3">
        <div className="flex flex-wrap items-center gap-2">
          <Segments label={t('rule.try')} value={days} options={(['1', '7', '30'] as const).map((value) => ({ value, label: t('macro.days', { count: Number(value) }) }))} onChange={setDays} />
          <Button isBusy={run.isPending} onClick={() => run.mutate()}>{t('rule.tryDo')}</Button>
          <p role="status" className="text-sm text-ink-2">{found && t('rule.tried', { looked: found.looked, found: found.items.length })}</p>
        </div>
        {found && found.items.length > 0 && (
          <ul className="max-h-80 divide-y divide-line overflow-y-auto">
            {found.items.map((one) => <li key={one.case.id} className="py-2 text-sm"><Link to="/cases/$view/$number" params={{ view: 'open', number: String(one.case.number) }} className="font-medium hover:underline"><bdi>#{one.case.number} {one.case.subject}</bdi></Link> <span className="text-ink-3">{changeWords(one.changes)}</span></li>)}
          </ul>
        )}
      </div>
    </Card>
  );
}
