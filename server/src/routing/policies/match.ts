import { isDeepStrictEqual } from 'node:util';
import type { CaseKind, CasePriority, FieldValue, PolicyConditions } from '@rapport/contract';

/** What conditions look at. */
export interface CaseFacts {
  inboxId: string;
  teamId: string | null;
  priority: CasePriority;
  kind: CaseKind;
  /** By the id of the field. */
  customerFields: Record<string, FieldValue>;
  organizationFields: Record<string, FieldValue>;
}

const isOneOf = <T>(list: readonly T[] | undefined, value: T): boolean => list === undefined || list.includes(value);
const hasAll = (wanted: PolicyConditions['customerFields'], values: Record<string, FieldValue>): boolean => (wanted ?? []).every(({ fieldId, value }) => isDeepStrictEqual(values[fieldId], value));

export function fits(conditions: PolicyConditions, facts: CaseFacts): boolean {
  return isOneOf(conditions.inboxes, facts.inboxId) && isOneOf(conditions.teams, facts.teamId ?? 'none') && isOneOf(conditions.priorities, facts.priority) && isOneOf(conditions.kinds, facts.kind)
    && hasAll(conditions.customerFields, facts.customerFields) && hasAll(conditions.organizationFields, facts.organizationFields);
}

/** Of the policies that fit, the first in their order. */
export const policyFor = <T extends { content: { conditions: PolicyConditions } }>(policies: readonly T[], facts: CaseFacts): T | undefined => policies.find(({ content }) => fits(content.conditions, facts));
