import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { id, pageOf, paging, timestamp } from './shapes.ts';

/** A colleague who was mentioned in a note. Nobody is told of a case they may not see. */
export const mentioned = z.object({ id, name: z.string(), isTold: z.boolean() });
export const mentionIds = z.array(id).max(20);

export const mention = z.object({
  id, caseId: id, number: z.number(), subject: z.string(), customerName: z.string(), entryId: id, byName: z.string(), /** The note, cut. */ excerpt: z.string(), at: timestamp, isUnread: z.boolean(),
});
export type Mention = z.output<typeof mention>;
export const follower = z.object({ id, name: z.string(), since: timestamp });

const onCase = z.object({ caseId: id });
const followers = z.object({ items: z.array(follower), isFollowing: z.boolean() });

export const following = {
  follow: endpoint({ method: 'PUT', path: '/cases/:caseId/following', tag: 'following', summary: 'This agent follows a case', access: 'case.read', params: onCase, response: followers }),
  unfollow: endpoint({ method: 'DELETE', path: '/cases/:caseId/following', tag: 'following', summary: 'This agent follows a case no more', access: 'case.read', params: onCase, response: followers }),
  listFollowers: endpoint({ method: 'GET', path: '/cases/:caseId/followers', tag: 'following', summary: 'Who follows a case', access: 'case.read', params: onCase, response: followers }),
  listColleagues: endpoint({
    method: 'GET', path: '/cases/:caseId/colleagues', tag: 'following', summary: 'Whom a note on a case can mention, and who of them may see it', access: 'case.note', params: onCase,
    response: z.object({ items: z.array(z.object({ id, name: z.string(), canSee: z.boolean() })) }),
  }),
  listMentions: endpoint({
    method: 'GET', path: '/mentions', tag: 'following', summary: 'Where this agent was mentioned, newest first', access: 'case.read', query: z.object({ unread: z.enum(['1']).optional(), ...paging }),
    response: z.object({ ...pageOf(mention).shape, /** Counted to 100. */ unread: z.number() }),
  }),
  readMentions: endpoint({ method: 'PUT', path: '/mentions/read', tag: 'following', summary: 'This agent has read mentions: some, or those of a case, or all', access: 'case.read', body: z.object({ mentionIds: z.array(id).max(100).optional(), caseId: id.optional() }), response: z.object({ unread: z.number() }) }),
};
