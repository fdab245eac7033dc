import { t } from '../i18n/index.ts';

/** What forms ask of a value before it is sent; the server has the last word. Each answers what is wrong, or nothing. */
export const isFilled = (value: string) => (value.trim() === '' ? t('check.needed') : undefined);

export const looksLikeEmail = (value: string) => /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(value.trim());
export const isEmail = (value: string) => isFilled(value) ?? (looksLikeEmail(value) ? undefined : t('check.email'));

export const leastPasswordLength = 10;
export const isNewPassword = (value: string) => (value.length < leastPasswordLength ? t('check.password', { least: leastPasswordLength, left: leastPasswordLength - value.length }) : undefined);
