import type { AgentActor, Ctx } from '../platform/context.ts';
import { mustBeAllowed } from '../platform/context.ts';
import { announce } from '../platform/events/index.ts';
import { sanitizeHtml } from '../platform/sanitize-html.ts';
import { storableText } from '../platform/storable.ts';
import { getInboxFacts } from './get-inbox.ts';
import { combineSignatures, type RenderedSignature, type Signature, type SignatureValues } from './render-signature.ts';
import { deleteSignature, findSignature, findSigner, saveSignature, type SignatureOwner, type Signer } from './signature-store.ts';
import type { InboxFacts } from './store.ts';

type AgentCtx = Ctx & { actor: AgentActor };
const nothing: Signature = { text: '', html: null };

async function save(ctx: Ctx, owner: SignatureOwner, given: Signature): Promise<Signature> {
  const text = storableText(given.text).trim();
  if (text === '') {
    await deleteSignature(ctx, owner);
    return nothing;
  }
  const html = given.html === null || given.html.trim() === '' ? null : sanitizeHtml(storableText(given.html)).html;
  await saveSignature(ctx, owner, { text, html });
  return { text, html };
}

/** One's own; empty when there is none. */
export const getOwnSignature = async (ctx: AgentCtx): Promise<Signature> => (await findSignature(ctx, { agentId: ctx.actor.agentId })) ?? nothing;
export const saveOwnSignature = (ctx: AgentCtx, given: Signature): Promise<Signature> => save(ctx, { agentId: ctx.actor.agentId }, given);

/** Throws `not_found` for an inbox that is not there. */
export async function getInboxSignature(ctx: Ctx, inboxId: string): Promise<Signature> {
  mustBeAllowed(ctx.actor, 'inbox.manage');
  await getInboxFacts(ctx, inboxId);
  return (await findSignature(ctx, { inboxId })) ?? nothing;
}

export async function saveInboxSignature(ctx: Ctx, inboxId: string, given: Signature): Promise<Signature> {
  mustBeAllowed(ctx.actor, 'inbox.manage');
  await getInboxFacts(ctx, inboxId);
  const saved = await save(ctx, { inboxId }, given);
  await announce(ctx, 'inbox.changed', { inboxId });
  return saved;
}

const valuesOf = (signer: Signer, inbox: Pick<InboxFacts, 'name' | 'address'>, from: string): SignatureValues => ({
  'agent.name': signer.agentName ?? '', 'agent.firstName': (signer.agentName ?? '').split(/\s+/)[0] ?? '', 'agent.email': signer.agentEmail ?? '', 'agent.signature': '',
  'team.name': signer.teamName ?? '', 'inbox.name': inbox.name, 'inbox.address': from, 'company.name': signer.company,
});

export interface Signed {
  /** Undefined: nothing stands below the mail. */
  signature: RenderedSignature | undefined;
  /** In which language the desk's own words in the mail are: the agent's. */
  language: 'en' | 'de';
}

/** What stands below a mail that an agent (or, with null, nobody in particular) sends from an inbox for a team. */
export async function signFor(ctx: Ctx, inbox: InboxFacts, who: { agentId: string | null; teamId: string | null; from: string }): Promise<Signed> {
  const signer = await findSigner(ctx, who.agentId, who.teamId ?? inbox.teamId);
  const [ofInbox, own] = [await findSignature(ctx, { inboxId: inbox.id }), who.agentId === null ? undefined : await findSignature(ctx, { agentId: who.agentId })];
  return { signature: combineSignatures(ofInbox, own, valuesOf(signer, inbox, who.from)), language: signer.locale === 'de' ? 'de' : 'en' };
}

/** What would stand below a mail of one's own, with signatures as they are or as they are being written. */
export async function previewSignature(ctx: AgentCtx, input: { inboxId: string; signature?: Signature | undefined; own?: Signature | undefined }): Promise<RenderedSignature> {
  const inbox = await getInboxFacts(ctx, input.inboxId);
  const { agentId } = ctx.actor;
  const signer = await findSigner(ctx, agentId, inbox.teamId);
  const given = async (typed: Signature | undefined, owner: SignatureOwner) => (typed === undefined ? findSignature(ctx, owner) : typed.text.trim() === '' ? undefined : typed);
  const rendered = combineSignatures(await given(input.signature, { inboxId: inbox.id }), await given(input.own, { agentId }), valuesOf(signer, inbox, inbox.address));
  return rendered ? { text: rendered.text, html: sanitizeHtml(rendered.html).html } : { text: '', html: '' };
}
