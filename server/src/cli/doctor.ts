import { rooms } from '../open-house.ts';
import { readConfig } from '../platform/config.ts';
import { examine, type Diagnosis } from '../platform/doctor/index.ts';
import { answer, fail, progress, type Verb } from './command.ts';

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
        const diagnosis = await examine(readConfig(), Object.values(rooms).flatMap((room) => room.checks ?? []), progress);
        answer(diagnosis, options, describe);
        if (diagnosis.state === 'problem') process.exitCode = 1;
      } catch (error) {
        fail(error);
      }
    });
};
