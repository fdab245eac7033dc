import type { Brief, ChannelName, FieldType, MailFacts, SaidByVisitor } from '@rapport/contract';

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
  /** Only where it is so: its subject is none that the case has had. */
  isNewSubject?: true;
  /** Of ours only: blind copies. Absent where there are none. */
  bcc?: Address[];
  /** Of ours only: the message that is forwarded. */
  forwardOf?: string;
  /** Of ours only: the message that the mail quotes below its text; on the timeline it stands anyway. */
  quoteOf?: string;
  /** Of ours only: what stands below the text in the mail, as it was when it was written. */
  signature?: { text: string; html: string };
  /** Of ours only: in which language the desk's own words in the mail are. */
  language?: 'en' | 'de';
  /** Of ours only, and only where it is so: the case stayed open with it instead of waiting for the customer. */
  leavesOpen?: true;
  /** Of ours only: asks how it was. The links to answer by are in the mail alone, because whoever has them answers for the customer. */
  surveyAskId?: string;
  /** The message's own id on its channel; of ours, once it has been composed. */
  messageId: string | null;
  /** Brought in from another program, which received or sent it. */
  isImported?: true;
  /** Of what came as a mail. */
  mail?: MailFacts | undefined;
  /** Of what a visitor wrote in a chat. */
  visitor?: SaidByVisitor | undefined;
}

export interface NoteDetail {
  maskedCardNumbers: number;
  /** Absent where nobody was mentioned. */
  mentions?: { id: string; name: string; isTold: boolean }[];
}

/** A hand-over brief, and between whom. */
export interface BriefDetail extends Brief {
  fromTeam: string | null;
  toTeam: string | null;
  fromTeamId: string | null;
}

export type ChangedField = 'status' | 'priority' | 'assignee' | 'team' | 'tags' | 'snooze' | 'subject' | 'customer' | 'created' | 'merge' | 'unmerge' | 'split' | 'unsplit' | 'link' | 'unlink' | 'aside' | 'kind' | 'field' | 'promise' | 'survey' | 'erased';
export interface Change {
  field: ChangedField;
  from: string | null;
  to: string | null;
  name?: string;
  type?: FieldType;
  dueAt?: string;
}
export interface ChangeDetail {
  changes: Change[];
}
