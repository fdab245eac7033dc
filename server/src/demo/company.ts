export type Language = 'en' | 'de' | 'fr' | 'es' | 'ar';
export type TeamKey = 'shipping' | 'billing' | 'technical' | 'subscriptions';
export type AgentKey = 'mara' | 'tom' | 'aoife' | 'jonas' | 'camille' | 'lucia' | 'yousef' | 'ewa';
export type InboxKey = 'help' | 'trade';

/** The demo company: coffee machines, grinders and fresh beans, from a harbour warehouse in Dublin. Every address ends in `.example`, which no mail server delivers to. */
export const company = {
  name: 'Lantern Coffee Works',
  /** The mail domain; a second demo on the same installation gets one of its own. */
  domain: 'lanterncoffee.example',
  shop: 'www.lanterncoffee.example',
} as const;

export const teams: Record<TeamKey, string> = { shipping: 'Shipping', billing: 'Billing', technical: 'Technical help', subscriptions: 'Subscriptions' };

export interface DemoAgent {
  key: AgentKey;
  name: string;
  role: 'agent' | 'specialist' | 'lead' | 'supervisor' | 'admin';
  teams: readonly TeamKey[];
  languages: readonly Language[];
  /** How much of the teams' work this person takes. */
  share: number;
  /** How this person ends a letter; one of them, by the language of the case. */
  closing: Partial<Record<Language, string>>;
}

export const agents: readonly DemoAgent[] = [
  { key: 'mara', name: 'Mara Lindqvist', role: 'admin', teams: ['shipping', 'technical'], languages: ['en', 'de'], share: 3, closing: { en: 'Warm regards', de: 'Herzliche Grüße' } },
  { key: 'tom', name: 'Tom Okafor', role: 'lead', teams: ['shipping', 'billing'], languages: ['en'], share: 3, closing: { en: 'All the best' } },
  { key: 'aoife', name: 'Aoife Brennan', role: 'supervisor', teams: ['billing', 'technical'], languages: ['en', 'fr'], share: 1, closing: { en: 'Kind regards', fr: 'Bien cordialement' } },
  { key: 'jonas', name: 'Jonas Keller', role: 'specialist', teams: ['technical', 'shipping', 'billing', 'subscriptions'], languages: ['en', 'de'], share: 2, closing: { en: 'Best wishes', de: 'Viele Grüße' } },
  { key: 'camille', name: 'Camille Perrin', role: 'agent', teams: ['billing', 'subscriptions', 'technical', 'shipping'], languages: ['en', 'fr'], share: 3, closing: { en: 'Kind regards', fr: 'Bien à vous' } },
  { key: 'lucia', name: 'Lucía Ferrer', role: 'agent', teams: ['subscriptions', 'billing', 'shipping', 'technical'], languages: ['en', 'es'], share: 3, closing: { en: 'Best wishes', es: 'Un saludo' } },
  { key: 'yousef', name: 'Yousef Haddad', role: 'specialist', teams: ['technical', 'shipping', 'subscriptions', 'billing'], languages: ['en', 'ar', 'fr'], share: 2, closing: { en: 'With kind regards', ar: 'مع أطيب التحيات', fr: 'Cordialement' } },
  { key: 'ewa', name: 'Ewa Nowak', role: 'agent', teams: ['shipping', 'subscriptions'], languages: ['en'], share: 2, closing: { en: 'Best regards' } },
];

export function agentByKey(key: AgentKey): DemoAgent {
  const found = agents.find((each) => each.key === key);
  if (!found) throw new RangeError(`The demo company has no agent "${key}".`);
  return found;
}

/** The one visitors of the demo sign in as. */
export const visitor: AgentKey = 'mara';

export const inboxes: Record<InboxKey, { name: string; local: string; fromName: string; aliases: readonly string[] }> = {
  help: { name: 'Help', local: 'help', fromName: company.name, aliases: ['hello', 'orders'] },
  trade: { name: 'Trade desk', local: 'trade', fromName: `${company.name} Trade`, aliases: [] },
};

export function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}

/** The mail address of an agent or inbox of the company. */
export function addressAt(local: string, domain: string): string {
  return `${local}@${domain}`;
}
