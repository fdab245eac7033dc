-- A file that a visitor has handed in and not sent yet. What is sent becomes an attachment of its message; what never is goes after a day.
create table chat_file (
  account_id uuid not null references account(id), id uuid not null, visitor_id uuid not null, filename text not null, media_type text not null, bytes bigint not null, file_key text not null, created_at timestamptz not null,
  primary key (account_id, id), foreign key (account_id, visitor_id) references chat_visitor(account_id, id) on delete cascade
);
create index chat_file_by_visitor on chat_file (account_id, visitor_id);
create index chat_file_by_age on chat_file (created_at);
select protect_tenant('chat_file');
