import type { Ctx } from '../platform/context.ts';
import type { CaseRecord } from './case-store.ts';

export interface KnownRecipient {
  address: string;
  name: string | null;
  is_participant: boolean;
  /** Their first message on the case came from an address that took no part in it. */
  came_new: boolean;
  /** We have written to them on this case, for others to see. */
  was_answered: boolean;
  customer_id: string | null;
  customer_name: string | null;
}

/** What is known of addresses on a case: its own rows only, and one probe for each address. */
export function findKnownRecipients(ctx: Ctx, record: Pick<CaseRecord, 'id'>, addresses: readonly string[]): Promise<KnownRecipient[]> {
  return ctx.tx.run<KnownRecipient>(
    `with asked as (select unnest($3::text[]) as address),
     message as materialized (select direction, detail from entry where account_id = $1 and case_id = $2 and kind = 'message'),
     came as (select distinct lower(detail #>> '{from,address}') as address from message where direction = 'in' and detail ->> 'isNewParticipant' = 'true'),
     answered as (select distinct lower(one ->> 'address') as address from message, jsonb_array_elements((detail -> 'to') || (detail -> 'cc')) one where direction = 'out' and not detail ? 'forwardOf')
     select a.address, coalesce(p.name, c.name) as name, p.address is not null as is_participant, a.address in (select address from came) as came_new, a.address in (select address from answered) as was_answered,
       c.id as customer_id, c.name as customer_name
     from asked a left join participant p on p.account_id = $1 and p.case_id = $2 and p.address = a.address
     left join customer_identity i on i.account_id = $1 and i.kind = 'email' and i.value = a.address left join customer c on c.account_id = $1 and c.id = i.customer_id`,
    [ctx.accountId, record.id, addresses],
  );
}

export function selectParticipantsLike(ctx: Ctx, caseId: string, typed: string, limit: number): Promise<{ address: string; name: string | null }[]> {
  return ctx.tx.run(
    `select address, name from participant where account_id = $1 and case_id = $2 and (strpos(address, $3) > 0 or strpos(lower(coalesce(name, '')), $3) > 0) order by added_at, address limit $4`,
    [ctx.accountId, caseId, typed, limit],
  );
}

/** Customers with matching words, newest first, by their first address. */
export function findCustomerAddresses(ctx: Ctx, tsquery: string, limit: number): Promise<{ address: string; name: string | null }[]> {
  return ctx.tx.run(
    `select distinct on (c.id) i.value as address, c.name from find_customers(to_tsquery('simple', $2), 'ffffffff-ffff-ffff-ffff-ffffffffffff', $3) found
     join customer c on c.account_id = $1 and c.id = found join customer_identity i on i.account_id = $1 and i.customer_id = c.id and i.kind = 'email' order by c.id desc, i.created_at, i.id`,
    [ctx.accountId, tsquery, limit],
  );
}
