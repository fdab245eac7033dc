-- Views: lists of cases that people made for themselves, for a team or for everyone. `content` is the filter, the order and the look.
create table case_view (
  account_id uuid not null references account(id), id uuid not null,
  name text not null, icon text not null default '', colour text not null default 'neutral',
  audience text not null check (audience in ('personal', 'team', 'everyone')), owner_id uuid, team_id uuid,
  content jsonb not null, version int not null default 1, created_at timestamptz not null, updated_at timestamptz not null, updated_by_name text not null,
  primary key (account_id, id),
  -- What is one's own goes with its owner, a team's view with the team; what everybody uses stays whoever made it.
  foreign key (account_id, owner_id) references agent(account_id, id) on delete cascade,
  foreign key (account_id, team_id) references team(account_id, id) on delete cascade,
  check ((audience = 'personal') = (owner_id is not null)), check ((audience = 'team') = (team_id is not null))
);
create unique index case_view_by_name on case_view (account_id, audience, coalesce(owner_id, team_id, account_id), lower(name));
create index case_view_by_owner on case_view (account_id, owner_id) where owner_id is not null;
create index case_view_by_team on case_view (account_id, team_id) where team_id is not null;
select protect_tenant('case_view');

-- In which order an agent has the views; one without a place comes last.
create table case_view_place (
  account_id uuid not null, agent_id uuid not null, view_id uuid not null, position int not null,
  primary key (account_id, agent_id, view_id),
  foreign key (account_id, agent_id) references agent(account_id, id) on delete cascade,
  foreign key (account_id, view_id) references case_view(account_id, id) on delete cascade
);
create index case_view_place_by_view on case_view_place (account_id, view_id);
select protect_tenant('case_view_place');

-- What views are ordered and found by beside the shelves. The last three hold only the cases they are about.
create index cases_by_priority on cases (account_id, priority, created_at, id);
create index cases_waiting on cases (account_id, waiting_since, id) where waiting_since is not null and status in ('new', 'open');
create index cases_by_promise on cases (account_id, next_promise_at, id) where next_promise_at is not null;
create index cases_by_resolved on cases (account_id, resolved_at, id) where resolved_at is not null;
create index mention_by_agent_case on mention (account_id, agent_id, case_id);

update role set permissions = permissions || '{view.share}' where key in ('lead', 'supervisor', 'admin') and not 'view.share' = any(permissions);
