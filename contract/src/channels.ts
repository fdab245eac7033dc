import { z } from 'zod';

/** One encounter of `whole` (a call, a visit) fills an agent: beside it nothing else is given to them. */
export const loads = ['mails', 'chats', 'whole'] as const;
export type Load = (typeof loads)[number];

/** What rooms and screens need to know of a channel; they ask here, never for its name. */
interface ChannelTraits {
  /** A message names whom it goes to (a mail); else it goes to whoever is at the other end (a chat). */
  isAddressed: boolean;
  /** Customer and agent are there at the same time: nothing is held back for undoing, and typing is shown. */
  isLive: boolean;
  /** Words may be formatted. */
  isFormatted: boolean;
  /** What its work takes of an agent: one of their places for mails or for chats, or all of them. */
  load: Load;
  /** How customers are asked how it was: by a message of their own, or where they talk to us; null: not at all. */
  survey: 'message' | 'in_place' | null;
}

export const channelTraits = {
  email: { isAddressed: true, isLive: false, isFormatted: true, load: 'mails', survey: 'message' },
  chat: { isAddressed: false, isLive: true, isFormatted: false, load: 'chats', survey: 'in_place' },
} as const satisfies Record<string, ChannelTraits>;

export type ChannelName = keyof typeof channelTraits;
export const channelNames = Object.keys(channelTraits) as [ChannelName, ...ChannelName[]];
export const channelName = z.enum(channelNames);
/** By which somebody is reached who is no longer at the other end of a live conversation. */
export const wayOnByAddress = 'email' satisfies ChannelName;

/** By which a customer is known on a channel. A visitor is one browser (or, signed by the site, one account of it). */
export const identityKinds = ['email', 'phone', 'visitor'] as const;
export const identityKind = z.enum(identityKinds);
export type IdentityKind = z.output<typeof identityKind>;
