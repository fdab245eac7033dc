import { escapeHtml, textToHtml } from '../platform/text-to-html.ts';

export interface Signature {
  text: string;
  html: string | null;
}
export interface RenderedSignature {
  text: string;
  html: string;
}
/** By the names of `signatureVariables`. */
export type SignatureValues = Readonly<Record<string, string>>;

const VARIABLE = /\{\{\s*([\w.]{1,40})\s*\}\}/g;
const OWN = 'agent.signature';
const hasWords = (text: string): boolean => /[^\s|·,;:–—-]/.test(text);

/** A line that had nothing but variables, all of them empty, goes with them. Unknown variables stay as they are written, so that the mistake is seen. */
function filled(line: string, values: SignatureValues): string | undefined {
  let isEmpty = false;
  const text = line.replace(VARIABLE, (whole, name: string) => {
    const value = values[name];
    if (value === '') isEmpty = true;
    return value ?? whole;
  });
  return isEmpty && !hasWords(text) ? undefined : text;
}

function textOf(template: string, values: SignatureValues): string {
  return template.replace(/\r\n?/g, '\n').split('\n').map((line) => filled(line, values)).filter((line) => line !== undefined).join('\n').trim();
}

function htmlOf(template: string, values: SignatureValues, own: string): string {
  return template.replace(VARIABLE, (whole, name: string) => (name === OWN ? own : values[name] === undefined ? whole : escapeHtml(values[name])));
}

/** A template with its variables filled in, as text and as HTML. Values are text; in HTML they are escaped. A signature without HTML gets it from its text. */
export function renderSignature(template: Signature, values: SignatureValues): RenderedSignature {
  const text = textOf(template.text, values);
  return { text, html: template.html === null ? textToHtml(text) : htmlOf(template.html, values, textToHtml(values[OWN] ?? '')) };
}

/** What stands below a mail: the inbox's signature, with the agent's where it asks for it; without one the agent's own. Undefined when there is none. */
export function combineSignatures(ofInbox: Signature | undefined, own: Signature | undefined, values: SignatureValues): RenderedSignature | undefined {
  const mine = own && renderSignature(own, { ...values, [OWN]: '' });
  if (!ofInbox) return mine && mine.text !== '' ? mine : undefined;
  const whole = { ...values, [OWN]: mine?.text ?? '' };
  const text = textOf(ofInbox.text, whole);
  if (text === '') return undefined;
  return { text, html: ofInbox.html === null ? withOwnHtml(ofInbox.text, whole, mine) : htmlOf(ofInbox.html, whole, mine?.html ?? '') };
}

/** The agent's signature keeps its looks also below an inbox's that is only text. */
function withOwnHtml(template: string, values: SignatureValues, mine: RenderedSignature | undefined): string {
  if (!mine || !template.includes(OWN)) return textToHtml(textOf(template, values));
  return template.split(/\{\{\s*agent\.signature\s*\}\}/).map((part) => textOf(part, values)).map((part) => (part === '' ? '' : textToHtml(part))).join(mine.html);
}
