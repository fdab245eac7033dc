import { ok, problem, warning, type RoomCheck } from '../../platform/doctor/index.ts';
import { selectHealth } from './store.ts';

const DAY_MS = 86_400_000;
// One night may fail or be slept through; the next one does its work too.
const LATE_DAYS = 2;

/** Whether what is to be erased is erased: a job that never runs is late for nobody. */
export const checkRetention: RoomCheck = async ({ database }) => {
  const check = 'retention';
  const accounts = await database.asSystem((tx) => selectHealth(tx, new Date(Date.now() - LATE_DAYS * DAY_MS)));
  const late = accounts.find((account) => account.isLate);
  const failed = accounts.reduce((sum, account) => sum + account.failed, 0);
  if (late) {
    const days = Math.floor((Date.now() - late.looked_at.getTime()) / DAY_MS);
    return [problem(check, `For ${days} days nobody has gone through the cases that are to be erased.`, 'The job privacy.retention does so every night at 02:17 UTC: see that a process with the role "jobs" is running then (RAPPORT_ROLES), and what its log says.')];
  }
  if (failed > 0) return [warning(check, `${failed} cases could not be erased in the last run.`, 'They are tried again every night. The reason is in the log: "a case that is due could not be erased".')];
  return accounts.length === 0 ? [] : [ok(check, 'What is to be erased is gone through every night.')];
};
