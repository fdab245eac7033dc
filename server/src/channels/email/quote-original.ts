import { foldText } from './fold/fold-text.ts';
import { escapeHtml, textToHtml } from '../../platform/text-to-html.ts';
import type { Original, Outgoing } from '../../cases/index.ts';

type Language = Outgoing['language'];

/** What stands below a mail, as text and as HTML. */
export interface Quote {
  text: string;
  html: string;
}

// What is quoted stands on the case and in the reader's own mailbox; a thread of years is not sent again with every line.
const MOST_TEXT = 60_000;
const MOST_HTML = 400_000;

const person = ({ address, name }: { address: string; name: string | null }): string => (name ? `${name} <${address}>` : address);
const moment = (at: Date, language: Language): string => `${new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`;
const cut = (text: string): string => (text.length <= MOST_TEXT ? text : `${text.slice(0, MOST_TEXT)}\n[…]`);

/** What its writer wrote, without what they quoted and their signature; all of it when there is nothing else. */
function writtenText(text: string, subject: string): string {
  let written = '';
  let at = 0;
  for (const { from, to } of foldText(text, subject)) {
    written += text.slice(at, from);
    at = to;
  }
  written = (written + text.slice(at)).trim();
  return written === '' ? text.trim() : written;
}

/**
 * The message that is answered, below the answer: only what was written in it, so that neither our own words nor our signature come round again. In HTML it is made from the text: pictures
 * on the network and another's looks stay out of our mail.
 */
function quoted(original: Original, language: Language): Quote {
  const when = moment(original.at, language);
  const line = language === 'de' ? `Am ${when} schrieb ${person(original.from)}:` : `On ${when}, ${person(original.from)} wrote:`;
  const words = cut(writtenText(original.text, original.subject));
  return {
    text: `${line}\n${words.split('\n').map((each) => (each === '' ? '>' : `> ${each}`)).join('\n')}`,
    // Mail programs fold what stands in an element of this class.
    html: `<div class="gmail_quote"><div dir="auto" class="gmail_attr">${escapeHtml(line)}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #bbb;padding-left:1ex">${textToHtml(words)}</blockquote></div>`,
  };
}

const labels = {
  en: { title: '---------- Forwarded message ----------', from: 'From', date: 'Date', subject: 'Subject', to: 'To', cc: 'Cc' },
  de: { title: '---------- Weitergeleitete Nachricht ----------', from: 'Von', date: 'Datum', subject: 'Betreff', to: 'An', cc: 'Cc' },
} as const;

// Set aside when the mail came in: loading them would tell the sender who reads it now.
const withoutRemote = (html: string): string => html.replace(/<img\b[^>]*\bdata-remote-src=[^>]*>/gi, '');

/** The whole message that is forwarded, as it came, with its head. Pictures of the mail itself keep their `cid:` and go along as files. */
function forwarded(original: Original, language: Language): Quote {
  const label = labels[language];
  const head: [string, string][] = [
    [label.from, person(original.from)], [label.date, moment(original.at, language)], [label.subject, original.subject], [label.to, original.to.map(person).join(', ')],
    ...(original.cc.length > 0 ? [[label.cc, original.cc.map(person).join(', ')] as [string, string]] : []),
  ];
  const isWhole = original.html !== null && original.html.length <= MOST_HTML;
  return {
    text: `${label.title}\n${head.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${cut(original.text)}`,
    html: `<div class="gmail_quote"><div dir="auto" class="gmail_attr">${escapeHtml(label.title)}<br>${head.map(([name, value]) => `${escapeHtml(name)}: ${escapeHtml(value)}`).join('<br>')}</div><br>${isWhole ? withoutRemote(original.html as string) : textToHtml(cut(original.text))}</div>`,
  };
}

export function quoteOriginal(original: Original, language: Language): Quote {
  return original.how === 'forwarded' ? forwarded(original, language) : quoted(original, language);
}

/** A conversation that began elsewhere, so that whoever goes on with it by mail has all of it at hand. */
export function quoteTranscript(lines: Outgoing['transcript'], language: Language): Quote {
  const [since] = lines.map(({ at }) => moment(at, language));
  const title = language === 'de' ? `Unser Chat vom ${since}:` : `Our chat of ${since}:`;
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });
  const said = lines.map(({ name, at, text, filenames }) => ({ head: `${clock.format(at)} ${name}`, words: [text, ...filenames.map((filename) => `[${filename}]`)].filter((each) => each !== '').join('\n') }));
  const all = cut(said.map(({ head, words }) => `${head}\n${words}`).join('\n\n'));
  return {
    text: `${title}\n${all.split('\n').map((each) => (each === '' ? '>' : `> ${each}`)).join('\n')}`,
    html: `<div class="gmail_quote"><div dir="auto" class="gmail_attr">${escapeHtml(title)}<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px solid #bbb;padding-left:1ex">${textToHtml(all)}</blockquote></div>`,
  };
}
