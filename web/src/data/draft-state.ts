import type { Draft } from '@rapport/contract';

export type Attachment = Draft['attachments'][number];

export const draftModes = ['reply', 'note', 'forward'] as const;
export type DraftMode = (typeof draftModes)[number];
export interface DraftContent {
  text: string;
  to: string[];
  cc: string[];
  attachments: Attachment[];
  /** The formatted words; null when they are plain. */
  html: string | null;
  bcc: string[];
  /** As whom it is sent; null: as usual. */
  from: string | null;
  /** Null: the case's. */
  subject: string | null;
  /** The message that is forwarded, and which of its files go along. */
  forwardOf: string | null;
  originalFileIds: string[];
}
/** What a draft has beside words, first recipients and files, when nothing of it was chosen. */
export const asUsual = { html: null as string | null, bcc: [] as string[], from: null, subject: null, forwardOf: null, originalFileIds: [] as string[] };
export interface ServerDraft extends DraftContent {
  revision: number;
  updatedAt: string;
}
/** A draft as this device holds it. */
export interface LocalDraft extends DraftContent {
  /** The server's revision this text builds on; 0 when the server has none. */
  revision: number;
  /** There are changes the server has not got. */
  isDirty: boolean;
  changedAt: number;
}

export const isEmptyDraft = (draft: Pick<DraftContent, 'text' | 'attachments'>) => draft.text.trim() === '' && draft.attachments.length === 0;

/**
 * Which of two versions of a draft goes on: `local`, `server`, or `ask` when both hold something and each has changed without the other.
 */
export function reconcile(local: LocalDraft | undefined, server: ServerDraft | undefined): 'local' | 'server' | 'ask' {
  if (!local || (!local.isDirty && (server === undefined || server.revision >= local.revision))) return 'server';
  if (!server || server.revision <= local.revision) return 'local';
  if (isEmptyDraft(local)) return 'server';
  return local.text === server.text && local.html === server.html ? 'server' : 'ask';
}
