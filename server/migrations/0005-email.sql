-- The email channel: what we send, the built-in mailbox, and how far mailboxes have been fetched.

-- One row for each outgoing message, from the moment it is queued. `handed_over_at` is set just before the bytes leave: a row that stays `sending` after that
-- may have been delivered, so nobody sends it again without being asked. `left_for`: the recipients who still lack it when the others have it; null means all.
create table email_outgoing (
  account_id uuid not null, entry_id uuid not null, case_id uuid not null, inbox_id uuid not null, message_id text not null,
  state text not null check (state in ('queued', 'sending', 'accepted', 'bounced', 'failed', 'unknown')), attempts int not null default 0, due_at timestamptz not null, lease_until timestamptz, handed_over_at timestamptz,
  first_queued_at timestamptz not null, left_for text[], primary key (account_id, entry_id), unique (account_id, message_id),
  foreign key (account_id, inbox_id) references inbox(account_id, id), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
-- Read over all accounts by the job that looks for what is due.
create index email_outgoing_due on email_outgoing (due_at) where state in ('queued', 'sending');
select protect_tenant('email_outgoing');

-- The built-in mailbox: what customers of a trial account would see in their mail program.
create table mailbox_mail (
  account_id uuid not null references account(id), id uuid not null, address text not null, direction text not null check (direction in ('to_customer', 'from_customer')), sender text not null, recipients text[] not null,
  subject text not null, body text not null, html text, message_id text not null, refers_to text[] not null default '{}', at timestamptz not null, is_demo boolean not null default false, primary key (account_id, address, id)
);
create unique index mailbox_mail_once on mailbox_mail (account_id, address, message_id);
select protect_tenant('mailbox_mail');

-- How far an IMAP folder has been fetched; moved in the transaction that takes the mail in. Mail that lay there before `connected_at` (below `began_at_uid`) is
-- only fetched while nobody has read it; the time is what is left to tell it by when the server numbers the folder anew (`uid_validity`). The numbers are those of
-- one mailbox, `user_name` at `host`: another one may number its folders by the very same `uid_validity`.
create table imap_cursor (
  account_id uuid not null, inbox_id uuid not null, folder text not null, host text not null, user_name text not null, uid_validity bigint not null, last_uid bigint not null, began_at_uid bigint not null, connected_at timestamptz not null, primary key (account_id, inbox_id, folder),
  foreign key (account_id, inbox_id) references inbox(account_id, id) on delete cascade
);
select protect_tenant('imap_cursor');

-- How many automatic answers an address got within an hour, so that two programs never talk to each other for long.
create table email_auto_reply (
  account_id uuid not null references account(id), address text not null, hour_began timestamptz not null, sent int not null, primary key (account_id, address)
);
select protect_tenant('email_auto_reply');
