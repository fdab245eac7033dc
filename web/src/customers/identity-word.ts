import type { Customer } from '@rapport/contract';
import { t } from '../i18n/index.ts';
import type { IconName } from '../ui/icon-names.ts';

type Identity = Pick<Customer['identities'][number], 'kind' | 'value'>;

/** How an address of a customer is shown; of a visitor's browser there is nothing to read. */
export const identityWord = (one: Identity | undefined): string => (one === undefined ? '' : one.kind === 'visitor' ? t('customers.visitor') : one.value);

export const identityIcon: Record<Identity['kind'], IconName> = { email: 'at-sign', phone: 'phone', visitor: 'messages-square' };
