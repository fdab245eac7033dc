import type { Load, NeededSkill } from '@rapport/contract';

/** How many of each kind an agent has in hand, offered ones included. */
export type Held = Readonly<Record<Load, number>>;

/** An agent as far as giving work out is concerned. */
export interface Candidate {
  agentId: string;
  /** Open to offers; who is not may still be waited for by those who prefer them. */
  isAvailable: boolean;
  /** Null: of every team. */
  teamIds: ReadonlySet<string> | null;
  levels: ReadonlyMap<string, number>;
  capacity: { chats: number; mails: number };
  held: Held;
  /** An offer of theirs is open. */
  isAsked: boolean;
  /** In milliseconds: who has been idle for longest comes first. */
  idleSince: number;
}

/** Something in line, with what its queue says of it. */
export interface Waiting {
  id: string;
  /** Whose agents may be asked; null: anybody's. */
  teamId: string | null;
  load: Load;
  needs: readonly NeededSkill[];
  /** In milliseconds. */
  since: number;
  preferredAgentId: string | null;
  preferredSeconds: number;
  /** 0: it is given without asking. */
  acceptSeconds: number;
}

/** Who gets the next in line: asked for one thing after the other, in the order of the line. */
export interface Plan {
  /** The agent this goes to, who counts as asked (or as having it) from then on; undefined when it has to wait. */
  choose(item: Waiting): string | undefined;
  /** Whether nobody is left for what needs the same as this: not for this one, nor for whatever has waited no longer than until the next step of what it needs. */
  isHopeless(item: Waiting): boolean;
  /** Whether asking for anything of these kinds in this team can still lead anywhere. */
  hasRoom(teamId: string | null, loads: ReadonlySet<Load>): boolean;
}

/** What must be known after so long a wait: the level of the last step that has been reached, and nothing where that is 0. */
export function neededNow(needs: readonly NeededSkill[], waitedMs: number): { skillId: string; level: number }[] {
  return needs.flatMap(({ skillId, level, steps }) => {
    const reached = steps.filter(({ afterSeconds }) => waitedMs >= afterSeconds * 1_000).map((step) => step.level);
    const now = Math.min(level, ...reached);
    return now > 0 ? [{ skillId, level: now }] : [];
  });
}

/** A call or a visit fills an agent, and begins only where nobody else is being talked to; mails that lie open hinder nothing but mails. */
export function hasPlace({ held, capacity }: Pick<Candidate, 'held' | 'capacity'>, load: Load): boolean {
  if (held.whole > 0) return false;
  return load === 'whole' ? held.chats === 0 : held[load] < capacity[load];
}

export const sees = ({ teamIds }: Pick<Candidate, 'teamIds'>, teamId: string | null): boolean => teamIds === null || teamId === null || teamIds.has(teamId);

/** The free agent with the fewest of the kind in hand, of those whoever has been idle for longest. The id decides what is left, so that two processes decide alike. */
const comesFirst = (load: Load) => (a: Candidate, b: Candidate): number => a.held[load] - b.held[load] || a.idleSince - b.idleSince || (a.agentId < b.agentId ? -1 : 1);

/**
 * Decides for one moment, `now`, without looking anything up. `refused` says who has just declined what and is not asked for it again so soon; `skillIds` are the skills there are.
 *
 * Within one plan agents only fill up. What nobody was found for is therefore not looked for again among those who need the same: a long line behind few agents costs one look for each kind of need.
 */
export function createPlan(candidates: readonly Candidate[], skillIds: ReadonlySet<string>, refused: ReadonlyMap<string, ReadonlySet<string>>, now: number): Plan {
  const everybody = new Map(candidates.map((each): [string, Candidate] => [each.agentId, { ...each, held: { ...each.held } }]));
  let free = [...everybody.values()].filter((each) => each.isAvailable && !each.isAsked);
  const hopeless = new Set<string>();

  const needsOf = ({ needs, since }: Waiting) => neededNow(needs, now - since).filter(({ skillId }) => skillIds.has(skillId));
  const kindOf = ({ teamId, load }: Waiting, needs: ReturnType<typeof needsOf>) => `${teamId} ${load} ${needs.map(({ skillId, level }) => `${skillId} ${level}`).sort().join(' ')}`;
  function isFit(agent: Candidate, item: Waiting, needs: readonly { skillId: string; level: number }[]): boolean {
    return agent.isAvailable && !agent.isAsked && hasPlace(agent, item.load) && sees(agent, item.teamId) && needs.every(({ skillId, level }) => (agent.levels.get(skillId) ?? 0) >= level);
  }
  function give(agent: Candidate, item: Waiting): string {
    const taken: Candidate = { ...agent, held: { ...agent.held, [item.load]: agent.held[item.load] + 1 }, isAsked: item.acceptSeconds > 0, idleSince: item.acceptSeconds > 0 ? agent.idleSince : now };
    everybody.set(agent.agentId, taken);
    free = free.filter((each) => each.agentId !== agent.agentId);
    if (!taken.isAsked) free.push(taken);
    return agent.agentId;
  }

  return {
    choose(item) {
      const waitedMs = now - item.since;
      const needs = needsOf(item);
      const refusers = refused.get(item.id);
      const preferred = item.preferredAgentId === null || refusers?.has(item.preferredAgentId) ? undefined : everybody.get(item.preferredAgentId);
      // Who knows the customer need not be the expert.
      if (preferred && isFit(preferred, item, [])) return give(preferred, item);
      if (preferred && sees(preferred, item.teamId) && waitedMs < item.preferredSeconds * 1_000) return undefined;
      const kind = kindOf(item, needs);
      if (hopeless.has(kind)) return undefined;
      const fit = free.filter((each) => isFit(each, item, needs));
      if (fit.length === 0) hopeless.add(kind);
      const [first, ...others] = fit.filter((each) => !refusers?.has(each.agentId));
      return first && give(others.reduce((best, each) => (comesFirst(item.load)(each, best) < 0 ? each : best), first), item);
    },
    isHopeless: (item) => hopeless.has(kindOf(item, needsOf(item))),
    hasRoom: (teamId, loads) => free.some((each) => sees(each, teamId) && [...loads].some((load) => hasPlace(each, load))),
  };
}
