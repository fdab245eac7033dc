import { createView } from '../cases/index.ts';
import type { AgentActor, Ctx } from '../platform/context.ts';

type Shown = Parameters<typeof createView>[1];

const view = (name: string, icon: string, colour: Shown['colour'], content: Pick<Shown['content'], 'filter' | 'sort' | 'layout'>): Shown => ({
  name, icon, colour, audience: 'personal', teamId: null, content: { columns: ['number', 'customer', 'subject', 'priority', 'assignee', 'waiting', 'activity'], ...content },
});

const views = [
  view('Waiting for a day', '⏳', 'honey', { filter: { shelves: ['open'], waitingHours: 24 }, sort: 'waiting', layout: 'list' }),
  view('Urgent and high', '🔥', 'clay', { filter: { shelves: ['open', 'pending', 'on_hold'], priorities: ['urgent', 'high'] }, sort: 'priority', layout: 'list' }),
  view('Trade customers', '☕', 'moss', { filter: { shelves: ['open', 'pending', 'on_hold', 'snoozed'], anyTags: ['trade'] }, sort: 'newest', layout: 'table' }),
];

/** The visitor's own views, so that there is something to look at. They go with the visitor when the demo is removed. */
export async function makeViews(ctx: Ctx & { actor: AgentActor }): Promise<void> {
  for (const each of views) await createView(ctx, each);
}
