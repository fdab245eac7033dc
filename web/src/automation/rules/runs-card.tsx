import type { RuleOutcome, RuleRun } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { formatShort } from '../../i18n/format.ts';
import { t } from '../../i18n/index.ts';
import { Badge } from '../../ui/badge.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Card } from '../../ui/page.tsx';
import type { Names } from './names.ts';
import { ruleRunsQuery } from './queries.ts';
import { conditionWords } from './sentence.ts';

const reasons = ['depth', 'too_often', 'circle', 'automatic_mail', 'answered_often', 'nobody_to_answer', 'author_gone', 'key_gone', 'author_may_not'] as const;

function reasonWords(reason: string): string {
  const known = reasons.find((one) => one === reason);
  return known ? t(`rule.reason.${known}`) : reason;
}

const outcomeTone = { fired: 'moss', stopped: 'neutral', held_back: 'honey', failed: 'clay' } as const satisfies Record<RuleOutcome, string>;

function Run({ run, names }: { run: RuleRun; names: Names }) {
  return (
    <li className="flex flex-col gap-1 py-2 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <bdi className="font-medium">#{run.case.number} {run.case.subject}</bdi>
        <Badge tone={outcomeTone[run.outcome]}>{t(`rule.outcome.${run.outcome}`)}</Badge>
        <span className="grow" />
        <span className="text-xs text-ink-3">{t('macro.version', { version: run.version })} · {formatShort(run.at)}</span>
      </div>
      {run.reason !== null && <p className="text-ink-2">{reasonWords(run.reason)}</p>}
      {run.groups.flatMap((group) => group.conditions).map(({ condition, held }) => {
        const words = conditionWords(condition, names);
        return <p key={`${words}-${held}`} className="flex items-center gap-1.5 text-xs text-ink-3"><Icon name={held ? 'check' : 'x'} size={12} /><span>{words}</span><span className="sr-only">{t(held ? 'rule.held' : 'rule.heldNot')}</span></p>;
      })}
    </li>
  );
}

/** What a rule did and why. */
export function RunsCard({ ruleId, names }: { ruleId: string; names: Names }) {
  const runs = useQuery(ruleRunsQuery(ruleId)).data;
  return (
    <Card title={t('rule.log')} description={t('rule.logLead')}>
      {runs?.length === 0 && <p className="text-sm text-ink-3">{t('rule.noLog')}</p>}
      <ul className="divide-y divide-line">{runs?.map((run) => <Run key={run.id} run={run} names={names} />)}</ul>
    </Card>
  );
}
