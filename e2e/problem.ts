import type { ProblemCode } from '@rapport/contract';
import { ProblemError } from '@rapport/sdk';

/** For `assert.rejects`: the server refused with this code. */
export function isProblem(code: ProblemCode): (error: unknown) => boolean {
  return (error) => error instanceof ProblemError && error.code === code;
}
