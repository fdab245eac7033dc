import { channelName } from '@rapport/contract';
import { listInboxesOfChannel } from '../inboxes/index.ts';
import { readConfig } from '../platform/config.ts';
import { examine, ok, problem, type Diagnosis, type RoomCheck } from '../platform/doctor/index.ts';
import { answer, fail, progress, type Verb } from './command.ts';

/** Whether the key that is here is the one the passwords of mailboxes were sealed with. */
const checkPasswords: RoomCheck = async ({ database, secrets }) => {
  const check = 'mailbox passwords';
  if (!secrets) return [];
  try {
    for (const channel of channelName.options) await listInboxesOfChannel({ database, secrets }, channel);
    return [ok(check, 'The secret key opens them.')];
  } catch {
    return [problem(check, 'The secret key does not open them: it is not the one they were sealed with.', 'Bring the secret.key back that belongs to this database, or enter the passwords of the inboxes again.')];
  }
};

const SIGN = { ok: 'ok      ', warning: 'warning ', problem: 'PROBLEM ' };

function describe({ state, findings }: Diagnosis): string {
  const width = Math.max(...findings.map((finding) => finding.check.length));
  const lines = findings.flatMap(({ check, state: health, says, advice }) => [
    `${SIGN[health]} ${check.padEnd(width)}  ${says}`,
    ...(advice === undefined ? [] : [`${' '.repeat(SIGN.ok.length + width + 3)}${advice}`]),
  ]);
  const verdict = { ok: 'All is well.', warning: 'It works; see the warnings.', problem: 'There are problems.' }[state];
  return [...lines, verdict].join('\n');
}

export const doctor: Verb = (program) => {
  program
    .command('doctor')
    .description('Look the installation over and say what to do about what is not right. Ends with exit code 1 when there is a problem')
    .option('--json', 'one JSON document')
    .action(async (options: { json?: boolean }) => {
      try {
        const diagnosis = await examine(readConfig(), [checkPasswords], progress);
        answer(diagnosis, options, describe);
        if (diagnosis.state === 'problem') process.exitCode = 1;
      } catch (error) {
        fail(error);
      }
    });
};
