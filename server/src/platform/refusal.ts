import { problems, type ProblemCode } from '@rapport/contract';

/**
 * A "no" with a reason a person can act on. `detail` is public: say what to do. `cause` is only logged. `extra` are further public facts.
 * Only `platform/http` turns it into an HTTP answer.
 */
export class Refusal extends Error {
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  readonly extra: Record<string, unknown> | undefined;
  constructor(code: ProblemCode, detail?: string, options: { cause?: unknown; extra?: Record<string, unknown> } = {}) {
    super(detail ?? problems[code][1], options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'Refusal';
    this.code = code;
    this.detail = detail;
    this.extra = options.extra;
  }
}
