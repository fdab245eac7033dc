import { defineJob } from '../platform/jobs/index.ts';
import { deleteOldLinks } from './mail/link-store.ts';
import { deleteFinishedMails, giveUpLateMails } from './mail/system-mail-store.ts';
import { deleteOldFlows } from './oidc/oidc-store.ts';
import { deleteOldChallenges } from './passkeys/passkey-store.ts';
import { deleteExpiredSessions } from './sign-in/session-store.ts';

const MONTH_MS = 30 * 86_400_000;

/** Removes what has run out: sessions and sign-ins nobody finished at once; links and sent mails, kept for questions, after a month. */
export const tidyJob = defineJob<unknown>({
  name: 'accounts.tidy',
  schedule: '17 * * * *',
  async run(platform) {
    const now = platform.clock.now();
    const monthAgo = new Date(now.getTime() - MONTH_MS);
    await platform.database.asSystem(async (tx) => {
      await deleteExpiredSessions(tx, now);
      await deleteOldFlows(tx, now);
      await deleteOldChallenges(tx, now);
      await giveUpLateMails(tx, now);
      await deleteOldLinks(tx, monthAgo);
      await deleteFinishedMails(tx, monthAgo);
    });
  },
});
