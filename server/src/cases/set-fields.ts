import type { CaseField, CaseKind, FieldValue } from '@rapport/contract';
import { readFieldValue } from '../accounts/index.ts';
import type { Ctx } from '../platform/context.ts';
import { Refusal } from '../platform/refusal.ts';
import { selectFields, selectValues, writeValues } from './field-store.ts';
import type { Change } from './message-detail.ts';

export type FieldValues = Readonly<Record<string, FieldValue | null>>;

/** Whether a field is asked for on cases of a kind. */
export const isShownFor = (field: CaseField, kind: CaseKind): boolean => !field.isRetired && (field.kinds.length === 0 || field.kinds.includes(kind));

/** How the timeline tells a value: the label of an option, else its key; a text as it was written. */
function toldValue(field: CaseField, value: FieldValue | undefined): string | null {
  if (value === undefined) return null;
  if (field.type === 'choice') return field.options.find((one) => one.id === value)?.label ?? null;
  return typeof value === 'string' ? value : typeof value === 'object' ? `${value.currency}:${value.amountMinor}` : typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}

/**
 * Writes values of the account's own fields on a locked case; answers how the timeline tells what changed. A value of a field that is not asked for on this kind of case is taken all the same:
 * the kind may be set after it. Refuses `invalid_request` for unknown or retired fields and values that do not fit, unless they are taken away.
 */
export async function setFields(ctx: Ctx, caseId: string, values: FieldValues): Promise<Change[]> {
  if (Object.keys(values).length === 0) return [];
  const fields = new Map((await selectFields(ctx)).map((field) => [field.id, field]));
  const before = new Map((await selectValues(ctx, caseId)).map((row) => [row.field_id, row]));
  const set: { fieldId: string; value: FieldValue; key: string }[] = [];
  const removed: string[] = [];
  const changes: Change[] = [];
  for (const [fieldId, wanted] of Object.entries(values)) {
    const field = fields.get(fieldId);
    if (!field) throw new Refusal('invalid_request', 'body.fields: One of the fields does not exist.');
    const had = before.get(fieldId);
    const next = wanted === null ? undefined : readFieldValue(field, wanted, had?.value_key);
    if (next && field.isRetired && next.key !== had?.value_key) throw new Refusal('invalid_request', `body.fields: “${field.name}” is asked for no more.`);
    // A text may change in its letters without changing its key.
    if (JSON.stringify(next?.value ?? null) === JSON.stringify(had?.value ?? null)) continue;
    if (next) set.push({ fieldId, ...next });
    else removed.push(fieldId);
    changes.push({ field: 'field', name: field.name, type: field.type, from: toldValue(field, had?.value), to: toldValue(field, next?.value) });
  }
  await writeValues(ctx, caseId, set, removed);
  return changes;
}

/** Refuses `fields_missing` when a case of this kind lacks a value it is not resolved without; `extra.fields` names them. */
export async function mustHaveFields(ctx: Ctx, caseId: string, kind: CaseKind): Promise<void> {
  const needed = (await selectFields(ctx)).filter((field) => field.isRequired && isShownFor(field, kind));
  if (needed.length === 0) return;
  const has = new Set((await selectValues(ctx, caseId)).map((row) => row.field_id));
  const missing = needed.filter((field) => !has.has(field.id));
  if (missing.length > 0) throw new Refusal('fields_missing', `Fill in ${missing.map((field) => `“${field.name}”`).join(', ')} first.`, { extra: { fields: missing.map(({ id, name }) => ({ id, name })) } });
}
