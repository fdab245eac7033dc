/** How far a long piece of work is: `step` is for people, `done` and `total` count `unit`; the total is a guess, or unknown. */
export interface Progress {
  step: string;
  done: number;
  total?: number;
  unit: 'rows' | 'files';
}

export type OnProgress = (progress: Progress) => void;
