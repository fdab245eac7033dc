import type { MacroActions } from '@rapport/contract';
import { caseKinds, casePriorities } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { priorityWord, statusWord } from '../cases/words.ts';
import { agentsQuery, teamsQuery } from '../data/people.ts';
import { t } from '../i18n/index.ts';
import { ChipsInput } from '../ui/chips-input.tsx';
import { Field, TextArea } from '../ui/field.tsx';
import { Card } from '../ui/page.tsx';
import { Select } from '../ui/select.tsx';

const statuses = ['open', 'pending', 'on_hold', 'resolved', 'closed'] as const;
const hours = [4, 24, 72, 168, 720] as const;
const KEEP = 'keep';
const NONE = 'none';
const isTag = (text: string) => /^[^\s,]{1,40}$/.test(text);

/** Without the key when it is as before, so that an untouched action is no action. */
function withKey<K extends keyof MacroActions>(actions: MacroActions, key: K, value: MacroActions[K] | undefined): MacroActions {
  const { [key]: _, ...rest } = actions;
  return value === undefined ? (rest as MacroActions) : ({ ...rest, [key]: value } as MacroActions);
}

/** What a macro does to the case. */
export function ActionsCard({ actions, onChange }: { actions: MacroActions; onChange: (actions: MacroActions) => void }) {
  const agents = useQuery(agentsQuery).data ?? [];
  const teams = useQuery(teamsQuery).data ?? [];
  const set = <K extends keyof MacroActions>(key: K, value: MacroActions[K] | undefined) => onChange(withKey(actions, key, value));
  const keep = { value: KEEP, label: t('macro.keep') };
  const one = <T extends string>(label: string, value: T | undefined, options: readonly { value: T; label: string }[], pick: (value: T | undefined) => void) => (
    <Field label={label}><Select<string> value={value ?? KEEP} options={[keep, ...options]} onChange={(next) => pick(next === KEEP ? undefined : (next as T))} ariaLabel={label} /></Field>
  );
  return (
    <Card title={t('macro.actions')} description={t('macro.actionsLead')}>
      <div className="grid gap-4 md:grid-cols-2">
        {one(t('macro.field.status'), actions.status, statuses.map((status) => ({ value: status, label: statusWord(status) })), (status) => set('status', status))}
        {one(t('macro.field.priority'), actions.priority, casePriorities.map((priority) => ({ value: priority, label: priorityWord(priority) })), (priority) => set('priority', priority))}
        {one(t('kind.title'), actions.kind, caseKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })), (kind) => set('kind', kind))}
        {one<string>(t('macro.field.assignee'), actions.assignee === null ? NONE : actions.assignee, [{ value: 'me', label: t('macro.whoUsesIt') }, { value: NONE, label: t('macro.nobody') }, ...agents.filter((agent) => agent.state === 'active').map((agent) => ({ value: agent.id, label: agent.name }))], (id) => set('assignee', id === NONE ? null : id))}
        {one<string>(t('macro.field.team'), actions.teamId === null ? NONE : actions.teamId, [{ value: NONE, label: t('macro.noTeam') }, ...teams.map((team) => ({ value: team.id, label: team.name }))], (id) => set('teamId', id === NONE ? null : id))}
        {one<string>(t('macro.field.snooze'), actions.snoozeHours === undefined ? undefined : String(actions.snoozeHours), hours.map((count) => ({ value: String(count), label: count < 24 ? t('macro.hours', { count }) : t('macro.days', { count: count / 24 }) })), (count) => set('snoozeHours', count === undefined ? undefined : Number(count)))}
        <Field label={t('macro.field.addTags')}><ChipsInput ariaLabel={t('macro.field.addTags')} values={actions.addTags ?? []} isValid={isTag} onChange={(tags) => set('addTags', tags.length > 0 ? tags.map((tag) => tag.toLowerCase()) : undefined)} /></Field>
        <Field label={t('macro.field.removeTags')}><ChipsInput ariaLabel={t('macro.field.removeTags')} values={actions.removeTags ?? []} isValid={isTag} onChange={(tags) => set('removeTags', tags.length > 0 ? tags.map((tag) => tag.toLowerCase()) : undefined)} /></Field>
        <Field label={t('macro.field.note')} className="md:col-span-2"><TextArea dir="auto" value={actions.note ?? ''} maxLength={20_000} onChange={(event) => set('note', event.target.value === '' ? undefined : event.target.value)} /></Field>
      </div>
    </Card>
  );
}
