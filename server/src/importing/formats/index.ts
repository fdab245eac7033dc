import type { ImportFormat } from '@rapport/contract';
import type { ReadFormat } from '../found.ts';
import { readChatwoot } from './chatwoot.ts';
import { readCasesCsv, readCustomersCsv } from './csv.ts';
import { readFreshdesk } from './freshdesk.ts';
import { readMaildir, readMbox } from './mail.ts';
import { readZammad } from './zammad.ts';
import { readZendesk } from './zendesk.ts';

/** Every format, once. */
export const formats: Record<ImportFormat, ReadFormat> = {
  mbox: readMbox, maildir: readMaildir, csv_customers: readCustomersCsv, csv_cases: readCasesCsv, zendesk: readZendesk, freshdesk: readFreshdesk, chatwoot: readChatwoot, zammad: readZammad,
};
