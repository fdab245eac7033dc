import { baseUrl, queueSystemMail } from '../accounts/index.ts';
import { inAccount, systemActor, type Ctx, type Platform } from '../platform/context.ts';
import { defineJob } from '../platform/jobs/index.ts';
import { digestText } from './digest-text.ts';
import { settingsOf } from './settings.ts';
import { stopToken } from './stop-mail.ts';
import { findMailReader, selectMailDue, takeForMail } from './store.ts';

const BATCH = 200;
const DAY_MS = 86_400_000;

/** One mail with everything that is due for an agent, queued in the transaction that takes it out of the waiting: it goes once. Nothing when all has been read. */
async function mailTo(ctx: Ctx, agentId: string): Promise<void> {
  const rows = await takeForMail(ctx, agentId);
  const reader = rows.length > 0 ? await findMailReader(ctx, agentId) : undefined;
  if (!reader || !(await settingsOf(ctx, agentId)).choices.isMailed) return;
  const url = baseUrl(ctx.platform.config);
  const text = digestText(reader.locale === 'de' ? 'de' : 'en', {
    name: reader.name, company: reader.company, lines: rows.map((row) => ({ kind: row.kind, number: row.number, count: row.count, subject: row.subject, url: `${url}/cases/open/${row.number}` })),
    settingsUrl: `${url}/account/notifications`, stopUrl: `${url}/stop-mail/${stopToken(ctx.platform.secrets, ctx.accountId, agentId)}`,
  });
  await queueSystemMail(ctx, { ...text, kind: 'notice', recipient: reader.email, sendBefore: new Date(ctx.clock.now().getTime() + DAY_MS) });
}

/** Mails everybody whose time has come, each in a transaction of its own. */
export async function mailDigests(platform: Platform): Promise<void> {
  for (;;) {
    const due = await platform.database.asSystem((tx) => selectMailDue(tx, platform.clock.now(), BATCH));
    for (const { account_id, agent_id } of due) await inAccount(platform, account_id, systemActor('notifications'), (ctx) => mailTo(ctx, agent_id));
    if (due.length < BATCH) return;
  }
}

export const digestJob = defineJob({ name: 'notifications.mail', schedule: '* * * * *', run: (platform) => mailDigests(platform) });
