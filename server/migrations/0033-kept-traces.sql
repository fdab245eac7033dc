-- A removed rule stays, unseen, as long as its log tells of it.
alter table rule add column removed_at timestamptz;
drop index rule_by_name;
create unique index rule_by_name on rule (account_id, lower(name)) where removed_at is null;

-- When the nightly erasure has been through an account, also where it found nothing; for the doctor.
alter table retention_policy add column looked_at timestamptz not null default now();

-- Whether anything still consists of some bytes is asked before they are deleted. By hash: a key is a hundred letters long, and nobody asks for its order.
create index entry_raw on entry using hash (raw_key);
create index attachment_file on attachment using hash (file_key);
create index ledger_raw on ledger using hash (raw_key);
