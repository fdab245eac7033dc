import { queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

/** The accounts this person works for; most work for one. */
export const placesQuery = queryOptions({ queryKey: ['places'], queryFn: ({ signal }) => client.signIn.listPlaces({ signal }), select: (answer) => answer.items, staleTime: 5 * 60_000 });
