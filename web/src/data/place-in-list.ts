import type { CaseRow } from '@rapport/contract';
import type { ListData } from './cases.ts';
import { belongs, inOrder, type CaseFilter, type Order } from './views.ts';

/** The pages of one list with a case put in, moved, renewed or taken out, as its filter says. The same object when nothing changes. */
export function placeInList(data: ListData, row: CaseRow, filter: CaseFilter, order: Order, myId: string): ListData {
  const isIn = data.pages.some((page) => page.items.some((item) => item.id === row.id));
  const isWanted = belongs(row, filter, myId);
  if (!isIn && !isWanted) return data;
  const compare = inOrder(order);
  const before = data.pages.flatMap((page) => page.items).find((item) => item.id === row.id);
  if (before && isWanted && compare(before, row) === 0) {
    return { ...data, pages: data.pages.map((page) => (page.items.some((item) => item.id === row.id) ? { ...page, items: page.items.map((item) => (item.id === row.id ? row : item)) } : page)) };
  }
  const pages = data.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== row.id) }));
  if (isWanted) {
    const isLast = (index: number) => index === pages.length - 1;
    const at = pages.findIndex((page, index) => page.items.some((item) => compare(row, item) < 0) || (isLast(index) && page.nextCursor === null));
    // Beyond what is loaded: it will come with its page.
    if (at >= 0) {
      const page = pages[at]!;
      const index = page.items.findIndex((item) => compare(row, item) < 0);
      page.items.splice(index < 0 ? page.items.length : index, 0, row);
    }
  }
  return { ...data, pages };
}
