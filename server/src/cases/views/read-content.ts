import { viewContent, type ViewContent } from '@rapport/contract';
import type { Ctx } from '../../platform/context.ts';
import type { ViewRow } from './view-store.ts';

/** What a kept view shows. Undefined when it cannot be read: one view must not take all the others with it, and the log says which it is. */
export function readContent(log: Ctx['log'], row: Pick<ViewRow, 'id' | 'content'>): ViewContent | undefined {
  const { success, data } = viewContent.safeParse(row.content);
  if (!success) log.warn({ viewId: row.id }, 'view left out, its content cannot be read');
  return data;
}
