import type { OnProgress } from '../platform/backup/index.ts';
import { progress } from './command.ts';

const OFTEN_ENOUGH_MS = 100;
const number = new Intl.NumberFormat('en');

/**
 * Shows how far a long piece of work is, on stderr: on a terminal one line that keeps changing, elsewhere (a log, a pipe) a line for each step when it is done.
 */
export function showProgress(): OnProgress {
  const isTerminal = process.stderr.isTTY === true;
  let last = 0;
  let finished = '';
  return ({ step, done, total, unit }) => {
    const isDone = done === total;
    // A step may say more than once that it is done; one without anything to do is not worth a line.
    if (isDone && (finished === step || done === 0)) return;
    if (isDone) finished = step;
    const count = total === undefined || total < done || isDone ? number.format(done) : `${number.format(done)} of ${number.format(Math.round(total))}`;
    const line = `  ${step}: ${count} ${unit}`;
    if (!isTerminal) {
      if (isDone) progress(line);
      return;
    }
    const now = Date.now();
    if (!isDone && now - last < OFTEN_ENOUGH_MS) return;
    last = now;
    process.stderr.write(`\r\u001B[2K${line}${isDone ? '\n' : ''}`);
  };
}
