import type { ViewColumn } from '@rapport/contract';
import { t } from '../i18n/index.ts';

export const columnWord = (column: ViewColumn) => t(`views.column.${column}`);
