import { queryOptions } from '@tanstack/react-query';
import { client } from './client.ts';

export const calendarsQuery = queryOptions({ queryKey: ['calendars'], queryFn: ({ signal }) => client.calendars.list({ signal }), select: (answer) => answer.items });
export const policiesQuery = queryOptions({ queryKey: ['service-policies'], queryFn: ({ signal }) => client.servicePolicies.list({ signal }) });
export const clocksQuery = (caseId: string) => queryOptions({ queryKey: ['clocks', caseId], queryFn: ({ signal }) => client.servicePolicies.clocks({ params: { caseId }, signal }), select: (answer) => answer.items });
