-- The customer, complete: organizations, preferences, fields of the account's own, several addresses, merging, blocked senders, and erasing one person's data.

create table organization (
  account_id uuid not null references account(id), id uuid not null, name text not null, note text not null default '', fields jsonb not null default '{}', search_text text not null default '', version int not null default 1, created_at timestamptz not null,
  primary key (account_id, id)
);
create unique index organization_by_name on organization (account_id, lower(name));
select protect_tenant('organization');

-- The domains a company writes from. One belongs to one organization, so that mail suggests one.
create table organization_domain (
  account_id uuid not null, domain text not null check (domain = lower(domain)), organization_id uuid not null, primary key (account_id, domain),
  foreign key (account_id, organization_id) references organization(account_id, id) on delete cascade
);
create index organization_domain_of on organization_domain (account_id, organization_id);
select protect_tenant('organization_domain');

-- Fields an account adds to its customers or organizations; as those of cases. Values stand in `fields` of the row itself, by the field's id.
create table customer_field (
  account_id uuid not null references account(id), id uuid not null, subject text not null check (subject in ('customer', 'organization')), name text not null, type text not null check (type in ('text', 'number', 'date', 'choice', 'yes_no', 'money')),
  options jsonb not null default '[]', currency text, is_retired boolean not null default false, position int not null, version int not null default 1, created_at timestamptz not null,
  primary key (account_id, id), check ((type = 'money') = (currency is not null))
);
create unique index customer_field_by_name on customer_field (account_id, subject, lower(name));
select protect_tenant('customer_field');

-- A merged customer stays as a pointer to the survivor, so that its id keeps leading somewhere.
alter table customer
  add organization_id uuid, add declined_organization_id uuid, add time_zone text, add preferred_channel text check (preferred_channel in ('email', 'phone')),
  add contact_permission text not null default 'unknown' check (contact_permission in ('unknown', 'granted', 'refused')), add fields jsonb not null default '{}', add merged_into_id uuid,
  add foreign key (account_id, organization_id) references organization(account_id, id) on delete set null (organization_id),
  add foreign key (account_id, merged_into_id) references customer(account_id, id) on delete cascade;
create index customer_by_organization on customer (account_id, organization_id, id) where organization_id is not null;
create index customer_merged on customer (account_id, merged_into_id) where merged_into_id is not null;
alter table customer_identity add is_primary boolean not null default false;
create unique index customer_identity_primary on customer_identity (account_id, customer_id, kind) where is_primary;

-- What a merge moved, so that it can go back. `facts`: the identities, cases and values that went over.
create table customer_merge (
  account_id uuid not null, id uuid not null, from_customer_id uuid not null, into_customer_id uuid not null, by_name text not null, at timestamptz not null, facts jsonb not null, undone_at timestamptz,
  primary key (account_id, id), foreign key (account_id, from_customer_id) references customer(account_id, id) on delete cascade, foreign key (account_id, into_customer_id) references customer(account_id, id) on delete cascade
);
create index customer_merge_from on customer_merge (account_id, from_customer_id, id);
create index customer_merge_into on customer_merge (account_id, into_customer_id, id);
select protect_tenant('customer_merge');

-- By what two records may be one person: each key in one spelling. Two that share a key are suggested.
create table customer_likeness (
  account_id uuid not null, key text not null, customer_id uuid not null, primary key (account_id, key, customer_id), foreign key (account_id, customer_id) references customer(account_id, id) on delete cascade
);
create index customer_likeness_of on customer_likeness (account_id, customer_id);
select protect_tenant('customer_likeness');

-- Two who may be one, the smaller id first. `dismissed_at`: somebody said that they are not.
create table customer_duplicate (
  account_id uuid not null, first_id uuid not null, second_id uuid not null, reasons text[] not null, found_at timestamptz not null, dismissed_at timestamptz, primary key (account_id, first_id, second_id), check (first_id < second_id),
  foreign key (account_id, first_id) references customer(account_id, id) on delete cascade, foreign key (account_id, second_id) references customer(account_id, id) on delete cascade
);
create index customer_duplicate_second on customer_duplicate (account_id, second_id);
select protect_tenant('customer_duplicate');

-- Senders whose mail makes no case. `value` is an address, or a domain with everything below it.
create table blocked_sender (
  account_id uuid not null references account(id), id uuid not null, kind text not null check (kind in ('address', 'domain')), value text not null check (value = lower(value)), reason text not null, expires_at timestamptz,
  by_name text not null, created_at timestamptz not null, primary key (account_id, id), unique (account_id, kind, value)
);
select protect_tenant('blocked_sender');

-- Erasures of one person's data. Nothing here names anybody: `report` holds counts, `hashes` are keyed, so that only this installation can tell whom they mean when an older backup brings
-- somebody back.
create table erasure (
  account_id uuid not null references account(id), id uuid not null, customer_id uuid not null, state text not null default 'waiting' check (state in ('waiting', 'running', 'done')), hashes text[] not null default '{}', placeholder_id uuid, file_keys text[] not null default '{}',
  report jsonb, by_name text not null, created_at timestamptz not null, moved_at timestamptz not null, erased_at timestamptz, primary key (account_id, id)
);
create unique index erasure_running on erasure (account_id, customer_id) where state <> 'done';
create index erasure_unfinished on erasure (moved_at) where state <> 'done';
select protect_tenant('erasure');

-- Whoever takes part in a case by an address.
create index participant_by_address on participant (account_id, address);

update role set permissions = permissions || array['customer.block'] where key is not null and not 'customer.block' = any(permissions);
update role set permissions = permissions || array['customer.erase'] where key in ('supervisor', 'admin') and not 'customer.erase' = any(permissions);
