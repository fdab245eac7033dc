import { caseKinds, casePriorities, type FieldValue, type RuleActions } from '@rapport/contract';
import { FieldInput } from '../../cases/properties/field-input.tsx';
import { priorityWord, statusWord } from '../../cases/words.ts';
import { t } from '../../i18n/index.ts';
import { ChipsInput } from '../../ui/chips-input.tsx';
import { Field, TextArea } from '../../ui/field.tsx';
import { Card } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import type { Names, Option } from './names.ts';

const KEEP = 'keep';
const NONE = 'none';
const statuses = ['open', 'pending', 'on_hold', 'resolved', 'closed'] as const;
const hours = [4, 24, 72, 168, 720] as const;
const isTag = (text: string) => /^[^\s,]{1,40}$/.test(text);

/** Without the key when it is as before, so that an untouched action is no action. */
function withKey<K extends keyof RuleActions>(actions: RuleActions, key: K, value: RuleActions[K] | undefined): RuleActions {
  const { [key]: _, ...rest } = actions;
  return value === undefined ? (rest as RuleActions) : ({ ...rest, [key]: value } as RuleActions);
}

/** What a rule does. */
export function RuleActionsCard({ actions, names, onChange }: { actions: RuleActions; names: Names; onChange: (actions: RuleActions) => void }) {
  const set = <K extends keyof RuleActions>(key: K, value: RuleActions[K] | undefined) => onChange(withKey(actions, key, value));
  const setField = (fieldId: string, value: FieldValue | null) => {
    const { [fieldId]: _, ...rest } = actions.fields ?? {};
    const fields = value === null ? rest : { ...rest, [fieldId]: value };
    set('fields', Object.keys(fields).length > 0 ? fields : undefined);
  };
  const one = <T extends string>(label: string, value: T | null | undefined, options: readonly (Option & { value: T })[], pick: (value: T | null | undefined) => void, none?: string) => (
    <Field label={label}>
      <Select<string>
        value={value === null ? NONE : (value ?? KEEP)} options={[{ value: KEEP, label: t('macro.keep') }, ...(none === undefined ? [] : [{ value: NONE, label: none }]), ...options]}
        onChange={(next) => pick(next === KEEP ? undefined : next === NONE ? null : (next as T))} ariaLabel={label}
      />
    </Field>
  );
  const tags = (key: 'addTags' | 'removeTags') => (
    <Field label={t(`macro.field.${key}`)}><ChipsInput ariaLabel={t(`macro.field.${key}`)} values={actions[key] ?? []} isValid={isTag} onChange={(list) => set(key, list.length > 0 ? list.map((tag) => tag.toLowerCase()) : undefined)} /></Field>
  );
  return (
    <Card title={t('rule.then')}>
      <div className="grid gap-4 md:grid-cols-2">
        {one(t('macro.field.team'), actions.teamId, names.teams, (id) => set('teamId', id), t('macro.noTeam'))}
        {one<string>(t('rule.assign'), actions.assign, [{ value: 'round_robin', label: t('rule.assign.round_robin') }, { value: 'least_open', label: t('rule.assign.least_open') }, ...names.agents], (id) => set('assign', id), t('macro.nobody'))}
        {one(t('macro.field.status'), actions.status, statuses.map((status) => ({ value: status, label: statusWord(status) })), (status) => set('status', status ?? undefined))}
        {one(t('macro.field.priority'), actions.priority, casePriorities.map((priority) => ({ value: priority, label: priorityWord(priority) })), (priority) => set('priority', priority ?? undefined))}
        {one(t('kind.title'), actions.kind, caseKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })), (kind) => set('kind', kind ?? undefined))}
        {one<string>(t('macro.field.snooze'), actions.snoozeHours === undefined ? undefined : String(actions.snoozeHours), hours.map((count) => ({ value: String(count), label: t('rule.span', { count }) })), (count) => set('snoozeHours', count ? Number(count) : undefined))}
        {tags('addTags')}
        {tags('removeTags')}
        {one<string>(t('rule.replyWith'), actions.replyWith, names.macros, (id) => set('replyWith', id ?? undefined))}
        {one<string>(t('rule.notify'), actions.notify?.[0], names.agents, (id) => set('notify', id ? [id] : undefined))}
        {one<string>(t('rule.addFollowers'), actions.addFollowers?.[0], names.agents, (id) => set('addFollowers', id ? [id] : undefined))}
        {(names.endpoints.length > 0 || actions.callWebhook !== undefined) && one<string>(t('rule.callWebhook'), actions.callWebhook, names.endpoints, (id) => set('callWebhook', id ?? undefined))}
        {names.fieldList.filter((field) => !field.isRetired).map((field) => {
          const value = actions.fields?.[field.id];
          const label = t('rule.setField', { name: field.name });
          return (
            <div key={field.id} role="group" aria-label={label} className="flex min-w-0 flex-col gap-1">
              <span className="text-sm font-medium">{label}</span>
              <div className="rounded-md border border-line-strong/60 bg-raised px-1 py-0.5"><FieldInput key={JSON.stringify(value)} field={field} value={value ?? undefined} isDisabled={false} onChange={(next) => setField(field.id, next)} /></div>
            </div>
          );
        })}
        <Field label={t('macro.field.note')} className="md:col-span-2"><TextArea dir="auto" value={actions.note ?? ''} maxLength={20_000} onChange={(event) => set('note', event.target.value === '' ? undefined : event.target.value)} /></Field>
        <Switch isOn={actions.stop === true} onChange={(isOn) => set('stop', isOn || undefined)} label={t('rule.stop')} />
      </div>
    </Card>
  );
}
