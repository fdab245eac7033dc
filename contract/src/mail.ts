import { z } from 'zod';

/**
 * A stretch of a message's text, in UTF-16 units, that was not written for this message. quote and signature are folded away; a heading says who wrote
 * what follows and stays in sight.
 */
export const fold = z.object({ kind: z.enum(['quote', 'signature', 'heading']), from: z.number().int(), to: z.number().int() });
export type Fold = z.output<typeof fold>;

export const authenticityResults = ['pass', 'fail', 'softfail', 'neutral', 'none', 'temperror', 'permerror', 'not_checked'] as const;
const result = z.enum(authenticityResults);

/** Whether a mail comes from the domain it says it does, as its mail servers can be asked. */
export const authenticity = z.object({
  /** good: the domain vouches for it. bad: the domain says mail of its own looks otherwise. unknown: the domain says nothing, or could not be asked. */
  verdict: z.enum(['good', 'bad', 'unknown']), /** Of the address in From. */ domain: z.string().nullable(),
  spf: result, dkim: result, dmarc: result, /** What the domain wants done with mail that fails: none, quarantine, reject. */ policy: z.string().nullable(),
  /** The server that checked it, when it was not we. */ checkedBy: z.string().nullable(),
});
export type Authenticity = z.output<typeof authenticity>;

/** An appointment that came with a mail. */
export const appointment = z.object({
  method: z.enum(['request', 'cancel', 'reply', 'publish', 'other']), title: z.string(), place: z.string(), note: z.string(),
  /** With offset; a day (`2026-03-01`) where it lasts whole days. */ start: z.string().nullable(), /** For whole days, the day after the last. */ end: z.string().nullable(), isAllDay: z.boolean(), /** As the organizer's calendar names it; null for times in UTC or of no zone. */ timeZone: z.string().nullable(),
  organizer: z.string().nullable(), attendees: z.array(z.object({ name: z.string(), status: z.string() })), /** The rule of a series, in words of the standard. */ repeats: z.string().nullable(),
});
export type Appointment = z.output<typeof appointment>;

/** A mail within a mail. Its files are among the message's attachments. */
export const attachedMail = z.object({ from: z.string(), to: z.string(), subject: z.string(), date: z.string().nullable(), text: z.string(), /** How deep it lies; 1 is directly in the message. */ depth: z.number().int(), filenames: z.array(z.string()) });
export type AttachedMail = z.output<typeof attachedMail>;

/** Signed or encrypted by the sender's mail program. We keep no keys: signatures are not checked and encrypted mail cannot be read. */
export const protection = z.object({ method: z.enum(['smime', 'pgp']), kind: z.enum(['signed', 'encrypted']) });
export type Protection = z.output<typeof protection>;

/** What is known of a message that came as a mail. */
export const mailFacts = z.object({
  folds: z.array(fold), authenticity: authenticity.nullable(), appointments: z.array(appointment), mails: z.array(attachedMail), protection: protection.nullable(),
});
export type MailFacts = z.output<typeof mailFacts>;
