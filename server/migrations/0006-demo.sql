-- The demo company: whether the account has one, and how far filling it has come.

-- `is_whole`: the account was made for the demo and holds nothing else. `trickles`: now and then a customer writes. `host_agent_id`: whose desk the open cases are put on.
create table demo (
  account_id uuid primary key references account(id), state text not null check (state in ('filling', 'filled', 'removing')), is_whole boolean not null default false, trickles boolean not null default false, host_agent_id uuid,
  done int not null default 0, total int not null default 0, began_at timestamptz not null
);
select protect_tenant('demo');
