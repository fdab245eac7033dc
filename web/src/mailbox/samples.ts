import { t } from '../i18n/index.ts';

export interface Sample {
  name: string;
  from: string;
  subject: string;
  text: string;
}

/** Invented customers with something on their mind, for whoever has no example at hand. `example.org` belongs to nobody. */
export const samples = (): readonly Sample[] => [
  { name: 'Greta Sommer', from: 'greta.sommer@example.org', subject: t('sample.parcel.subject'), text: t('sample.parcel.text') },
  { name: 'Tomasz Wilk', from: 'tomasz.wilk@example.org', subject: t('sample.invoice.subject'), text: t('sample.invoice.text') },
  { name: 'Amara Okafor', from: 'amara.okafor@example.org', subject: t('sample.praise.subject'), text: t('sample.praise.text') },
];
