-- The desk: cases, their timeline, and how incoming messages find them.

create table cases (
  account_id uuid not null references account(id), id uuid not null, number bigint not null, subject text not null, channel text not null, inbox_id uuid not null, customer_id uuid not null,
  status text not null check (status in ('new', 'open', 'pending', 'on_hold', 'resolved', 'closed')), priority text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  kind text not null default 'question', assignee_id uuid, team_id uuid, tags text[] not null default '{}', snoozed_until timestamptz,
  shelf text not null generated always as (case when snoozed_until is not null and status in ('new', 'open', 'pending', 'on_hold') then 'snoozed' when status = 'new' then 'open' else status end) stored,
  waiting_since timestamptz, last_activity_at timestamptz not null, last_entry_id uuid, last_incoming_id uuid, preview text not null default '', message_count int not null default 0, follows_case_id uuid, resolved_at timestamptz,
  version int not null default 1, is_demo boolean not null default false, created_at timestamptz not null,
  primary key (account_id, id), unique (account_id, number),
  foreign key (account_id, inbox_id) references inbox(account_id, id), foreign key (account_id, customer_id) references customer(account_id, id),
  foreign key (account_id, assignee_id) references agent(account_id, id), foreign key (account_id, team_id) references team(account_id, id)
) with (fillfactor = 85);
-- One index for each list the workspace offers, whatever the reader's scope; each is read by keyset in either direction. Nobody and no team are
-- the zero UUID there: `is null` would lose the order of the columns behind it.
create index cases_by_shelf on cases (account_id, shelf, last_activity_at, id);
create index cases_by_team on cases (account_id, coalesce(team_id, '00000000-0000-0000-0000-000000000000'), shelf, last_activity_at, id);
create index cases_by_assignee on cases (account_id, coalesce(assignee_id, '00000000-0000-0000-0000-000000000000'), coalesce(team_id, '00000000-0000-0000-0000-000000000000'), shelf, last_activity_at, id);
create index cases_by_customer on cases (account_id, customer_id, id);
create index cases_following on cases (account_id, follows_case_id, id) where follows_case_id is not null;
create index cases_to_wake on cases (snoozed_until) where snoozed_until is not null;
select protect_tenant('cases');

-- Whether an agent may see a case. The one place where the scope of a role is spelled out for the database.
create function case_in_scope(scope text, agent uuid, teams uuid[], assignee_id uuid, team_id uuid) returns boolean language sql immutable parallel safe as
$$ select scope = 'all' or coalesce(assignee_id = agent, false) or (scope = 'team' and (team_id is null or team_id = any(teams))) $$;

