import type { InboxKey, Language, TeamKey } from '../company.ts';
import type { DemoCustomer } from '../customers.ts';
import type { Scene } from './scene.ts';

/** A matter customers write about, told again and again with other people, things and words. */
export interface Story {
  name: string;
  team: TeamKey;
  /** How often it happens, compared with the others. */
  weight: number;
  language: Language;
  inbox: InboxKey;
  /** Who could have this matter; anybody when left out. */
  suits: (customer: DemoCustomer) => boolean;
  tell: (scene: Scene) => void;
}

type Settings = Pick<Story, 'name' | 'team'> & Partial<Omit<Story, 'tell'>>;

export function story(settings: Settings, tell: (scene: Scene) => void): Story {
  return { weight: 5, language: 'en', inbox: 'help', suits: () => true, ...settings, tell };
}

const UNION = new Set(['IE', 'DE', 'AT', 'FR', 'BE', 'ES', 'PT', 'IT', 'NL', 'SE', 'DK', 'FI', 'PL', 'CZ', 'HU', 'RO', 'GR']);

/** Parcels to these countries pass customs. */
export function isAbroad(customer: DemoCustomer): boolean {
  return !UNION.has(customer.country);
}
