import type { NotificationKind } from '@rapport/contract';
import { wordsFor } from './words.ts';

interface Line {
  kind: NotificationKind;
  number: number;
  count: number;
  subject: string;
  url: string;
}

// Subjects are customers' words; they must stay on one line.
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 120);

/** The mail that sums up what an agent has not read: plain text, newest first. */
export function digestText(locale: 'en' | 'de', about: { name: string; company: string; lines: readonly Line[]; settingsUrl: string; stopUrl: string }): { subject: string; text: string } {
  const [first, ...more] = about.lines;
  if (!first) throw new Error('There is nothing to tell.');
  const what = wordsFor(first.kind, locale, first);
  const lines = about.lines.map((line) => `- ${wordsFor(line.kind, locale, line)}\n  ${oneLine(line.subject)}\n  ${line.url}`).join('\n\n');
  if (locale === 'de') {
    return {
      subject: more.length === 0 ? what : `${about.lines.length} Neuigkeiten in Rapport`,
      text: `Guten Tag ${oneLine(about.name)},\n\ndas haben Sie bei ${oneLine(about.company)} noch nicht gelesen:\n\n${lines}\n\nWorüber Sie Nachricht bekommen, wählen Sie hier:\n${about.settingsUrl}\n\nKeine solchen Mails mehr:\n${about.stopUrl}\n`,
    };
  }
  return {
    subject: more.length === 0 ? what : `${about.lines.length} things to look at in Rapport`,
    text: `Hello ${oneLine(about.name)},\n\nthis is what you have not read yet at ${oneLine(about.company)}:\n\n${lines}\n\nChoose what you are told of:\n${about.settingsUrl}\n\nNo more of these mails:\n${about.stopUrl}\n`,
  };
}
