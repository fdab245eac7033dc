import type { Reader } from './audience-store.ts';

/** The first step goes to those who lead the case's team; the second, and the first where a team has no lead, to the supervisors, and where there are none to the admins. */
export function whomToEscalateTo(readers: readonly Reader[], step: number): Reader[] {
  const leads = readers.filter((reader) => reader.isMember && (reader.roleKey === 'lead' || reader.roleKey === 'supervisor'));
  if (step === 1 && leads.length > 0) return leads;
  const supervisors = readers.filter((reader) => reader.roleKey === 'supervisor');
  return supervisors.length > 0 ? supervisors : readers.filter((reader) => reader.roleKey === 'admin');
}
