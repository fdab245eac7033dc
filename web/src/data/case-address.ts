/** The page of a case, wherever it lies. */
export const caseAddress = (number: number): string => `/cases/open/${number}`;
