/**
 * Every item of a paged list, fetched page by page as they are used up:
 * `for await (const row of eachItem((cursor) => client.cases.list({ query: { shelf: 'open', limit: 100, ...cursor } })))`.
 * Stop early and nothing more is fetched.
 */
export async function* eachItem<T>(page: (cursor: { cursor?: string }) => Promise<{ items: T[]; nextCursor: string | null }>): AsyncGenerator<T, void, undefined> {
  let cursor: { cursor?: string } = {};
  for (;;) {
    const { items, nextCursor } = await page(cursor);
    yield* items;
    if (nextCursor === null) return;
    cursor = { cursor: nextCursor };
  }
}
