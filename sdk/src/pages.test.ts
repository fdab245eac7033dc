import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eachItem } from './pages.ts';

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

test('every item of a list comes once, and no page is fetched that nobody needs', async () => {
  const asked: (string | undefined)[] = [];
  const page = async ({ cursor }: { cursor?: string }) => {
    asked.push(cursor);
    const at = Number(cursor ?? 0);
    return { items: [at, at + 1], nextCursor: at < 4 ? String(at + 2) : null };
  };
  assert.deepEqual(await all(eachItem(page)), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(asked, [undefined, '2', '4']);
  asked.length = 0;
  for await (const item of eachItem(page)) if (item === 1) break;
  assert.deepEqual(asked, [undefined]);
});
