-- Importing: what another help desk or a mailbox held, brought in as cases that were there all along.

create table import_run (
  account_id uuid not null references account(id), id uuid not null, name text not null,
  format text not null check (format in ('mbox', 'maildir', 'csv_customers', 'csv_cases', 'zendesk', 'freshdesk', 'chatwoot', 'zammad')), origin text not null check (origin in ('upload', 'command')), inbox_id uuid not null, options jsonb not null,
  state text not null check (state in ('uploading', 'checking', 'checked', 'running', 'stopped', 'done', 'removing', 'removed')), position int not null default 0, total_bytes bigint not null default 0, read_bytes bigint not null default 0,
  found jsonb, counts jsonb not null default '{}', odd int not null default 0, former jsonb not null default '[]', trouble text, keeps_touched boolean not null default true, fingerprint text not null default '', by_name text not null,
  created_at timestamptz not null, moved_at timestamptz not null, finished_at timestamptz,
  primary key (account_id, id), foreign key (account_id, inbox_id) references inbox(account_id, id) on delete cascade
);
create index import_run_unfinished on import_run (moved_at) where state in ('uploading', 'checking', 'running', 'removing');
select protect_tenant('import_run');

-- An uploaded file, in the pieces it came in. The stored bytes are sealed: they may hold card numbers that are only covered when they are read.
create table import_part (
  account_id uuid not null, import_id uuid not null, file text not null, place int not null, bytes int not null, file_key text not null, primary key (account_id, import_id, file, place),
  foreign key (account_id, import_id) references import_run(account_id, id) on delete cascade
);
select protect_tenant('import_part');

-- What was odd about a record: where it stands and why, never its words. `is_check`: found by a trial.
create table import_odd (
  account_id uuid not null, import_id uuid not null, is_check boolean not null, place int not null, file text not null, record int not null, line int, code text not null, source_id text, primary key (account_id, import_id, is_check, place),
  foreign key (account_id, import_id) references import_run(account_id, id) on delete cascade
);
select protect_tenant('import_odd');

-- Which import made a case, and the version it left it in: a case with another one has been worked on since.
alter table cases add import_id uuid, add import_version int, add constraint cases_import check ((import_id is null) = (import_version is null));
create index cases_imported on cases (account_id, import_id, id) where import_id is not null;
alter table customer add import_id uuid;
create index customer_imported on customer (account_id, import_id, id) where import_id is not null;
-- Removing a case makes what it was made of new again.
create index received_by_case on received (account_id, case_id);

update role set permissions = permissions || '{import.run}' where key = 'admin' and not 'import.run' = any(permissions);
