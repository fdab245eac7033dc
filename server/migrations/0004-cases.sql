-- The desk: cases, their timeline, and how incoming messages find them.

-- An owner as a key that is never null. Written with CASE, which the planner trusts not to leak what row-level security hides; with COALESCE it would not use the indexes.
create function owner_key(owner uuid) returns uuid language sql immutable parallel safe as $$ select case when owner is null then '00000000-0000-0000-0000-000000000000'::uuid else owner end $$;

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
-- One index for each list the workspace offers, whatever the reader's scope; each is read by keyset in either direction. Nobody and no team
-- have a key of their own there: `is null` would lose the order of the columns behind it.
create index cases_by_shelf on cases (account_id, shelf, last_activity_at, id);
create index cases_by_team on cases (account_id, owner_key(team_id), shelf, last_activity_at, id);
create index cases_by_assignee on cases (account_id, owner_key(assignee_id), owner_key(team_id), shelf, last_activity_at, id);
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
-- `words` is what must match. When it holds phrases, `loose` is the same with single words: an index only knows words, so phrases are checked one by one, newest first.
-- The history is walked in windows of buckets, newest first, and the walk ends with the first `most` hits the reader may see. A window is as large as the one before
-- lets expect about 4000 hits in it; after 12000 hits, or 400 checked phrases, the walk ends as well. So a rare word is answered from the whole history, a
-- common one from its newer part, and the cost stays what it is however long the history gets.
--
-- Every statement reads its hits into a materialised part first. With the order or the limit at the same level a plan might walk the table by id and try the words on every row.
create function search_cases(scope text, agent uuid, teams uuid[], words text, loose text, wanted_shelf text, most int, today timestamptz)
returns table (case_id uuid, entry_id uuid, rank real) language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off set work_mem = '16MB' as $$
declare
  account uuid := current_account();
  exact tsquery := to_tsquery('simple', words);
  query tsquery := to_tsquery('simple', coalesce(loose, words));
  near tsquery;
  newest int; lowest int; below int; size int := 2;
  raw int; total int := 0; checked int; checks int := 0;
  more_cases uuid[]; more_entries uuid[];
  hit_cases uuid[] := '{}'; hit_entries uuid[] := '{}';
begin
  if account is null then raise exception 'search_cases needs an account'; end if;
  if numnode(query) = 0 then return; end if;
  select (a.next_case_number / 512)::int into newest from account a where a.id = account;
  below := newest + 1;
  while below > 0 loop
    lowest := greatest(0, below - size);
    if size >= 16 then lowest := lowest / 16 * 16; end if;
    if lowest = 0 and total < 1000 then near := query;
    elsif size >= 16 then near := query && (select string_agg(format('''##%s''', era), ' | ') from generate_series(lowest / 16, (below - 1) / 16) era)::tsquery;
    else near := query && (select string_agg(format('''#%s''', bucket), ' | ') from generate_series(lowest, below - 1) bucket)::tsquery;
    end if;
    with hit as materialized (
      select e.case_id, e.id, e.search_bucket from entry e where e.account_id = account and e.search_text is not null and entry_words(e.search_text, e.search_bucket) @@ near
    ), last as materialized (
      select h.case_id, h.id from hit h where h.search_bucket >= lowest and h.search_bucket < below order by h.id desc limit 4000
    ), visible as materialized (
      select l.case_id, l.id from last l join cases c on c.account_id = account and c.id = l.case_id
      where (wanted_shelf is null or c.shelf = wanted_shelf) and case_in_scope(scope, agent, teams, c.assignee_id, c.team_id)
      order by l.id desc limit case when loose is null then most - cardinality(hit_entries) else 200 end
    )
    select (select count(*) from hit), count(*), array_agg(v.case_id) filter (where v.fits), array_agg(v.id) filter (where v.fits) into raw, checked, more_cases, more_entries from (
      select v.case_id, v.id, loose is null or (select entry_words(e.search_text, e.search_bucket) @@ exact from entry e where e.account_id = account and e.case_id = v.case_id and e.id = v.id) as fits from visible v
    ) v;
    hit_cases := hit_cases || coalesce(more_cases, '{}');
    hit_entries := hit_entries || coalesce(more_entries, '{}');
    total := total + raw;
    if loose is not null then checks := checks + checked; end if;
    exit when cardinality(hit_entries) >= most or total >= 12000 or checks >= 400;
    size := least(size * 32, greatest(1, (size::bigint * 4000 / greatest(raw, 1))::int));
    below := lowest;
  end loop;
  -- The best hit of each case. A hit of today counts for up to two and a half times as much as one of years ago; words far down in a long text count for nothing more.
  return query
    select distinct on (ranked.c) ranked.c, ranked.e, ranked.r from (
      select h.c, h.e, (ts_rank(entry_words(left(e.search_text, 4000), 0), exact) * (0.4 + 0.6 * exp(- greatest(0, extract(epoch from today - e.occurred_at)) / 15552000)))::real as r
      from unnest(hit_cases, hit_entries) h(c, e) join entry e on e.account_id = account and e.case_id = h.c and e.id = h.e
    ) ranked order by ranked.c, ranked.r desc, ranked.e desc;
end $$;
