import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { agentsQuery, inboxesQuery, tagsQuery, teamsQuery } from '../data/people.ts';
import { can, useSession } from '../data/session.ts';
import { t } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';
import { Segments } from '../ui/segments.tsx';
import { Select, type SelectOption } from '../ui/select.tsx';
import { kinds, presets, priorities, shiftDay, type ReportFilter, type ReportQuestion } from './filter.ts';

type Name = 'team' | 'inbox' | 'agent' | 'kind' | 'channel' | 'priority' | 'tag';
type Choice = { name: Name; any: string; options: SelectOption<string>[] };
const UNTAGGED = ' ';

/** What can be chosen, with the words of each choice; what has but one value is left out. */
function useChoices(): Choice[] {
  const session = useSession();
  const inboxes = useQuery(inboxesQuery).data ?? [];
  const teams = useQuery(teamsQuery).data ?? [];
  const tags = useQuery(tagsQuery).data ?? [];
  const mayCompare = can(session, 'report.agents');
  const agents = useQuery({ ...agentsQuery, enabled: mayCompare }).data ?? [];
  const channels = [...new Set(inboxes.map((inbox) => inbox.channel))];
  const named = (list: readonly { id: string; name: string }[]) => list.map(({ id, name }) => ({ value: id, label: name }));
  return [
    { name: 'team', any: t('insights.anyTeam'), options: [...named(teams), { value: 'none', label: t('assign.noTeam') }] },
    ...(inboxes.length > 1 ? [{ name: 'inbox' as const, any: t('ledger.anyInbox'), options: named(inboxes) }] : []),
    ...(mayCompare ? [{ name: 'agent' as const, any: t('insights.anyAgent'), options: [...named(agents), { value: 'none', label: t('insights.nobody') }] }] : []),
    { name: 'kind', any: t('insights.anyKind'), options: kinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })) },
    ...(channels.length > 1 ? [{ name: 'channel' as const, any: t('insights.anyChannel'), options: channels.map((channel) => ({ value: channel, label: t(`views.channel.${channel}`) })) }] : []),
    { name: 'priority', any: t('insights.anyPriority'), options: priorities.map((priority) => ({ value: priority, label: t(`priority.${priority}`) })) },
    ...(tags.length > 0 ? [{ name: 'tag' as const, any: t('insights.anyTag'), options: [{ value: UNTAGGED, label: t('insights.untagged') }, ...tags.map((tag) => ({ value: tag, label: tag }))] }] : []),
  ];
}

// What the server takes at most, less the day itself.
const LONGEST = 799;

/** A day that is typed digit by digit counts once it is one of this century; until then it is only what stands in the field. */
function Day({ label, day, onChoose }: { label: string; day: string; onChoose: (day: string) => void }) {
  const [typed, setTyped] = useState(day);
  const [shown, setShown] = useState(day);
  if (shown !== day) {
    setShown(day);
    setTyped(day);
  }
  const change = (next: string) => {
    setTyped(next);
    if (next >= '2000-01-01' && next !== day) onChoose(next);
  };
  return <input type="date" aria-label={label} className="h-9 min-w-0 rounded-md border border-line-strong/60 bg-raised px-2 text-sm tabular-nums" min="2000-01-01" max="2099-12-31" value={typed} onChange={(event) => change(event.target.value)} onBlur={() => setTyped(day)} />;
}

/** Neither end leaves the other behind: the period never ends before it begins, and is never longer than a report can be. */
function Days({ question: { from, to }, onChoose }: { question: Pick<ReportQuestion, 'from' | 'to'>; onChoose: (from: string, to: string) => void }) {
  const chooseFirst = (day: string) => onChoose(day, to < day ? day : to > shiftDay(day, LONGEST) ? shiftDay(day, LONGEST) : to);
  const chooseLast = (day: string) => onChoose(from > day ? day : from < shiftDay(day, -LONGEST) ? shiftDay(day, -LONGEST) : from, day);
  return (
    <span className="inline-flex items-center gap-1.5">
      <Day label={t('insights.from')} day={from} onChoose={chooseFirst} />
      <span aria-hidden="true" className="text-ink-3">–</span>
      <Day label={t('insights.to')} day={to} onChoose={chooseLast} />
    </span>
  );
}

/** The period and what else narrows the report; all of it stands in the address. */
export function Filters({ filter, question, names, onChange }: { filter: ReportFilter; question: Pick<ReportQuestion, 'from' | 'to'>; /** Left out: everything that can be chosen. */ names?: readonly Name[]; onChange: (filter: ReportFilter) => void }) {
  const [isOpen, setOpen] = useState(false);
  const choices = useChoices().filter(({ name }) => names?.includes(name) ?? true);
  const { days, from: _from, to: _to, ...others } = filter;
  const current = (name: Name) => (name === 'tag' && filter.untagged ? UNTAGGED : (filter[name] ?? ''));
  const set = (name: Name, value: string) => {
    const { [name]: _old, ...rest } = filter;
    if (name === 'tag') delete rest.untagged;
    onChange({ ...rest, ...(value === '' ? {} : name === 'tag' && value === UNTAGGED ? { untagged: true } : { [name]: value }) } as ReportFilter);
  };
  const chosen = choices.filter(({ name }) => current(name) !== '').map((choice) => ({ ...choice, label: choice.options.find((option) => option.value === current(choice.name))?.label ?? current(choice.name) }));
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2 print:hidden">
        <Segments label={t('insights.period')} value={filter.from ? 'own' : (days ?? '28')} onChange={(next) => onChange({ ...others, ...(next === '28' ? {} : { days: next as NonNullable<ReportFilter['days']> }) })} options={presets.map((value) => ({ value: value as string, label: t('insights.days', { days: Number(value) }) }))} />
        <Days question={question} onChoose={(from, to) => onChange({ ...others, from, to })} />
        <Popover
          label={t('insights.filters')} isOpen={isOpen} onOpenChange={setOpen} align="start" className="w-72 p-4"
          trigger={<Button size="md" className="h-9!" icon="list-checks">{chosen.length === 0 ? t('insights.filters') : t('insights.filtersOn', { count: chosen.length })}</Button>}
        >
          <div className="flex flex-col gap-3">
            {choices.map(({ name, any, options }) => <Field key={name} label={t(`insights.by.${name}`)}><Select ariaLabel={t(`insights.by.${name}`)} value={current(name)} onChange={(next) => set(name, next)} options={[{ value: '', label: any }, ...options]} /></Field>)}
          </div>
        </Popover>
        {chosen.length > 1 && <Button tone="quiet" onClick={() => onChange({ ...(days ? { days } : {}), ...(filter.from && filter.to ? { from: filter.from, to: filter.to } : {}), ...(filter.by ? { by: filter.by } : {}) })}>{t('insights.noFilters')}</Button>}
      </div>
      {chosen.length > 0 && (
        <ul className="flex flex-wrap gap-2" aria-label={t('insights.filters')}>
          {chosen.map(({ name, label }) => (
            <li key={name} className="inline-flex h-7 max-w-full items-center gap-1 rounded-full border border-line bg-surface ps-3 pe-1 text-sm print:pe-3">
              <span className="text-ink-3">{t(`insights.by.${name}`)}</span> <bdi className="truncate font-medium">{label}</bdi>
              <button type="button" aria-label={t('ui.removeThis', { what: label })} className="grid size-6 place-items-center rounded-full text-ink-3 hover:bg-hover hover:text-ink print:hidden" onClick={() => set(name, '')}><Icon name="x" size={12} /></button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
