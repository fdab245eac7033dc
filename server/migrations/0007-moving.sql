-- Moving matters: merged and split cases, links between cases, spam and deleted cases.

-- A merged case stays as a tombstone that points to where it went. What is set aside (spam, deleted) keeps its status for the way back and lies on a shelf of its own.
alter table cases
  add merged_into_id uuid, add removed_as text check (removed_as in ('spam', 'deleted')), add removed_at timestamptz, add removed_by text, add removed_reason text,
  add foreign key (account_id, merged_into_id) references cases(account_id, id) on delete cascade, add check ((removed_as is null) = (removed_at is null));
create index cases_merged on cases (account_id, merged_into_id) where merged_into_id is not null;
create index cases_to_purge on cases (removed_at) where removed_at is not null;

-- The words of a generated column cannot be changed, so it is made anew with everything that hangs on it.
drop trigger tally_changed on cases;
alter table cases drop column shelf;
alter table cases add shelf text not null generated always as (case when merged_into_id is not null then 'merged' when removed_as is not null then removed_as
  when snoozed_until is not null and status in ('new', 'open', 'pending', 'on_hold') then 'snoozed' when status = 'new' then 'open' else status end) stored;
create index cases_by_shelf on cases (account_id, shelf, last_activity_at, id);
create index cases_by_team on cases (account_id, owner_key(team_id), shelf, last_activity_at, id);
create index cases_by_assignee on cases (account_id, owner_key(assignee_id), owner_key(team_id), shelf, last_activity_at, id);
create trigger tally_changed after update on cases for each row
  when (old.shelf is distinct from new.shelf or old.team_id is distinct from new.team_id or old.assignee_id is distinct from new.assignee_id) execute function tally_case();

-- One row for each merge and split: what went from where to where, so that it can go back. `from_entry_id` and `into_entry_id` are the lines on the two timelines that tell of it.
create table case_move (
  account_id uuid not null, id uuid not null, kind text not null check (kind in ('merge', 'split')), from_case_id uuid not null, into_case_id uuid not null, by_name text not null, at timestamptz not null,
  from_entry_id uuid not null, into_entry_id uuid not null, facts jsonb not null, undone_at timestamptz,
  primary key (account_id, id), foreign key (account_id, from_case_id) references cases(account_id, id) on delete cascade, foreign key (account_id, into_case_id) references cases(account_id, id) on delete cascade
);
create index case_move_from on case_move (account_id, from_case_id, id);
create index case_move_into on case_move (account_id, into_case_id, id);
select protect_tenant('case_move');

-- Where an entry lies that was ever moved. Whoever remembers it with the case of its beginning (the ledger, a message on its way, an event) finds it by this. `inbox_id` is
-- where it was received or sent, which need not be the inbox of the case it lies on now.
create table entry_home (
  account_id uuid not null, entry_id uuid not null, case_id uuid not null, inbox_id uuid not null, primary key (account_id, entry_id),
  foreign key (account_id, case_id) references cases(account_id, id) on delete cascade
);
create index entry_home_by_case on entry_home (account_id, case_id);
select protect_tenant('entry_home');

-- The case whose token the message of a key carried, when the message was split off since: an answer brings both, and the key is right.
alter table thread add was_case_id uuid;

-- `from` is a duplicate of, was caused by, is a part of, was split from `to`. Two cases have one link at most.
create table case_link (
  account_id uuid not null, id uuid not null, kind text not null check (kind in ('related', 'duplicate', 'cause', 'part', 'split')), from_case_id uuid not null, to_case_id uuid not null, created_at timestamptz not null,
  primary key (account_id, id), check (from_case_id <> to_case_id),
  foreign key (account_id, from_case_id) references cases(account_id, id) on delete cascade, foreign key (account_id, to_case_id) references cases(account_id, id) on delete cascade
);
create unique index case_link_once on case_link (account_id, least(from_case_id, to_case_id), greatest(from_case_id, to_case_id));
create unique index case_link_one_parent on case_link (account_id, from_case_id) where kind = 'part';
create index case_link_from on case_link (account_id, from_case_id);
create index case_link_to on case_link (account_id, to_case_id);
select protect_tenant('case_link');

-- A message that was deleted for good keeps its row in the ledger, which says so and has no bytes any more.
alter table ledger add purged_at timestamptz;
create index ledger_by_message on ledger (account_id, entry_id) where direction = 'in' and entry_id is not null;

update role set permissions = permissions || array['case.delete'] where key in ('lead', 'supervisor', 'admin') and not 'case.delete' = any(permissions);

-- Search leaves out what was merged or set aside, unless that shelf is asked for.
create or replace function search_cases(scope text, agent uuid, teams uuid[], words text, loose text, wanted_shelf text, most int, today timestamptz)
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
      where (c.shelf = wanted_shelf or (wanted_shelf is null and c.merged_into_id is null and c.removed_as is null)) and case_in_scope(scope, agent, teams, c.assignee_id, c.team_id)
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
