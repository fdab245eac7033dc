import { queryOptions } from '@tanstack/react-query';
import { client } from '../data/client.ts';

/** Answers appear here a moment after they are sent, and no event tells of it: the open mailbox looks every few seconds. */
const lookEveryMs = 4000;

export const addressesQuery = queryOptions({ queryKey: ['mailbox', 'addresses'], queryFn: ({ signal }) => client.mailbox.listAddresses({ signal }), refetchInterval: lookEveryMs, select: (answer) => answer.items });
export const mailsQuery = (address: string) =>
  queryOptions({ queryKey: ['mailbox', 'mails', address], queryFn: ({ signal }) => client.mailbox.listMails({ params: { address }, signal }), refetchInterval: lookEveryMs, select: (answer) => answer.items });
