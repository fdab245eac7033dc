import { ruleFacts, type RuleCondition, type RuleGroup } from '@rapport/contract';
import { t } from '../../i18n/index.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Input } from '../../ui/field.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Card } from '../../ui/page.tsx';
import { Select } from '../../ui/select.tsx';
import { needsValue, testsOf, type Names } from './names.ts';

const fresh: RuleCondition = { fact: 'words', test: 'contains', values: [] };
const split = (text: string): string[] => text.split(',').map((part) => part.trim()).filter(Boolean);

function ConditionLine({ condition, names, onChange, onDrop }: { condition: RuleCondition; names: Names; onChange: (condition: RuleCondition) => void; onDrop: () => void }) {
  const { fieldId: _, ...plain } = condition;
  const options = names.choices(condition.fact, condition.fieldId);
  const facts = ruleFacts.filter((fact) => fact !== 'field').map((fact): { value: string; label: string } => ({ value: fact, label: t(`rule.fact.${fact}`) }));
  const own = names.fields.map((field) => ({ value: field.value, label: `${t('rule.fact.field')}: ${field.label}` }));
  const typeOf = (fieldId: string | undefined) => names.fieldList.find((field) => field.id === fieldId)?.type;
  const pick = (value: string) => {
    const fact = ruleFacts.find((one) => one === value);
    const test = testsOf(fact ?? 'field', typeOf(value))[0] ?? 'is';
    onChange(fact ? { fact, test, values: [] } : { fact: 'field', fieldId: value, test, values: [] });
  };
  return (
    <li className="grid gap-2 md:grid-cols-[1.2fr_1fr_1.6fr_auto] md:items-start">
      <Field label={t('rule.fact')}><Select<string> value={condition.fieldId ?? condition.fact} options={[...facts, ...own]} onChange={pick} ariaLabel={t('rule.fact')} /></Field>
      <Field label={t('rule.test')}><Select value={condition.test} options={testsOf(condition.fact, typeOf(condition.fieldId)).map((test) => ({ value: test, label: t(`rule.test.${test}`) }))} onChange={(test) => onChange({ ...condition, test })} ariaLabel={t('rule.test')} /></Field>
      {needsValue(condition.test) ? (
        <Field label={t('rule.values')} hint={options ? undefined : t('rule.valuesHint')}>
          {options ? <Select<string> value={condition.values[0] ?? ''} options={[{ value: '', label: '…' }, ...options]} onChange={(value) => onChange({ ...condition, values: value === '' ? [] : [value] })} ariaLabel={t('rule.values')} />
            : <Input dir="auto" defaultValue={condition.values.join(', ')} onChange={(event) => onChange({ ...(condition.fieldId ? condition : plain), values: split(event.target.value) })} />}
        </Field>
      ) : <span />}
      <IconButton icon="x" label={t('rule.dropCondition')} onClick={onDrop} className="justify-self-end md:mt-6" />
    </li>
  );
}

export interface KeyedGroup extends Omit<RuleGroup, 'conditions'> {
  key: string;
  conditions: (RuleCondition & { key: string })[];
}
export const keyGroups = (groups: readonly RuleGroup[]): KeyedGroup[] => groups.map((group) => ({ ...group, key: crypto.randomUUID(), conditions: group.conditions.map((condition) => ({ ...condition, key: crypto.randomUUID() })) }));
export const plainGroups = (groups: readonly KeyedGroup[]): RuleGroup[] => groups.filter((group) => group.conditions.length > 0).map(({ match, conditions }) => ({ match, conditions: conditions.map(({ fact, fieldId, test, values }) => ({ fact, test, values, ...(fieldId === undefined ? {} : { fieldId }) })) }));

/** What must hold for a rule to act. */
export function ConditionsCard({ groups, names, onChange }: { groups: readonly KeyedGroup[]; names: Names; onChange: (groups: KeyedGroup[]) => void }) {
  const set = (key: string, change: (group: KeyedGroup) => KeyedGroup) => onChange(groups.map((group) => (group.key === key ? change(group) : group)).filter((group) => group.conditions.length > 0));
  return (
    <Card title={t('rule.if')} description={t('rule.ifLead')}>
      <div className="flex flex-col gap-4">
        {groups.map((group) => (
          <section key={group.key} aria-label={t(`rule.match.${group.match}`)} className="flex flex-col gap-3 rounded-md border border-line p-3">
            <Select value={group.match} options={(['all', 'any', 'none'] as const).map((match) => ({ value: match, label: t(`rule.match.${match}`) }))} onChange={(match) => set(group.key, (one) => ({ ...one, match }))} ariaLabel={t('rule.match')} />
            <ul className="flex flex-col gap-4">
              {group.conditions.map((condition) => (
                <ConditionLine
                  key={condition.key} condition={condition} names={names} onDrop={() => set(group.key, (one) => ({ ...one, conditions: one.conditions.filter((other) => other.key !== condition.key) }))}
                  onChange={(next) => set(group.key, (one) => ({ ...one, conditions: one.conditions.map((other) => (other.key === condition.key ? { ...next, key: condition.key } : other)) }))}
                />
              ))}
            </ul>
            <div><Button size="sm" icon="plus" onClick={() => set(group.key, (one) => ({ ...one, conditions: [...one.conditions, { ...fresh, key: crypto.randomUUID() }] }))}>{t('rule.addCondition')}</Button></div>
          </section>
        ))}
        <div><Button icon="plus" onClick={() => onChange([...groups, ...keyGroups([{ match: 'all', conditions: [fresh] }])])}>{t(groups.length === 0 ? 'rule.addCondition' : 'rule.addGroup')}</Button></div>
      </div>
    </Card>
  );
}
