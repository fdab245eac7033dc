import type { FieldValue, RuleCondition, RuleGroup, RuleTest } from '@rapport/contract';
import { detectLanguage } from '../../cases/index.ts';
import type { RuleFacts } from './facts-store.ts';

// A mail can be as long as a book; what decides where it belongs stands in its beginning.
const MOST_TEXT = 50_000;
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
const yesNo = (is: boolean): string => (is ? 'yes' : 'no');

function told(value: FieldValue | undefined): string[] {
  if (value === undefined) return [];
  if (typeof value === 'boolean') return [yesNo(value)];
  return [typeof value === 'object' ? String(value.amountMinor / 100) : String(value)];
}

/** Everything a condition is compared with, as texts; none when nothing is known. */
function valuesOf(facts: RuleFacts, condition: RuleCondition, now: Date): string[] {
  const { message } = facts;
  const one = (value: string | null | undefined) => (value === null || value === undefined || value === '' ? [] : [value]);
  switch (condition.fact) {
    case 'status': return [facts.status];
    case 'priority': return [facts.priority];
    case 'kind': return [facts.kind];
    case 'team': return one(facts.teamId);
    case 'assignee': return one(facts.assigneeId);
    case 'inbox': return [facts.inboxId];
    case 'tag': return facts.tags;
    case 'subject': return one(facts.subject);
    case 'waitingHours': return facts.waitingSince === null ? [] : [String((now.getTime() - facts.waitingSince.getTime()) / 3_600_000)];
    case 'customerName': return one(facts.customerName);
    case 'customerAddress': return facts.addresses;
    case 'customerCompany': return one(facts.company);
    case 'language': return one(facts.locale?.toLowerCase().split(/[-_]/)[0] ?? (message ? detectLanguage(message.text) : null));
    case 'words': return message ? [`${message.subject}\n${message.text.slice(0, MOST_TEXT)}`] : [];
    case 'messageSubject': return one(message?.subject);
    case 'messageText': return one(message?.text.slice(0, MOST_TEXT));
    case 'fromAddress': return one(message?.from);
    case 'fromDomain': return message?.from ? [domainOf(message.from)] : [];
    case 'toAddress': return message?.to ?? [];
    case 'hasAttachment': return [yesNo(message?.hasAttachment ?? false)];
    case 'isAutomatic': return [yesNo((message?.automatic ?? null) !== null)];
    case 'field': return told(facts.fields[condition.fieldId ?? '']);
  }
}

const fold = (text: string): string => text.normalize('NFC').toLowerCase();

function testValues(test: RuleTest, had: readonly string[], wanted: readonly string[]): boolean {
  const any = (holds: (value: string, with_: string) => boolean) => had.some((value) => wanted.some((with_) => holds(fold(value), fold(with_))));
  switch (test) {
    case 'is': return any((value, with_) => value === with_);
    case 'is_not': return !any((value, with_) => value === with_);
    case 'contains': return any((value, with_) => value.includes(with_));
    case 'contains_not': return !any((value, with_) => value.includes(with_));
    case 'over': return any((value, with_) => Number(value) > Number(with_));
    case 'under': return any((value, with_) => Number(value) < Number(with_));
    case 'is_set': return had.length > 0;
    case 'is_not_set': return had.length === 0;
  }
}

/** Whether each condition holds, group by group, and whether all of the rule does. Every condition is looked at, so that the log can say why. */
export function judge(groups: readonly RuleGroup[], facts: RuleFacts, now: Date): { holds: boolean; outcomes: boolean[][] } {
  const outcomes = groups.map((group) => group.conditions.map((condition) => testValues(condition.test, valuesOf(facts, condition, now), condition.values)));
  const holds = groups.every((group, index) => {
    const held = outcomes[index] ?? [];
    if (held.length === 0) return true;
    return group.match === 'all' ? held.every(Boolean) : group.match === 'any' ? held.some(Boolean) : !held.some(Boolean);
  });
  return { holds, outcomes };
}
