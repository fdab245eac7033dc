import type { Appointment, AttachedMail } from '@rapport/contract';
import { htmlToText } from '../../../platform/html-to-text.ts';
import { maskCardNumbers } from '../../../platform/card-numbers.ts';
import { storable } from '../../../platform/storable.ts';
import { decodeCharset } from '../read-charset.ts';
import { readMail, type Mail, type MailAttachment } from '../read-mail.ts';
import { tidyFilename } from '../tidy-filename.ts';
import { readAppointments } from './read-appointments.ts';
import { readTnef } from './read-tnef.ts';
import { readUuencode } from './read-uuencode.ts';

const DEPTH = 4;
const MOST_MAILS = 20;
const MOST_FILES = 1000;
const LONGEST_TEXT = 30_000;

export interface Unpacked {
  /** With the files that lay within other files, and the text of a winmail.dat where the mail had none. */
  mail: Mail;
  appointments: Appointment[];
  mails: AttachedMail[];
}

// What stood in the mail as text was covered there. What was packed is seen here for the first time.
const masked = (text: string): string => maskCardNumbers(text).text;

interface Bag {
  files: MailAttachment[];
  appointments: Map<string, Appointment>;
  mails: AttachedMail[];
  bytesLeft: number;
}

/**
 * Opens what people cannot: mails within a mail, winmail.dat, files written into the text, calendar files. The parts themselves stay among the attachments.
 * What is made of all of it together is at most as large as the mail twice over, however deep it is nested. Never throws.
 */
export async function unpackParts(mail: Mail, size: number): Promise<Unpacked> {
  const bag: Bag = { files: [], appointments: new Map(), mails: [], bytesLeft: size * 2 };
  const opened = await unpack(mail, 0, bag);
  return { mail: { ...opened, attachments: [...opened.attachments, ...bag.files] }, appointments: [...bag.appointments.values()], mails: bag.mails };
}

/** The mail with its own text completed; what lay in its parts goes into the bag. */
async function unpack(given: Mail, depth: number, bag: Bag): Promise<Mail> {
  let mail = withUuencode(given, bag);
  for (const file of mail.attachments) {
    if (/^text\/calendar$|^application\/ics$/i.test(file.mediaType) || /\.ics$/i.test(file.filename)) takeAppointments(file, bag);
    else if (/^message\/(?:rfc822|global)$/i.test(file.mediaType)) await takeMail(file, depth + 1, bag);
    else if (/ms-tnef$/i.test(file.mediaType) || /^winmail\.dat$/i.test(file.filename)) mail = withTnef(mail, file, bag);
  }
  return mail;
}

function keep(bag: Bag, taken: number, file: Pick<MailAttachment, 'filename' | 'mediaType' | 'bytes' | 'contentId'>, isInline = false): void {
  if (taken + bag.files.length >= MOST_FILES || file.bytes.length > bag.bytesLeft) return;
  bag.bytesLeft -= file.bytes.length;
  const mediaType = /^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(file.mediaType) ? file.mediaType.toLowerCase() : 'application/octet-stream';
  bag.files.push({ ...file, mediaType, filename: tidyFilename(file.filename, mediaType, bag.files.length), isInline });
}

function withUuencode(mail: Mail, bag: Bag): Mail {
  if (mail.text === undefined) return mail;
  const { text, files } = readUuencode(mail.text);
  for (const { filename, bytes } of files) keep(bag, mail.attachments.length, { filename, bytes, mediaType: 'application/octet-stream', contentId: undefined });
  return files.length === 0 ? mail : { ...mail, text };
}

function takeAppointments(file: MailAttachment, bag: Bag): void {
  for (const appointment of readAppointments(decodeCharset(file.bytes, 'utf-8'))) {
    // The same invitation often comes twice, as a part to act on and as a file.
    const key = JSON.stringify([appointment.title, appointment.start, appointment.method]);
    if (bag.appointments.size < 10 && !bag.appointments.has(key)) bag.appointments.set(key, storable({ ...appointment, title: masked(appointment.title), place: masked(appointment.place), note: masked(appointment.note) }));
  }
}

async function takeMail(file: MailAttachment, depth: number, bag: Bag): Promise<void> {
  if (depth > DEPTH || bag.mails.length >= MOST_MAILS || file.bytes.length > bag.bytesLeft) return;
  bag.bytesLeft -= file.bytes.length;
  const read = await readMail(file.bytes);
  const before = bag.files.length;
  const told: AttachedMail = { from: '', to: '', subject: '', date: null, text: '', depth, filenames: [] };
  bag.mails.push(told);
  const mail = await unpack(read, depth, bag);
  const text = mail.text ?? (mail.html === undefined ? '' : htmlToText(mail.html));
  const address = ({ name, address: at }: Mail['to'][number]): string => (name === '' ? at : `${name} <${at}>`);
  Object.assign(told, storable({
    from: mail.from === undefined ? '' : address(mail.from), to: mail.to.slice(0, 20).map(address).join(', '), subject: mail.subject, date: mail.date?.toISOString() ?? null,
    text: masked(text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}\n…` : text),
  }));
  // Pictures within its text are shown nowhere, so they are files here.
  for (const inner of mail.attachments) keep(bag, 0, inner);
  told.filenames = bag.files.slice(before).map(({ filename }) => filename).slice(0, 50);
}

function withTnef(mail: Mail, file: MailAttachment, bag: Bag): Mail {
  const tnef = readTnef(file.bytes);
  if (tnef === undefined) return mail;
  const html = mail.html ?? (tnef.html === undefined ? undefined : masked(tnef.html));
  const lower = html?.toLowerCase() ?? '';
  for (const inner of tnef.files) keep(bag, mail.attachments.length, inner, inner.contentId !== undefined && inner.mediaType.startsWith('image/') && lower.includes(`cid:${inner.contentId.toLowerCase()}`));
  return { ...mail, text: mail.text?.trim() ? mail.text : (tnef.text === undefined ? mail.text : masked(tnef.text)), html };
}
