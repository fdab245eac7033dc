-- Live chat: conversations without addresses, and who sits at the other end of them.

-- What the messages of one live conversation share, over all cases it goes on in; the channel finds them by it, in order.
alter table entry add column conversation text;
create index entry_by_conversation on entry (account_id, conversation, id) where conversation is not null;

-- A message of ours may be known to have arrived, and to have been read.
alter table ledger drop constraint ledger_state_check;
alter table ledger add constraint ledger_state_check check (state in ('queued', 'sending', 'accepted', 'delivered', 'read', 'bounced', 'failed', 'unknown')) not valid;
alter table ledger validate constraint ledger_state_check;

-- One browser that has written, known by a key of its own. What is typed as name and address nobody has checked.
create table chat_visitor (
  account_id uuid not null references account(id), id uuid not null, inbox_id uuid not null, key_hash bytea not null, customer_id uuid, name text not null default '', email text not null default '', locale text not null default '', page text not null default '',
  seen_id uuid, created_at timestamptz not null, last_seen_at timestamptz not null,
  primary key (account_id, id), unique (account_id, key_hash), foreign key (account_id, inbox_id) references inbox(account_id, id) on delete cascade, foreign key (account_id, customer_id) references customer(account_id, id) on delete set null (customer_id)
);
create index chat_visitor_by_customer on chat_visitor (account_id, customer_id) where customer_id is not null;
create index chat_visitor_by_age on chat_visitor (account_id, last_seen_at);
select protect_tenant('chat_visitor');
