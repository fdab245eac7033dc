-- Visitors whom their site knows: it signs who they are, and they are the same visitor on every device. So a visitor may have several keys, and those of a known one end.
create table chat_visitor_key (
  account_id uuid not null, key_hash bytea not null, visitor_id uuid not null, /* By which its token was signed. */ chat_key_id uuid, created_at timestamptz not null, expires_at timestamptz,
  primary key (account_id, key_hash), foreign key (account_id, visitor_id) references chat_visitor(account_id, id) on delete cascade
);
create index chat_visitor_key_by_visitor on chat_visitor_key (account_id, visitor_id);
create index chat_visitor_key_by_end on chat_visitor_key (expires_at) where expires_at is not null;
select protect_tenant('chat_visitor_key');
insert into chat_visitor_key (account_id, key_hash, visitor_id, created_at) select account_id, key_hash, id, created_at from chat_visitor;
-- `external_id`: by which the site knows them. `is_email_verified`: the site says that the address is theirs.
alter table chat_visitor drop column key_hash, add column external_id text, add column is_email_verified boolean not null default false;
create unique index chat_visitor_by_external_id on chat_visitor (account_id, inbox_id, external_id) where external_id is not null;

-- By which a site signs: a secret, sealed, or a public key.
create table chat_key (
  account_id uuid not null references account(id), id uuid not null, inbox_id uuid not null, name text not null, secret bytea, public_key text, created_at timestamptz not null, used_at timestamptz,
  primary key (account_id, id), foreign key (account_id, inbox_id) references inbox(account_id, id) on delete cascade, check ((secret is null) <> (public_key is null))
);
create index chat_key_by_inbox on chat_key (account_id, inbox_id);
alter table chat_visitor_key add foreign key (account_id, chat_key_id) references chat_key(account_id, id) on delete cascade;
select protect_tenant('chat_key');
