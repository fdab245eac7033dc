import type { Outgoing } from '../../cases/index.ts';
import { textToHtml } from '../../platform/text-to-html.ts';
import { quoteOriginal, quoteTranscript } from './quote-original.ts';

// By this line mail programs know a signature and leave it out of what they quote (RFC 3676).
const SEPARATOR = '-- ';

/** All that stands in a mail of ours: what was written, the signature, and below them the message that is answered or forwarded, or the conversation that goes on here. */
export function wholeText(message: Pick<Outgoing, 'text' | 'html' | 'signature' | 'original' | 'transcript' | 'language'>): { text: string; html: string } {
  const { signature, original, transcript, language } = message;
  const quote = transcript.length > 0 ? quoteTranscript(transcript, language) : original && quoteOriginal(original, language);
  const text = [message.text, ...(signature ? [`${SEPARATOR}\n${signature.text}`] : []), ...(quote ? [quote.text] : [])].filter((part) => part !== '').join('\n\n');
  const html = [message.html ?? textToHtml(message.text), ...(signature ? [`<div class="gmail_signature">${SEPARATOR}<br>${signature.html}</div>`] : []), ...(quote ? [quote.html] : [])].filter((part) => part !== '').join('\n<br>\n');
  return { text, html };
}
