import { caseKinds, casePriorities, caseStatuses, type CaseField, type RuleFact, type RuleTest } from '@rapport/contract';
import { useQuery } from '@tanstack/react-query';
import { priorityWord, statusWord } from '../../cases/words.ts';
import { caseFieldsQuery } from '../../data/case-properties.ts';
import { agentsQuery, inboxesQuery, teamsQuery } from '../../data/people.ts';
import { t } from '../../i18n/index.ts';
import { useCan } from '../../data/session.ts';
import { macrosQuery } from '../queries.ts';
import { ruleEndpointsQuery } from './queries.ts';

type FieldType = CaseField['type'];

export interface Option {
  value: string;
  label: string;
}

const TEXT: readonly RuleTest[] = ['is', 'is_not', 'contains', 'contains_not', 'is_set', 'is_not_set'];
const CHOICE: readonly RuleTest[] = ['is', 'is_not', 'is_set', 'is_not_set'];
const NUMBER: readonly RuleTest[] = ['over', 'under', 'is_set', 'is_not_set'];
const CHOICES: readonly RuleFact[] = ['status', 'priority', 'kind', 'team', 'assignee', 'inbox'];
const YES_NO: readonly RuleFact[] = ['hasAttachment', 'isAutomatic'];

/** How a fact can be compared. */
export function testsOf(fact: RuleFact, fieldType?: FieldType): readonly RuleTest[] {
  if (YES_NO.includes(fact)) return ['is'];
  if (CHOICES.includes(fact)) return CHOICE;
  if (fact === 'field') return fieldType === 'yes_no' || fieldType === 'choice' ? CHOICE : fieldType === 'number' || fieldType === 'money' ? NUMBER : TEXT;
  return fact === 'waitingHours' ? NUMBER : TEXT;
}

export const needsValue = (test: RuleTest): boolean => test !== 'is_set' && test !== 'is_not_set';

/** What people, teams, inboxes, fields and saved replies are called, and what can be chosen of each. */
export function useNames() {
  const named = (list: readonly { id: string; name: string }[] | undefined): Option[] => (list ?? []).map((one) => ({ value: one.id, label: one.name }));
  const agents = named(useQuery(agentsQuery).data?.filter((agent) => agent.state === 'active'));
  const teams = named(useQuery(teamsQuery).data);
  const inboxes = named(useQuery(inboxesQuery).data);
  const macros = named(useQuery(macrosQuery).data?.filter((macro) => macro.hasText && macro.folder.audience !== 'personal'));
  const canCall = useCan('webhook.manage');
  const endpoints = named(useQuery({ ...ruleEndpointsQuery, enabled: canCall }).data);
  const fieldList = useQuery(caseFieldsQuery).data ?? [];
  const fields = named(fieldList);
  const yesNo = [{ value: 'yes', label: t('rule.yes') }, { value: 'no', label: t('rule.no') }];
  const choices = (fact: RuleFact, fieldId?: string): Option[] | undefined => {
    switch (fact) {
      case 'status': return caseStatuses.map((value) => ({ value, label: statusWord(value) }));
      case 'priority': return casePriorities.map((value) => ({ value, label: priorityWord(value) }));
      case 'kind': return caseKinds.map((value) => ({ value, label: t(`kind.${value}`) }));
      case 'team': return teams;
      case 'assignee': return agents;
      case 'inbox': return inboxes;
      case 'hasAttachment': case 'isAutomatic': return yesNo;
      case 'field': {
        const field = fieldList.find((one) => one.id === fieldId);
        return field?.type === 'yes_no' ? yesNo : field?.type === 'choice' ? field.options.map((option) => ({ value: option.id, label: option.label })) : undefined;
      }
      default: return undefined;
    }
  };
  const all = [...endpoints, ...agents, ...teams, ...inboxes, ...macros, ...fields];
  return { agents, teams, macros, fields, fieldList, endpoints, choices, nameOf: (id: string): string => all.find((one) => one.value === id)?.label ?? '…' };
}
export type Names = ReturnType<typeof useNames>;
