import { scoresOf } from '@rapport/contract';
import { baseUrl } from '../accounts/index.ts';
import type { Ctx } from '../platform/context.ts';
import { findAsk } from './ask-store.ts';
import { surveyToken } from './token.ts';
import { directionOf, endsOf, filled, wordsIn } from './words.ts';

/** What is asked in a mail, as it stands on the case: without the links. */
export function mailText(language: string, about: { name: string; subject: string; question: string }): string {
  const words = wordsIn(language);
  // Whoever wrote without a name is greeted by none.
  const hello = filled(words.hello, { name: about.name.includes('@') ? '' : about.name }).replace(/\s+([,،:])/, '$1');
  return `${hello}\n\n${filled(words.solved, { subject: about.subject })}\n\n${about.question}`;
}

/**
 * The links by which the customer answers, one for each score, as text and as HTML to stand below the question. Opening one records nothing: programs that look into mails follow links, too.
 * They are made when the mail leaves and kept nowhere. Undefined when the question is not there any more.
 */
export async function surveyLinks(ctx: Ctx, askId: string): Promise<{ text: string; html: string } | undefined> {
  const ask = await findAsk(ctx, askId);
  if (!ask) return undefined;
  const words = wordsIn(ask.language);
  const page = `${baseUrl(ctx.platform.config)}/survey/${surveyToken(ctx.platform.secrets, ctx.accountId, askId)}`;
  const ends = endsOf(ask.kind, ask.language);
  const [scores, direction] = [scoresOf(ask.kind), directionOf(ask.language)];
  // Eleven stand in two rows on a narrow telephone, so that each can be touched.
  const button = (score: number) => `<a href="${page}?score=${score}" style="display:inline-block;min-width:28px;margin:0 4px 8px 0;padding:10px 6px;border:1px solid #0f6b70;border-radius:8px;color:#0f6b70;background:#ffffff;font:600 16px/20px sans-serif;text-align:center;text-decoration:none">${score}</a>`;
  return {
    text: `${words.press}\n${ends}\n\n${scores.map((score) => `${score}: ${page}?score=${score}`).join('\n')}\n\n${words.whoSees}`,
    html: `<div dir="${direction}" lang="${ask.language}"><p>${scores.map(button).join('')}</p><p style="color:#5b6670;font-size:14px">${ends}</p><p style="color:#5b6670;font-size:13px">${words.whoSees}</p></div>`,
  };
}
