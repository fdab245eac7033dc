import type { MacroContent } from '@rapport/contract';
import { maskCardNumbers } from '../../platform/card-numbers.ts';
import { composedHtml, withoutPictures } from '../../platform/composed-html.ts';
import { htmlToText } from '../../platform/html-to-text.ts';
import { Refusal } from '../../platform/refusal.ts';
import { storableText } from '../../platform/storable.ts';

const clean = (text: string): string => maskCardNumbers(storableText(text)).text;

function cleanTextOf(text: MacroContent['texts'][number]): MacroContent['texts'][number] {
  const { html: written, ...rest } = text;
  if (written === undefined || written.trim() === '') return { ...rest, text: clean(text.text) };
  // Pictures travel with one message; a text that is used for many has none.
  const html = withoutPictures(composedHtml(written).html, () => false);
  return { ...rest, text: clean(htmlToText(html)), html };
}

/** What somebody wrote as a macro, as it may be kept: HTML only as the editor makes it, its text made from it. Refuses `macro_empty`. */
export function cleanContent(content: MacroContent): MacroContent {
  const texts = content.texts.map(cleanTextOf).filter((text) => text.text.trim() !== '');
  const actions = { ...content.actions, ...(content.actions.note === undefined ? {} : { note: clean(content.actions.note) }) };
  if (texts.length === 0 && Object.values(actions).every((action) => action === undefined || (Array.isArray(action) && action.length === 0))) throw new Refusal('macro_empty', 'Write what it says or choose what it does.');
  return { texts, actions };
}
