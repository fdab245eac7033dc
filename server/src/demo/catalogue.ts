import type { Language } from './company.ts';

export type ProductKind = 'machine' | 'brewer' | 'grinder' | 'kettle' | 'scale' | 'accessory';

export interface Product {
  kind: ProductKind;
  /** As it stands on the invoice. */
  label: string;
  /** As people say it after an article or possessive: "my Ember espresso machine". */
  name: Record<Language, string>;
  priceMinor: number;
}

const named = (kind: ProductKind, label: string, priceMinor: number, en: string, de: string, fr: string, es: string, ar: string): Product => ({ kind, label, priceMinor, name: { en, de, fr, es, ar } });

/** What the shop sells; prices in euro cents, taxes included. */
export const products: readonly Product[] = [
  named('machine', 'Ember espresso machine', 64_900, 'Ember espresso machine', 'Espressomaschine Ember', 'machine à espresso Ember', 'cafetera espresso Ember', 'ماكينة الإسبريسو Ember'),
  named('machine', 'Ember Duo dual boiler', 114_900, 'Ember Duo', 'Ember Duo', 'machine Ember Duo', 'cafetera Ember Duo', 'ماكينة Ember Duo'),
  named('brewer', 'Beacon filter brewer', 21_900, 'Beacon filter brewer', 'Filtermaschine Beacon', 'cafetière filtre Beacon', 'cafetera de filtro Beacon', 'آلة القهوة المقطرة Beacon'),
  named('grinder', 'Quarry electric grinder', 32_900, 'Quarry grinder', 'Mühle Quarry', 'moulin Quarry', 'molinillo Quarry', 'مطحنة Quarry'),
  named('grinder', 'Pebble hand grinder', 8_900, 'Pebble hand grinder', 'Handmühle Pebble', 'moulin manuel Pebble', 'molinillo manual Pebble', 'المطحنة اليدوية Pebble'),
  named('kettle', 'Heron gooseneck kettle', 12_900, 'Heron kettle', 'Wasserkessel Heron', 'bouilloire Heron', 'tetera Heron', 'غلاية Heron'),
  named('scale', 'Feather brewing scale', 5_900, 'Feather scale', 'Waage Feather', 'balance Feather', 'báscula Feather', 'ميزان Feather'),
  named('accessory', 'Walnut tamper, 58 mm', 4_500, 'walnut tamper', 'Tamper aus Nussholz', 'tasseur en noyer', 'tamper de nogal', 'مكبس خشب الجوز'),
  named('accessory', 'Milk jug, 450 ml', 2_400, 'milk jug', 'Milchkännchen', 'pot à lait', 'jarra de leche', 'إبريق الحليب'),
  named('accessory', 'Knock box', 2_900, 'knock box', 'Abschlagbehälter', 'bac à marc', 'cajón de posos', 'علبة التفل'),
  named('accessory', 'Stoneware cups, set of four', 3_800, 'stoneware cups', 'Steinzeugtassen', 'tasses en grès', 'tazas de gres', 'طقم الفناجين الحجرية'),
];

export interface Coffee {
  name: string;
  /** What a good description of its taste says. */
  taste: string;
  /** For 250 g, in euro cents. */
  priceMinor: number;
}

export const coffees: readonly Coffee[] = [
  { name: 'Harbour Blend', taste: 'cocoa and roasted hazelnut', priceMinor: 1_150 },
  { name: 'Lighthouse Espresso', taste: 'dark caramel and plum', priceMinor: 1_250 },
  { name: 'Quiet Morning Decaf', taste: 'brown sugar and apple', priceMinor: 1_290 },
  { name: 'Huila, Finca El Mirador', taste: 'red berries and panela', priceMinor: 1_490 },
  { name: 'Yirgacheffe, Aricha', taste: 'jasmine and bergamot', priceMinor: 1_550 },
  { name: 'Antigua, Los Nogales', taste: 'orange and milk chocolate', priceMinor: 1_450 },
];

export const carriers = ['Swiftline', 'Nordparcel', 'Greenway Post'] as const;

const LOCALES: Record<Language, string> = { en: 'en-IE', de: 'de-DE', fr: 'fr-FR', es: 'es-ES', ar: 'ar-u-nu-latn' };

/** An amount as people of that language write it: "€64.90", "64,90 €". */
export function money(amountMinor: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency: 'EUR' }).format(amountMinor / 100);
}

/** A day without its year: "12 March", "12. März". */
export function day(date: Date, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(date);
}

export function weekday(date: Date, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { weekday: 'long', timeZone: 'UTC' }).format(date);
}
