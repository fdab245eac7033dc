import type { MacroContent, RenderedMacro } from '@rapport/contract';
import { getCase } from '../../cases/index.ts';
import { getInboxFacts, shownName } from '../../inboxes/index.ts';
import type { AgentActor, Ctx } from '../../platform/context.ts';
import { languageOf } from '../language/language-of-case.ts';
import { chooseText } from './choose-text.ts';
import { cleanContent } from './clean-content.ts';
import { findNames } from './facts-store.ts';
import { fillIn, firstNameOf, type MacroFacts } from './fill-in.ts';
import { seeMacro } from './macros.ts';

type AgentCtx = Ctx & { actor: AgentActor };

function dayIn(language: string | null, timeZone: string | undefined, at: Date): string {
  try {
    return new Intl.DateTimeFormat(language ?? 'en', { dateStyle: 'long', timeZone: timeZone ?? 'UTC' }).format(at);
  } catch {
    // A zone this machine does not know.
    return new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
  }
}

interface Asked {
  caseId: string;
  timeZone?: string | undefined;
}

async function render(ctx: AgentCtx, asked: Asked, name: string, content: MacroContent): Promise<RenderedMacro> {
  const detail = await getCase(ctx, asked.caseId);
  const { language } = await languageOf(ctx, detail);
  const { assignee, teamId, snoozeHours, note, ...plain } = content.actions;
  const assigneeId = assignee === 'me' ? ctx.actor.agentId : (assignee ?? null);
  const names = await findNames(ctx, ctx.actor.agentId, assigneeId, teamId ?? detail.team?.id ?? null);
  const inbox = await getInboxFacts(ctx, detail.inboxId);
  const now = ctx.clock.now();
  const email = detail.participants.find((one) => one.isCustomer)?.address ?? detail.replyTo[0]?.address ?? '';
  // Whoever gave no name is called by the beginning of their address on the screen; in a letter that is no name.
  const customerName = detail.customer.name.includes('@') || detail.customer.name.toLowerCase() === email.split('@')[0]?.toLowerCase() ? '' : detail.customer.name;
  const facts: MacroFacts = {
    'customer.firstName': firstNameOf(customerName), 'customer.name': customerName, 'customer.email': email,
    'case.number': String(detail.number), 'case.subject': detail.subject, 'agent.name': ctx.actor.name, 'agent.firstName': firstNameOf(ctx.actor.name), 'agent.email': names.agentEmail,
    'team.name': detail.team?.name ?? '', 'inbox.name': shownName(inbox) ?? inbox.name, 'inbox.address': inbox.address, 'company.name': names.company,
    today: dayIn(language, asked.timeZone, now), tomorrow: dayIn(language, asked.timeZone, new Date(now.getTime() + 86_400_000)),
  };
  const chosen = chooseText(content.texts, { language, kind: detail.kind, channel: detail.channel, tags: detail.tags });
  const filled = fillIn(chosen ?? { text: '' }, facts);
  const filledNote = note === undefined ? undefined : fillIn({ text: note }, facts);
  return {
    name, text: filled.text, html: filled.html, missing: [...new Set([...filled.missing, ...(filledNote?.missing ?? [])])], unknown: [...new Set([...filled.unknown, ...(filledNote?.unknown ?? [])])],
    actions: {
      ...plain,
      // Whoever has left is nobody to give work to.
      ...(assignee === undefined || (assigneeId !== null && names.assigneeName === null) ? {} : { assigneeId, ...(names.assigneeName === null ? {} : { assigneeName: names.assigneeName }) }),
      ...(teamId === undefined || (teamId !== null && names.teamName === null) ? {} : { teamId, ...(teamId === null || names.teamName === null ? {} : { teamName: names.teamName }) }),
      ...(snoozeHours === undefined ? {} : { snoozedUntil: new Date(now.getTime() + snoozeHours * 3_600_000).toISOString() }), ...(filledNote === undefined ? {} : { note: filledNote.text }),
    },
  };
}

/** How a macro reads on a case, and what it would do there; nothing happens. Throws `not_found` for a case or a macro the actor may not see. */
export async function renderMacro(ctx: AgentCtx, input: Asked & { macroId: string }): Promise<RenderedMacro> {
  const macro = await seeMacro(ctx, input.macroId);
  return render(ctx, input, macro.name, macro.content);
}

/** The same for one that is still being written. Refuses `macro_empty`. */
export async function previewMacro(ctx: AgentCtx, input: Asked & { content: MacroContent }): Promise<RenderedMacro> {
  return render(ctx, input, '', cleanContent(input.content));
}
