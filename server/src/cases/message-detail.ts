import type { ChannelName } from '@rapport/contract';

export interface Address {
  address: string;
  name: string | null;
}

/** What a message keeps beside its text, as stored in `entry.detail`. */
export interface MessageDetail {
  channel: ChannelName;
  subject: string;
  from: Address;
  to: Address[];
  cc: Address[];
  /** Where answers should go; empty when that is `from`. */
  replyTo: Address[];
  hasRemoteContent: boolean;
  automatic: 'auto_reply' | 'bounce' | 'list' | null;
  maskedCardNumbers: number;
  isNewParticipant: boolean;
  /** The message's own id on its channel; of ours, once it has been composed. */
  messageId: string | null;
}

export interface NoteDetail {
  maskedCardNumbers: number;
}

export type ChangedField = 'status' | 'priority' | 'assignee' | 'team' | 'tags' | 'snooze' | 'subject' | 'customer' | 'created';
export interface Change {
  field: ChangedField;
  from: string | null;
  to: string | null;
}
export interface ChangeDetail {
  changes: Change[];
}
