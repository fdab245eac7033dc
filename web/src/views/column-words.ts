import type { CaseField, FieldColumn, FieldValue, ViewColumn, ViewContent } from '@rapport/contract';
import { moneyWord } from '../cases/properties/property-words.ts';
import { t } from '../i18n/index.ts';
import { formatDate } from '../i18n/format.ts';

export type TableColumn = ViewContent['columns'][number];

export const isFieldColumn = (column: TableColumn): column is FieldColumn => column.startsWith('field:');
export const fieldIdOf = (column: FieldColumn): string => column.slice('field:'.length);
export const columnOfField = (field: CaseField): FieldColumn => `field:${field.id}`;

/** What a column is called; a field that is not there any more has no name. */
export const columnWord = (column: TableColumn, fields: readonly CaseField[]): string => (isFieldColumn(column) ? (fields.find(({ id }) => id === fieldIdOf(column))?.name ?? t('views.gone')) : t(`views.column.${column satisfies ViewColumn}`));

/** The value of a field as a table shows it. */
export function fieldValueWord(field: Pick<CaseField, 'type' | 'options'>, value: FieldValue): string {
  if (field.type === 'choice') return field.options.find(({ id }) => id === value)?.label ?? t('views.gone');
  if (typeof value === 'boolean') return t(value ? 'field.yes' : 'field.no');
  if (typeof value === 'object') return moneyWord(value.amountMinor, value.currency);
  return field.type === 'date' ? formatDate(`${value}T12:00:00`) : String(value);
}
