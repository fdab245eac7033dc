import assert from 'node:assert/strict';
import type { Problem, ProblemCode } from '@rapport/contract';
import { ProblemError } from '@rapport/sdk';

/** Waits for a call to be refused with this code, and hands back the problem for a closer look. */
export async function refused(call: Promise<unknown>, code: ProblemCode): Promise<Problem> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    assert.equal(error.code, code, `refused as ${error.code}: ${error.message}`);
    return error.problem;
  }
  assert.fail(`was not refused with ${code}`);
}
