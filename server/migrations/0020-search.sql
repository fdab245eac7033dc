-- Search with filters, cheaper rare words, and searches that are saved.

create table saved_search (
  account_id uuid not null references account(id), id uuid not null, agent_id uuid not null, name text not null, q text not null, created_at timestamptz not null,
  primary key (account_id, id), foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade
);
create unique index saved_search_by_name on saved_search (account_id, agent_id, lower(name));
select protect_tenant('saved_search');

-- As `foldText` of the application, near enough for comparing names and addresses of a few hundred candidates; the index holds what the application folded.
create function fold_text(written text) returns text language sql immutable parallel safe as $$
  select translate(replace(replace(replace(replace(regexp_replace(lower(normalize(written, NFKD)), '[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]', '', 'g'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'øłđðıħŧŋĸς', 'olddihtnkσ')
$$;
-- Whether a text holds every word of one of the lists: `[[" anna", " example"], [" bert"]]`. A space before it says that it must begin a word.
create function holds_words(folded text, wanted jsonb) returns boolean language sql immutable parallel safe as $$
  select exists (select from jsonb_array_elements(wanted) one where not exists (
    select from jsonb_array_elements_text(one) word where strpos(' ' || regexp_replace(folded, '[\s!-/:-@\[-`{-~\u00a0-\u00bf\u2000-\u206f\u3000-\u3003]+', ' ', 'g'), word) = 0))
$$;
create function texts_of(list jsonb) returns text[] language sql immutable parallel safe as $$ select array(select jsonb_array_elements_text(list)) $$;

-- Whether an entry is what the filter asks of entries. `filter` is what `entryFilter` of the application makes; runs with its caller's rights.
create function entry_fits(e entry, filter jsonb) returns boolean language sql stable as $$
  select (filter->>'after' is null or e.occurred_at >= (filter->>'after')::timestamptz) and (filter->>'before' is null or e.occurred_at < (filter->>'before')::timestamptz)
    and (filter->'from' is null or holds_words(fold_text(concat_ws(' ', e.detail->'from'->>'address', e.detail->'from'->>'name', e.author_name)), filter->'from'))
    and (filter->'notFrom' is null or not holds_words(fold_text(concat_ws(' ', e.detail->'from'->>'address', e.detail->'from'->>'name', e.author_name)), filter->'notFrom'))
    and (filter->'to' is null or exists (select from jsonb_array_elements(coalesce(e.detail->'to', '[]') || coalesce(e.detail->'cc', '[]')) one where holds_words(fold_text(concat_ws(' ', one->>'address', one->>'name')), filter->'to')))
    and (filter->'notTo' is null or not exists (select from jsonb_array_elements(coalesce(e.detail->'to', '[]') || coalesce(e.detail->'cc', '[]')) one where holds_words(fold_text(concat_ws(' ', one->>'address', one->>'name')), filter->'notTo')))
    and (filter->'file' is null or exists (select from attachment a where a.account_id = e.account_id and a.case_id = e.case_id and a.entry_id = e.id and holds_words(fold_text(a.filename), filter->'file')))
    and (filter->'notFile' is null or not exists (select from attachment a where a.account_id = e.account_id and a.case_id = e.case_id and a.entry_id = e.id and holds_words(fold_text(a.filename), filter->'notFile')))
    and (filter->'hasFile' is null or (filter->>'hasFile')::boolean = exists (select from attachment a where a.account_id = e.account_id and a.case_id = e.case_id and a.entry_id = e.id and not a.is_inline))
$$;

-- Whether a case is what the filter asks of cases. What was merged or set aside is left out unless its shelf is asked for.
create function case_fits(c cases, filter jsonb) returns boolean language sql stable as $$
  select case when filter->'shelves' is null then c.merged_into_id is null and c.removed_as is null else c.shelf = any(texts_of(filter->'shelves')) or (c.shelf = 'open' and c.status = 'new' and filter->'shelves' ? 'new') end
    and (filter->'notShelves' is null or not (c.shelf = any(texts_of(filter->'notShelves')) or (c.shelf = 'open' and c.status = 'new' and filter->'notShelves' ? 'new')))
    and (filter->>'shelf' is null or c.shelf = filter->>'shelf')
    and (filter->'kinds' is null or filter->'kinds' ? c.kind) and not coalesce(filter->'notKinds' ? c.kind, false)
    and (filter->'priorities' is null or filter->'priorities' ? c.priority) and not coalesce(filter->'notPriorities' ? c.priority, false)
    and (filter->'assignees' is null or filter->'assignees' ? owner_key(c.assignee_id)::text) and not coalesce(filter->'notAssignees' ? owner_key(c.assignee_id)::text, false)
    and (filter->'teams' is null or filter->'teams' ? owner_key(c.team_id)::text) and not coalesce(filter->'notTeams' ? owner_key(c.team_id)::text, false)
    and (filter->'inboxes' is null or filter->'inboxes' ? c.inbox_id::text) and not coalesce(filter->'notInboxes' ? c.inbox_id::text, false)
    and (filter->'tags' is null or c.tags @> texts_of(filter->'tags')) and not coalesce(c.tags && texts_of(filter->'notTags'), false)
$$;

-- Search. As before, but with filters of the case and of the entry, up to three entries of each case, and a rare word is cheap: when the newest window holds next to nothing, a
-- sample of the history says whether it can be asked as a whole or has to be walked on in small steps. A window that holds too much is left and made narrower. A last
-- row without a case says that the walk was ended before the history was.
drop function search_cases(text, uuid, uuid[], text, text, text, int, timestamptz);
create function search_cases(scope text, agent uuid, teams uuid[], words text, loose text, of_case jsonb, of_entry jsonb, most int, today timestamptz)
returns table (case_id uuid, entry_id uuid, rank real) language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_generic_plan set enable_seqscan = off set jit = off set work_mem = '16MB' as $$
declare
  account uuid := current_account();
  exact tsquery := to_tsquery('simple', words);
  query tsquery := to_tsquery('simple', coalesce(loose, words));
  near tsquery;
  newest int; lowest int; below int; size int := 2;
  is_whole boolean := false; is_cut boolean := false;
  sampled int; growth int := 32;
  raw int; total int := 0; checked int; checks int := 0;
  more_cases uuid[]; more_entries uuid[];
  hit_cases uuid[] := '{}'; hit_entries uuid[] := '{}';
begin
  if account is null then raise exception 'search_cases needs an account'; end if;
  if numnode(query) = 0 then return; end if;
  select (a.next_case_number / 512)::int into newest from account a where a.id = account;
  below := newest + 1;
  while below > 0 loop
    if sampled is null and raw <= 40 then
      near := query && (select string_agg(format('''#%s''', (below - 1) * n / 8), ' | ') from generate_series(1, 8) n)::tsquery;
      select count(*) into sampled from (select from entry e where e.account_id = account and e.search_text is not null and entry_words(e.search_text, e.search_bucket) @@ near limit 41) one;
      is_whole := sampled <= 40;
      if not is_whole then growth := 2; size := least(size, 4); end if;
    end if;
    lowest := case when is_whole then 0 else greatest(0, below - size) end;
    if size >= 16 and not is_whole then lowest := lowest / 16 * 16; end if;
    if lowest = 0 and total < 1000 then near := query;
    elsif size >= 16 then near := query && (select string_agg(format('''##%s''', era), ' | ') from generate_series(lowest / 16, (below - 1) / 16) era)::tsquery;
    else near := query && (select string_agg(format('''#%s''', bucket), ' | ') from generate_series(lowest, below - 1) bucket)::tsquery;
    end if;
    with hit as materialized (
      select e.case_id, e.id, e.search_bucket from entry e where e.account_id = account and e.search_text is not null and entry_words(e.search_text, e.search_bucket) @@ near
    ), taken as materialized (
      -- What is read only so far is also made only so far.
      select h.case_id, h.id, h.search_bucket from hit h limit case when is_whole or size > 1 then 4001 end
    ), last as materialized (
      select t.case_id, t.id from taken t where t.search_bucket >= lowest and t.search_bucket < below order by t.id desc limit 4000
    ), visible as materialized (
      select l.case_id, l.id from last l join cases c on c.account_id = account and c.id = l.case_id
      where case_in_scope(scope, agent, teams, c.assignee_id, c.team_id) and case when of_case is null then c.merged_into_id is null and c.removed_as is null else case_fits(c, of_case) end
        and (of_entry is null or exists (select from entry e where e.account_id = account and e.case_id = l.case_id and e.id = l.id and entry_fits(e, of_entry)))
      order by l.id desc limit case when loose is null then most - cardinality(hit_entries) when is_whole then 400 else 200 end
    )
    select (select count(*) from taken), count(*), array_agg(v.case_id) filter (where v.fits), array_agg(v.id) filter (where v.fits) into raw, checked, more_cases, more_entries from (
      select v.case_id, v.id, loose is null or (select entry_words(e.search_text, e.search_bucket) @@ exact from entry e where e.account_id = account and e.case_id = v.case_id and e.id = v.id) as fits from visible v
    ) v;
    -- Many after all, and in no order that helps: narrower windows find them newest first.
    if raw > 4000 and (is_whole or size > 1) then
      size := case when is_whole then 2 else greatest(1, size / 8) end;
      is_whole := false;
      growth := 2;
      continue;
    end if;
    hit_cases := hit_cases || coalesce(more_cases, '{}');
    hit_entries := hit_entries || coalesce(more_entries, '{}');
    total := total + raw;
    if loose is not null then checks := checks + checked; end if;
    is_cut := (lowest > 0 or checks >= 400) and cardinality(hit_entries) < most;
    exit when cardinality(hit_entries) >= most or total >= 12000 or checks >= 400;
    size := least(size * growth, greatest(1, (size::bigint * 3000 / greatest(raw, 1))::int));
    below := lowest;
    is_cut := false;
  end loop;
  -- The best hits of each case. A hit of today counts for up to two and a half times as much as one of years ago; words far down in a long text count for nothing more.
  return query
    select ranked.c, ranked.e, ranked.r from (
      select weighed.*, row_number() over (partition by weighed.c order by weighed.r desc, weighed.e desc) as place from (
        select h.c, h.e, (ts_rank(entry_words(left(e.search_text, 4000), 0), exact) * (0.4 + 0.6 * exp(- greatest(0, extract(epoch from today - e.occurred_at)) / 15552000)))::real as r
        from unnest(hit_cases, hit_entries) h(c, e) join entry e on e.account_id = account and e.case_id = h.c and e.id = h.e
      ) weighed
    ) ranked where ranked.place <= 3 order by ranked.c, ranked.r desc, ranked.e desc;
  if is_cut then return query select null::uuid, null::uuid, 0::real; end if;
end $$;
