import { queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

export const surveysQuery = queryOptions({ queryKey: ['surveys'], queryFn: ({ signal }) => client.surveys.list({ signal }), select: (answer) => answer.items });
