import type { Outgoing } from '../../cases/index.ts';
import { textToHtml } from '../../platform/text-to-html.ts';
import { quoteOriginal } from './quote-original.ts';

// By this line mail programs know a signature and leave it out of what they quote (RFC 3676).
const SEPARATOR = '-- ';

/** All that stands in a mail of ours: what was written, the signature, and below them the message that is answered or forwarded. */
export function wholeText(message: Pick<Outgoing, 'text' | 'html' | 'signature' | 'original' | 'language'>): { text: string; html: string } {
  const { signature, original, language } = message;
  const quote = original && quoteOriginal(original, language);
  const text = [message.text, ...(signature ? [`${SEPARATOR}\n${signature.text}`] : []), ...(quote ? [quote.text] : [])].filter((part) => part !== '').join('\n\n');
  const html = [message.html ?? textToHtml(message.text), ...(signature ? [`<div class="gmail_signature">${SEPARATOR}<br>${signature.html}</div>`] : []), ...(quote ? [quote.html] : [])].filter((part) => part !== '').join('\n<br>\n');
  return { text, html };
}
