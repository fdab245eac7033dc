import { queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

/** In which language the customer of a case is written to. */
export const languageQuery = (caseId: string) =>
  queryOptions({
    queryKey: ['case-language', caseId] as const,
    queryFn: async ({ signal }) => {
      const { language, source } = await client.macros.language({ params: { caseId }, signal });
      return { language, source };
    },
    staleTime: 10 * 60_000,
  });
