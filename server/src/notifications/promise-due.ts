import { inAccount, systemActor, type Platform } from '../platform/context.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { findCaseFacts, selectReaders } from './audience-store.ts';
import { selectPromisesDue } from './store.ts';
import { isNear, tell } from './tell.ts';

const AHEAD_MS = 15 * 60_000;
const MOST = 500;

/** Tells of promises that fall due within a quarter of an hour; of one that is moved, once more. */
export async function tellPromisesDue(platform: Platform): Promise<void> {
  const now = platform.clock.now();
  for (const { account_id, case_id, id, due_at, made_by_id } of await platform.database.asSystem((tx) => selectPromisesDue(tx, now, new Date(now.getTime() + AHEAD_MS), MOST))) {
    await inAccount(platform, account_id, systemActor('notifications'), async (ctx) => {
      const about = await findCaseFacts(ctx, case_id);
      if (!about || about.isAside || about.status === 'closed') return;
      await tell(ctx, await selectReaders(ctx, about), {
        about, eventKey: `due:${id}:${due_at.getTime()}`, entryId: null, byId: null, byName: '', kindFor: (reader, { events }) => (reader.id === made_by_id || isNear(events.promise_due.scope, reader, about) ? 'promise_due' : undefined),
      });
    });
  }
}

export const promiseDueJob = defineJob({ name: 'notifications.promises-due', schedule: '* * * * *', run: (platform) => tellPromisesDue(platform) });
