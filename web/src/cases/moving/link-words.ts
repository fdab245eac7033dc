import type { ChosenRole, LinkRole } from '@rapport/contract';
import { t, type PlainMessageId } from '../../i18n/index.ts';

/** How another case relates to this one. */
export const roleWord = (role: LinkRole): string => t(`link.${role}` as PlainMessageId);
export const chosenRoles: readonly ChosenRole[] = ['related', 'duplicate_of', 'has_duplicate', 'caused_by', 'causes', 'part_of', 'has_part'];
export const isChosenRole = (role: LinkRole): role is ChosenRole => (chosenRoles as readonly LinkRole[]).includes(role);
