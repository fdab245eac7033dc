import { formatFull } from '../../i18n/format.ts';
import { t, type PlainMessageId } from '../../i18n/index.ts';

type Word<Prefix extends string> = Extract<PlainMessageId, `${Prefix}.${string}`> extends `${Prefix}.${infer Name}` ? Name : never;

/** What the server writes down beside a deed, by the names it has there. A name without words is shown as it stands. */
const named = [
  'awayReasons', 'skillId', 'ofAgentId', 'skills', 'viewId', 'audience', 'teamId', 'caseId', 'messages', 'reason', 'mergeId', 'customerId', 'intoCustomerId', 'ruleId', 'queueId', 'others', 'version', 'isOn', 'expiresAt',
  'inboxId', 'before', 'importId', 'format', 'inbox', 'keepTouched', 'endpointId', 'host', 'isEnabled', 'overlapHours', 'admin', 'usual', 'inboxes', 'keepTags',
  'removesCustomers', 'cases', 'wordsErased', 'removedWhole', 'files', 'customers', 'held', 'failed', 'exportId', 'hasNotes', 'erasureId', 'removed', 'rowsFound',
  'by', 'secondFactorRoles', 'passkeyId', 'name', 'sessionId', 'madeKeyId', 'keyId', 'actsAs', 'revokedKeyId', 'changedId', 'role', 'roleBefore', 'teamIds', 'externalId',
  'casesTo', 'invitedId', 'permissions', 'caseScope', 'roleId', 'nameBefore', 'undoSeconds', 'undoSecondsBefore', 'timeZone', 'timeZoneBefore', 'memberIds',
  'sessionsEnded', 'number', 'from', 'to', 'rows', 'client', 'recoveryCodesLeft', 'reopenDays', 'apiKeyId', 'idleMinutes', 'longestMinutes', 'mostSessions',
  'graceDays', 'calendarId', 'surveyId', 'policyId', 'policyIds',
  'issuer', 'client_id', 'domains', 'joining_role_id', 'is_enabled', 'is_enforced',
] as const satisfies readonly Word<'audit.detail'>[];
const names: ReadonlySet<string> = new Set(named);
/** Values that are words of ours, by the name they stand under. */
const values: Readonly<Record<string, ReadonlySet<string>>> = {
  reason: new Set(['gone', 'failing', 'agent_left', 'key_gone', 'secret_lost', 'spam', 'deleted']), audience: new Set(['personal', 'team', 'everyone']), by: new Set(['password', 'passkey', 'company']),
};

type Say = typeof t;

function nameWords(name: string, say: Say): string {
  return names.has(name) ? say(`audit.detail.${name}` as 'audit.detail.role') : name;
}

function ruleWords(action: 'keep' | 'words' | 'case', days: string | undefined, say: Say): string {
  const what = say(`retention.action.${action}`);
  return days === undefined ? what : say('retention.rule', { what, span: say('retention.days', { count: Number(days) }) });
}

function valueWords(name: string, value: unknown, say: Say): string {
  if (typeof value === 'boolean') return say(value ? 'field.yes' : 'field.no');
  if (typeof value === 'object' && value !== null) return JSON.stringify(value);
  const text = String(value);
  if (values[name]?.has(text)) return say(`audit.value.${name}.${text}` as 'audit.value.reason.gone');
  if (name === 'usual' || name === 'inboxes') return text.replace(/\b(keep|words|case)(?: after (\d+) days)?$/, (_, action: 'keep' | 'words' | 'case', days?: string) => ruleWords(action, days, say));
  if (name === 'permissions') return say(`permission.${text}` as 'permission.case.read');
  if (name === 'caseScope') return say(`scope.${text}` as 'scope.own');
  return /^\d{4}-\d\d-\d\dT/.test(text) ? formatFull(text) : text;
}

/** What else was written down, as pairs to read; what was before stands under a name of its own. Empty values say nothing and are left out. */
export function detailWords(detail: Record<string, unknown>, say: Say = t): (readonly [string, string])[] {
  return Object.entries(detail).flatMap(([name, value]): (readonly [string, string])[] => {
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return [];
    if (Array.isArray(value)) return [[nameWords(name, say), value.map((item) => valueWords(name, item, say)).join(', ')]];
    if (typeof value === 'object') return detailWords(value as Record<string, unknown>, say).map(([inner, words]) => [`${nameWords(name, say)}: ${inner}`, words]);
    return [[nameWords(name, say), valueWords(name, value, say)]];
  });
}
