import type { CaseField, CaseSort } from '@rapport/contract';
import { t } from '../i18n/index.ts';
import { columnWord, type TableColumn } from './column-words.ts';
import { isOwnName } from './sorts.ts';

/** An order in words: by its own name, or by its column and the way. */
export function sortWord(sort: CaseSort, fields: readonly CaseField[]): string {
  if (isOwnName(sort)) return t(`views.sort.${sort}`);
  const column = sort.slice(0, sort.lastIndexOf(':'));
  const what = column === 'resolved' ? t('views.part.resolved') : columnWord(column as TableColumn, fields);
  return t(sort.endsWith(':asc') ? 'views.sortUp' : 'views.sortDown', { what });
}
