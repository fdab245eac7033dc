import { listAgents } from '../accounts/index.ts';
import { getInboxFacts } from '../inboxes/index.ts';
import { inAccount, systemActor, type Platform } from '../platform/context.ts';
import type { FoundFile } from './found.ts';
import type { Desk } from './prepare.ts';
import type { RunRow } from './run-store.ts';

export const importer = systemActor('import');

/** What an import needs to know of the account before it begins. */
export async function openDesk(platform: Platform, accountId: string, about: Pick<RunRow, 'format' | 'inbox_id' | 'options'>, options: { isTrial: boolean; findFile?: ((file: FoundFile) => Promise<Buffer | null>) | undefined }): Promise<Desk> {
  return inAccount(platform, accountId, importer, async (ctx) => {
    const inbox = await getInboxFacts(ctx, about.inbox_id);
    const { items } = await listAgents(ctx);
    return {
      platform, accountId, format: about.format, inbox, options: about.options, agents: new Map(items.map((agent) => [agent.email.toLowerCase(), { id: agent.id, name: agent.name }])), isTrial: options.isTrial, findFile: options.findFile ?? (async () => null),
    };
  });
}
