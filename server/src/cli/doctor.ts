import { countLostSecondFactors } from '../accounts/index.ts';
import { listLostPasswords } from '../inboxes/index.ts';
import { readConfig } from '../platform/config.ts';
import { examine, ok, problem, type Diagnosis, type RoomCheck } from '../platform/doctor/index.ts';
import { answer, fail, progress, type Verb } from './command.ts';

const BRING_BACK = 'Bring the secret.key back that belongs to this database';

/** Whether the key that is here is the one the passwords of mailboxes and the second factors were sealed with. */
export const checkSealed: RoomCheck = async ({ database, secrets }) => {
  if (!secrets) return [];
  const lost = await listLostPasswords({ database, secrets });
  const factors = await countLostSecondFactors({ database, secrets });
  return [
    lost.length === 0
      ? ok('mailbox passwords', 'The secret key opens them.')
      : problem('mailbox passwords', `The secret key does not open those of ${lost.length} inboxes: it is not the one they were sealed with. The first is ${lost[0]}.`, `${BRING_BACK}, or enter the passwords of the inboxes again.`),
    factors === 0
      ? ok('second factors', 'The secret key opens them.')
      : problem('second factors', `The secret key does not open those of ${factors} people, whose codes are not taken.`, `${BRING_BACK}, or lift them: npx rapport second-factor lift --email …`),
  ];
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
        const diagnosis = await examine(readConfig(), [checkSealed], progress);
        answer(diagnosis, options, describe);
        if (diagnosis.state === 'problem') process.exitCode = 1;
      } catch (error) {
        fail(error);
      }
    });
};