-- The timeline: append only, ordered by its UUIDv7.
create table entry (
  account_id uuid not null, case_id uuid not null, id uuid not null, kind text not null check (kind in ('message', 'note', 'change')), direction text check (direction in ('in', 'out')),
  author_kind text not null check (author_kind in ('customer', 'agent', 'bot', 'system')), author_id uuid, author_name text not null, occurred_at timestamptz not null, created_at timestamptz not null,
  body text not null default '', html text, detail jsonb not null default '{}', search_text text, search_bucket int not null default 0, raw_key text,
  delivery_state text, delivery_reason text, delivery_attempts int not null default 0, next_attempt_at timestamptz,
  primary key (account_id, case_id, id), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
-- What search looks through. `search_text` is folded by the application: its first line holds the strong words (subject, sender), the rest the text.
-- The bucket counts hundreds of cases; as words of their own, buckets let a search for a common word stop at the newest hits.
create function entry_words(search_text text, search_bucket int) returns tsvector language sql immutable parallel safe as $$
  select setweight(to_tsvector('simple', split_part(search_text, E'\n', 1)), 'A') || to_tsvector('simple', substr(search_text, strpos(search_text, E'\n') + 1))
    || array_to_tsvector(array['#' || search_bucket::text, '##' || (search_bucket / 16)::text])
$$;
create index entry_search on entry using gin (account_id, entry_words(search_text, search_bucket)) with (gin_pending_list_limit = 256) where search_text is not null;
create index entry_undelivered on entry (account_id, delivery_state, id) where delivery_state in ('queued', 'sending', 'failed', 'bounced', 'unknown');
select protect_tenant('entry');

-- `entry_id` is null while a file waits in a draft; `uploaded_by` may then use it.
create table attachment (
  account_id uuid not null, case_id uuid not null, id uuid not null, entry_id uuid, filename text not null, media_type text not null, bytes bigint not null, file_key text not null, content_id text, is_inline boolean not null default false, uploaded_by uuid, created_at timestamptz not null,
  primary key (account_id, case_id, id), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
create index attachment_by_entry on attachment (account_id, case_id, entry_id);
create index attachment_unused on attachment (created_at) where entry_id is null;
select protect_tenant('attachment');

-- Everybody who takes part in a case, by address.
create table participant (
  account_id uuid not null, case_id uuid not null, address text not null, name text, customer_id uuid, added_at timestamptz not null,
  primary key (account_id, case_id, address), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
select protect_tenant('participant');

-- What came in already: the one guard against doubles, whatever the door.
create table received (
  account_id uuid not null, inbox_id uuid not null, dedupe_key text not null, case_id uuid, entry_id uuid, at timestamptz not null, primary key (account_id, inbox_id, dedupe_key),
  foreign key (account_id, inbox_id) references inbox(account_id, id) on delete cascade
);
select protect_tenant('received');

-- A thread: an address on a channel by which what comes in finds its case. For mail, Message-IDs: our own, the customer's,
-- and those a reply referred to before its first message arrived (`is_awaited`: only such a message is let in by its own Message-ID, because
-- broken programs use one Message-ID for everything they send).
create table thread (
  account_id uuid not null, inbox_id uuid not null, key text not null, case_id uuid not null, is_awaited boolean not null default false, primary key (account_id, inbox_id, key),
  foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
create index thread_by_case on thread (account_id, case_id);
select protect_tenant('thread');

create table draft (
  account_id uuid not null, case_id uuid not null, agent_id uuid not null, mode text not null check (mode in ('reply', 'note')), body text not null, recipients jsonb not null default '{}', attachment_ids uuid[] not null default '{}', revision int not null, updated_at timestamptz not null,
  primary key (account_id, case_id, agent_id, mode), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade, foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
select protect_tenant('draft');

create table case_read (
  account_id uuid not null, agent_id uuid not null, case_id uuid not null, entry_id uuid not null, primary key (account_id, agent_id, case_id),
  foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
select protect_tenant('case_read');

-- Which cases carry a tag; kept beside `cases.tags` because row-level security keeps an index on the array from being used.
create table case_tag (
  account_id uuid not null, tag text not null, case_id uuid not null, primary key (account_id, tag, case_id), foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
create index case_tag_by_case on case_tag (account_id, case_id);
select protect_tenant('case_tag');
create function keep_case_tags() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then delete from case_tag where account_id = old.account_id and case_id = old.id and tag <> all(new.tags); end if;
  insert into case_tag (account_id, tag, case_id) select new.account_id, t, new.id from unnest(new.tags) t on conflict do nothing;
  return null;
end $$;
create trigger tags after insert on cases for each row when (new.tags <> '{}') execute function keep_case_tags();
create trigger tags_changed after update on cases for each row when (old.tags is distinct from new.tags) execute function keep_case_tags();

-- How many cases lie on each shelf, by team and assignee, as a sum of changes: writers only append, so they never wait for
-- each other on a shared counter row. A job folds the changes together.
create table case_tally (account_id uuid not null references account(id), id uuid not null default gen_random_uuid(), team_id uuid, assignee_id uuid, shelf text not null, change int not null, primary key (account_id, id));
select protect_tenant('case_tally');
create function tally_case() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then insert into case_tally (account_id, team_id, assignee_id, shelf, change) values (old.account_id, old.team_id, old.assignee_id, old.shelf, -1); end if;
  if tg_op <> 'DELETE' then insert into case_tally (account_id, team_id, assignee_id, shelf, change) values (new.account_id, new.team_id, new.assignee_id, new.shelf, 1); end if;
  return null;
end $$;
create trigger tally after insert or delete on cases for each row execute function tally_case();
create trigger tally_changed after update on cases for each row
  when (old.shelf is distinct from new.shelf or old.team_id is distinct from new.team_id or old.assignee_id is distinct from new.assignee_id) execute function tally_case();

-- Search. Row-level security keeps GIN indexes from being used (text search operators are not leakproof), so this one function stands outside it: it looks
-- at the caller's account itself, takes the reader's scope, and answers ids and ranks only; what is shown is read through the policies again.
--
-- Windows of buckets, newest first, keep common words cheap: the walk ends with the first `most` hits the reader may see. At most `examined` hits of a window
-- are looked at, so a word that is everywhere, asked for by somebody who sees little, is answered from the newer hits. Rare words are always answered from all.
-- The statement is planned anew each time: a generic plan would walk the table by id and try the words on every row.
create function search_cases(scope text, agent uuid, teams uuid[], words text, wanted_shelf text, most int, today timestamptz)
returns table (case_id uuid, entry_id uuid, rank real) language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  account uuid := current_account();
  query tsquery := to_tsquery('simple', words);
  examined constant int := 4000;
  newest int;
  lowest int;
  below int;
  near tsquery;
  more_cases uuid[]; more_entries uuid[];
  hit_cases uuid[] := '{}'; hit_entries uuid[] := '{}';
begin
  if account is null then raise exception 'search_cases needs an account'; end if;
  if numnode(query) = 0 then return; end if;
  select (a.next_case_number / 512)::int into newest from account a where a.id = account;
  below := newest + 1;
  for step in 1..4 loop
    -- Two buckets, then the rest of two eras (of sixteen buckets), then eight more eras, then everything before.
    lowest := greatest(0, case step when 1 then newest - 1 when 2 then (newest / 16 - 1) * 16 when 3 then (newest / 16 - 9) * 16 else 0 end);
    if step = 1 then near := (select string_agg(format('''#%s''', bucket), ' | ') from generate_series(lowest, newest) bucket)::tsquery;
    elsif step < 4 then near := (select string_agg(format('''##%s''', era), ' | ') from generate_series(lowest / 16, (below - 1) / 16) era)::tsquery;
    end if;
    execute 'with hit as materialized (
        select e.case_id, e.id, e.search_bucket from entry e where e.account_id = $1 and e.search_text is not null and entry_words(e.search_text, e.search_bucket) @@ $2
      ), last as materialized (
        select h.case_id, h.id from hit h where h.search_bucket >= $3 and h.search_bucket < $4 order by h.id desc limit $5
      ), visible as (
        select l.case_id, l.id from last l join cases c on c.account_id = $1 and c.id = l.case_id
        where ($6 is null or c.shelf = $6) and case_in_scope($7, $8, $9, c.assignee_id, c.team_id) order by l.id desc limit $10
      ) select array_agg(v.case_id), array_agg(v.id) from visible v'
      into more_cases, more_entries
      using account, case when step < 4 then query && near else query end, lowest, below, examined, wanted_shelf, scope, agent, teams, most - cardinality(hit_entries);
    hit_cases := hit_cases || coalesce(more_cases, '{}');
    hit_entries := hit_entries || coalesce(more_entries, '{}');
    below := lowest;
    exit when cardinality(hit_entries) >= most or below = 0;
  end loop;
  -- The best hit of each case. A hit of today counts for up to two and a half times as much as one of years ago.
  return query
    select distinct on (ranked.c) ranked.c, ranked.e, ranked.r from (
      select h.c, h.e, (ts_rank(entry_words(e.search_text, e.search_bucket), query) * (0.4 + 0.6 * exp(- greatest(0, extract(epoch from today - e.occurred_at)) / 15552000)))::real as r
      from unnest(hit_cases, hit_entries) h(c, e) join entry e on e.account_id = account and e.case_id = h.c and e.id = h.e
    ) ranked order by ranked.c, ranked.r desc, ranked.e desc;
end $$;
