import type { Platform } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { noteArrival } from './read-messages.ts';
import { getSite } from './site.ts';
import { takeMessage } from './take-message.ts';
import { beginVisitor } from './visitors.ts';

/** Somebody at a panel, for whoever plays one without a browser. */
export interface PlayedVisitor {
  visitorId: string;
  key: string;
}

/** Writes as a visitor does, who begins a chat where they are none yet. Answers who they are and where it lies. */
export async function writeAsVisitor(platform: Platform, siteKey: string, who: PlayedVisitor | { name: string; email: string; locale: string }, text: string): Promise<{ visitor: PlayedVisitor; caseId: string; entryId: string }> {
  const site = await getSite(platform, siteKey);
  const visitor = 'key' in who ? who : await beginVisitor(platform, site, who, '');
  const { message, caseId } = await takeMessage(platform, site, visitor.key, { clientId: newId(), text, page: '', fileIds: [] });
  return { visitor, caseId, entryId: message.id };
}

/** They have read our messages up to one. */
export const readUpTo = (platform: Platform, accountId: string, { visitorId }: PlayedVisitor, entryId: string): Promise<void> => noteArrival(platform, accountId, visitorId, 'seen', entryId);
