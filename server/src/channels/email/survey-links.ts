import type { Outgoing } from '../../cases/index.ts';
import { surveyLinks } from '../../quality/index.ts';
import type { Ctx } from '../../platform/context.ts';
import { textToHtml } from '../../platform/text-to-html.ts';

/** A mail that asks how it was, with the links to answer by. They are the customer's alone: what is kept and shown to the desk goes without them. */
export async function withSurveyLinks(ctx: Ctx, message: Outgoing): Promise<{ message: Outgoing; kept?: Outgoing }> {
  const links = message.surveyAskId === null ? undefined : await surveyLinks(ctx, message.surveyAskId);
  if (!links) return { message };
  return { message: { ...message, text: `${message.text}\n\n${links.text}`, html: `${textToHtml(message.text)}\n${links.html}` }, kept: message };
}
