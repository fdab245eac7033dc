-- What the migrations make, for reading and for comparing. Written by `npm run db:types`; change it by adding a migration.

create extension btree_gin;
create extension unaccent;

create table account (
  id uuid not null,
  name text not null,
  is_demo boolean default false not null,
  next_case_number bigint default 1 not null,
  settings jsonb default '{}'::jsonb not null,
  created_at timestamp with time zone not null,
  constraint account_pkey PRIMARY KEY (id)
);
alter table account enable row level security;
create policy tenant on account for all to public using (id = ( SELECT current_account() AS current_account)) with check (id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on account to rapport_app;

create table agent (
  account_id uuid not null,
  id uuid not null,
  login_id uuid,
  email text not null,
  name text not null,
  role_id uuid not null,
  is_bot boolean default false not null,
  locale text default 'en'::text not null,
  state text default 'active'::text not null,
  is_demo boolean default false not null,
  created_at timestamp with time zone not null,
  role_since timestamp with time zone,
  external_id text,
  constraint agent_pkey PRIMARY KEY (account_id, id),
  constraint agent_account_id_email_key UNIQUE (account_id, email),
  constraint agent_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint agent_account_id_role_id_fkey FOREIGN KEY (account_id, role_id) REFERENCES role(account_id, id),
  constraint agent_login_id_fkey FOREIGN KEY (login_id) REFERENCES login(id),
  constraint agent_external_id_check CHECK ((length(external_id) > 0)),
  constraint agent_state_check CHECK ((state = ANY (ARRAY['active'::text, 'invited'::text, 'disabled'::text])))
);
create unique index agent_by_external_id ON public.agent USING btree (account_id, external_id) WHERE (external_id IS NOT NULL);
create index agent_by_login ON public.agent USING btree (login_id);
alter table agent enable row level security;
create policy tenant on agent for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on agent to rapport_app;

create table agent_capacity (
  account_id uuid not null,
  agent_id uuid not null,
  chats smallint not null,
  mails smallint not null,
  constraint agent_capacity_pkey PRIMARY KEY (account_id, agent_id),
  constraint agent_capacity_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint agent_capacity_chats_check CHECK (((chats >= 0) AND (chats <= 50))),
  constraint agent_capacity_mails_check CHECK (((mails >= 0) AND (mails <= 500)))
);
alter table agent_capacity enable row level security;
create policy tenant on agent_capacity for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on agent_capacity to rapport_app;

create table agent_skill (
  account_id uuid not null,
  agent_id uuid not null,
  skill_id uuid not null,
  level smallint not null,
  constraint agent_skill_pkey PRIMARY KEY (account_id, agent_id, skill_id),
  constraint agent_skill_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint agent_skill_account_id_skill_id_fkey FOREIGN KEY (account_id, skill_id) REFERENCES skill(account_id, id) ON DELETE CASCADE,
  constraint agent_skill_level_check CHECK (((level >= 1) AND (level <= 5)))
);
create index agent_skill_by_skill ON public.agent_skill USING btree (account_id, skill_id, level);
alter table agent_skill enable row level security;
create policy tenant on agent_skill for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on agent_skill to rapport_app;

create table agent_turn (
  account_id uuid not null,
  agent_id uuid not null,
  at timestamp with time zone not null,
  constraint agent_turn_pkey PRIMARY KEY (account_id, agent_id),
  constraint agent_turn_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE
);
alter table agent_turn enable row level security;
create policy tenant on agent_turn for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on agent_turn to rapport_app;

create table api_key (
  account_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  name text not null,
  prefix text not null,
  token_hash bytea not null,
  created_at timestamp with time zone not null,
  created_by uuid,
  last_used_at timestamp with time zone,
  expires_at timestamp with time zone,
  ceiling_permissions text[],
  ceiling_scope text,
  constraint api_key_pkey PRIMARY KEY (account_id, id),
  constraint api_key_account_id_token_hash_key UNIQUE (account_id, token_hash),
  constraint api_key_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint api_key_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint api_key_ceiling_scope_check CHECK ((ceiling_scope = ANY (ARRAY['own'::text, 'team'::text, 'all'::text]))),
  constraint api_key_check CHECK (((ceiling_permissions IS NULL) = (ceiling_scope IS NULL)))
);
alter table api_key enable row level security;
create policy tenant on api_key for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on api_key to rapport_app;

create table attachment (
  account_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  entry_id uuid,
  filename text not null,
  media_type text not null,
  bytes bigint not null,
  file_key text not null,
  content_id text,
  is_inline boolean default false not null,
  uploaded_by uuid,
  created_at timestamp with time zone not null,
  constraint attachment_pkey PRIMARY KEY (account_id, case_id, id),
  constraint attachment_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE
);
create index attachment_by_entry ON public.attachment USING btree (account_id, case_id, entry_id);
create index attachment_file ON public.attachment USING hash (file_key);
create index attachment_unused ON public.attachment USING btree (created_at) WHERE (entry_id IS NULL);
alter table attachment enable row level security;
create policy tenant on attachment for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on attachment to rapport_app;

create table audit_record (
  account_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null,
  actor text not null,
  action text not null,
  target text,
  address text,
  detail jsonb default '{}'::jsonb not null,
  constraint audit_record_pkey PRIMARY KEY (account_id, id),
  constraint audit_record_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
alter table audit_record enable row level security;
create policy tenant on audit_record for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant insert, select on audit_record to rapport_app;

create table blocked_sender (
  account_id uuid not null,
  id uuid not null,
  kind text not null,
  value text not null,
  reason text not null,
  expires_at timestamp with time zone,
  by_name text not null,
  created_at timestamp with time zone not null,
  constraint blocked_sender_pkey PRIMARY KEY (account_id, id),
  constraint blocked_sender_account_id_kind_value_key UNIQUE (account_id, kind, value),
  constraint blocked_sender_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint blocked_sender_kind_check CHECK ((kind = ANY (ARRAY['address'::text, 'domain'::text]))),
  constraint blocked_sender_value_check CHECK ((value = lower(value)))
);
alter table blocked_sender enable row level security;
create policy tenant on blocked_sender for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on blocked_sender to rapport_app;

create table bulk_item (
  account_id uuid not null,
  run_id uuid not null,
  place integer not null,
  case_id uuid not null,
  state text default 'waiting'::text not null,
  code text,
  detail text,
  before jsonb,
  after jsonb,
  constraint bulk_item_pkey PRIMARY KEY (account_id, run_id, place),
  constraint bulk_item_account_id_run_id_case_id_key UNIQUE (account_id, run_id, case_id),
  constraint bulk_item_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint bulk_item_account_id_run_id_fkey FOREIGN KEY (account_id, run_id) REFERENCES bulk_run(account_id, id) ON DELETE CASCADE,
  constraint bulk_item_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'changed'::text, 'same'::text, 'refused'::text, 'restored'::text, 'kept'::text])))
);
create index bulk_item_by_case ON public.bulk_item USING btree (account_id, case_id);
create index bulk_item_waiting ON public.bulk_item USING btree (account_id, run_id, state, place);
alter table bulk_item enable row level security;
create policy tenant on bulk_item for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on bulk_item to rapport_app;

create table bulk_run (
  account_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  agent_name text not null,
  permissions text[] not null,
  case_scope text not null,
  action jsonb not null,
  selection jsonb not null,
  state text not null,
  cursor text,
  is_cut boolean default false not null,
  total integer default 0 not null,
  done integer default 0 not null,
  changed integer default 0 not null,
  same integer default 0 not null,
  refused integer default 0 not null,
  restored integer default 0 not null,
  kept integer default 0 not null,
  created_at timestamp with time zone not null,
  moved_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  undo_until timestamp with time zone,
  leaver_id uuid,
  constraint bulk_run_pkey PRIMARY KEY (account_id, id),
  constraint bulk_run_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint bulk_run_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint bulk_run_state_check CHECK ((state = ANY (ARRAY['gathering'::text, 'running'::text, 'done'::text, 'undoing'::text, 'undone'::text])))
);
create index bulk_run_by_agent ON public.bulk_run USING btree (account_id, agent_id, id);
create index bulk_run_of_leaver ON public.bulk_run USING btree (account_id, leaver_id, id) WHERE (leaver_id IS NOT NULL);
create index bulk_run_old ON public.bulk_run USING btree (created_at);
create index bulk_run_unfinished ON public.bulk_run USING btree (moved_at) WHERE (state = ANY (ARRAY['gathering'::text, 'running'::text, 'undoing'::text]));
alter table bulk_run enable row level security;
create policy tenant on bulk_run for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on bulk_run to rapport_app;

create table calendar (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  hours jsonb not null,
  version integer not null,
  updated_at timestamp with time zone not null,
  constraint calendar_pkey PRIMARY KEY (account_id, id),
  constraint calendar_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
create unique index calendar_by_name ON public.calendar USING btree (account_id, lower(name));
alter table calendar enable row level security;
create policy tenant on calendar for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on calendar to rapport_app;

create table case_field (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  type text not null,
  options jsonb default '[]'::jsonb not null,
  currency text,
  kinds text[] default '{}'::text[] not null,
  is_required boolean default false not null,
  is_retired boolean default false not null,
  "position" integer not null,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  constraint case_field_pkey PRIMARY KEY (account_id, id),
  constraint case_field_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint case_field_check CHECK (((type = 'money'::text) = (currency IS NOT NULL))),
  constraint case_field_type_check CHECK ((type = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'choice'::text, 'yes_no'::text, 'money'::text])))
);
create unique index case_field_by_name ON public.case_field USING btree (account_id, lower(name));
alter table case_field enable row level security;
create policy tenant on case_field for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on case_field to rapport_app;

create table case_field_value (
  account_id uuid not null,
  case_id uuid not null,
  field_id uuid not null,
  value jsonb not null,
  value_key text not null,
  constraint case_field_value_pkey PRIMARY KEY (account_id, case_id, field_id),
  constraint case_field_value_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint case_field_value_account_id_field_id_fkey FOREIGN KEY (account_id, field_id) REFERENCES case_field(account_id, id)
);
create index case_field_value_by_key ON public.case_field_value USING btree (account_id, field_id, value_key, case_id);
alter table case_field_value enable row level security;
create policy tenant on case_field_value for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on case_field_value to rapport_app;

create table case_follower (
  account_id uuid not null,
  case_id uuid not null,
  agent_id uuid not null,
  since timestamp with time zone not null,
  constraint case_follower_pkey PRIMARY KEY (account_id, case_id, agent_id),
  constraint case_follower_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint case_follower_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE
);
create index case_follower_by_agent ON public.case_follower USING btree (account_id, agent_id, case_id);
alter table case_follower enable row level security;
create policy tenant on case_follower for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on case_follower to rapport_app;

create table case_link (
  account_id uuid not null,
  id uuid not null,
  kind text not null,
  from_case_id uuid not null,
  to_case_id uuid not null,
  created_at timestamp with time zone not null,
  constraint case_link_pkey PRIMARY KEY (account_id, id),
  constraint case_link_account_id_from_case_id_fkey FOREIGN KEY (account_id, from_case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint case_link_account_id_to_case_id_fkey FOREIGN KEY (account_id, to_case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint case_link_check CHECK ((from_case_id <> to_case_id)),
  constraint case_link_kind_check CHECK ((kind = ANY (ARRAY['related'::text, 'duplicate'::text, 'cause'::text, 'part'::text, 'split'::text])))
);
create index case_link_from ON public.case_link USING btree (account_id, from_case_id);
create unique index case_link_once ON public.case_link USING btree (account_id, LEAST(from_case_id, to_case_id), GREATEST(from_case_id, to_case_id));
create unique index case_link_one_parent ON public.case_link USING btree (account_id, from_case_id) WHERE (kind = 'part'::text);
create index case_link_to ON public.case_link USING btree (account_id, to_case_id);
alter table case_link enable row level security;
create policy tenant on case_link for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on case_link to rapport_app;

create table case_move (
  account_id uuid not null,
  id uuid not null,
  kind text not null,
  from_case_id uuid not null,
  into_case_id uuid not null,
  by_name text not null,
  at timestamp with time zone not null,
  from_entry_id uuid not null,
  into_entry_id uuid not null,
  facts jsonb not null,
  undone_at timestamp with time zone,
  constraint case_move_pkey PRIMARY KEY (account_id, id),
  constraint case_move_account_id_from_case_id_fkey FOREIGN KEY (account_id, from_case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint case_move_account_id_into_case_id_fkey FOREIGN KEY (account_id, into_case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint case_move_kind_check CHECK ((kind = ANY (ARRAY['merge'::text, 'split'::text])))
);
create index case_move_from ON public.case_move USING btree (account_id, from_case_id, id);
create index case_move_into ON public.case_move USING btree (account_id, into_case_id, id);
alter table case_move enable row level security;
create policy tenant on case_move for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on case_move to rapport_app;

create table case_read (
  account_id uuid not null,
  agent_id uuid not null,
  case_id uuid not null,
  entry_id uuid not null,
  constraint case_read_pkey PRIMARY KEY (account_id, agent_id, case_id),
  constraint case_read_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE
);
alter table case_read enable row level security;
create policy tenant on case_read for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on case_read to rapport_app;

create table case_tag (
  account_id uuid not null,
  tag text not null,
  case_id uuid not null,
  constraint case_tag_pkey PRIMARY KEY (account_id, tag, case_id),
  constraint case_tag_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE
);
create index case_tag_by_case ON public.case_tag USING btree (account_id, case_id);
alter table case_tag enable row level security;
create policy tenant on case_tag for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on case_tag to rapport_app;

create table case_tally (
  account_id uuid not null,
  id uuid default gen_random_uuid() not null,
  team_id uuid,
  assignee_id uuid,
  shelf text not null,
  change integer not null,
  constraint case_tally_pkey PRIMARY KEY (account_id, id),
  constraint case_tally_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
alter table case_tally enable row level security;
create policy tenant on case_tally for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on case_tally to rapport_app;

create table case_view (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  icon text default ''::text not null,
  colour text default 'neutral'::text not null,
  audience text not null,
  owner_id uuid,
  team_id uuid,
  content jsonb not null,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  updated_by_name text not null,
  constraint case_view_pkey PRIMARY KEY (account_id, id),
  constraint case_view_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint case_view_account_id_owner_id_fkey FOREIGN KEY (account_id, owner_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint case_view_account_id_team_id_fkey FOREIGN KEY (account_id, team_id) REFERENCES team(account_id, id) ON DELETE CASCADE,
  constraint case_view_audience_check CHECK ((audience = ANY (ARRAY['personal'::text, 'team'::text, 'everyone'::text]))),
  constraint case_view_check CHECK (((audience = 'personal'::text) = (owner_id IS NOT NULL))),
  constraint case_view_check1 CHECK (((audience = 'team'::text) = (team_id IS NOT NULL)))
);
create unique index case_view_by_name ON public.case_view USING btree (account_id, audience, COALESCE(owner_id, team_id, account_id), lower(name));
create index case_view_by_owner ON public.case_view USING btree (account_id, owner_id) WHERE (owner_id IS NOT NULL);
create index case_view_by_team ON public.case_view USING btree (account_id, team_id) WHERE (team_id IS NOT NULL);
alter table case_view enable row level security;
create policy tenant on case_view for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on case_view to rapport_app;

create table case_view_place (
  account_id uuid not null,
  agent_id uuid not null,
  view_id uuid not null,
  "position" integer not null,
  constraint case_view_place_pkey PRIMARY KEY (account_id, agent_id, view_id),
  constraint case_view_place_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint case_view_place_account_id_view_id_fkey FOREIGN KEY (account_id, view_id) REFERENCES case_view(account_id, id) ON DELETE CASCADE
);
create index case_view_place_by_view ON public.case_view_place USING btree (account_id, view_id);
alter table case_view_place enable row level security;
create policy tenant on case_view_place for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on case_view_place to rapport_app;

create table cases (
  account_id uuid not null,
  id uuid not null,
  number bigint not null,
  subject text not null,
  channel text not null,
  inbox_id uuid not null,
  customer_id uuid not null,
  status text not null,
  priority text default 'normal'::text not null,
  kind text default 'question'::text not null,
  assignee_id uuid,
  team_id uuid,
  tags text[] default '{}'::text[] not null,
  snoozed_until timestamp with time zone,
  waiting_since timestamp with time zone,
  last_activity_at timestamp with time zone not null,
  last_entry_id uuid,
  last_incoming_id uuid,
  preview text default ''::text not null,
  message_count integer default 0 not null,
  follows_case_id uuid,
  resolved_at timestamp with time zone,
  version integer default 1 not null,
  is_demo boolean default false not null,
  created_at timestamp with time zone not null,
  merged_into_id uuid,
  removed_as text,
  removed_at timestamp with time zone,
  removed_by text,
  removed_reason text,
  shelf text generated always as (
CASE
    WHEN (merged_into_id IS NOT NULL) THEN 'merged'::text
    WHEN (removed_as IS NOT NULL) THEN removed_as
    WHEN ((snoozed_until IS NOT NULL) AND (status = ANY (ARRAY['new'::text, 'open'::text, 'pending'::text, 'on_hold'::text]))) THEN 'snoozed'::text
    WHEN (status = 'new'::text) THEN 'open'::text
    ELSE status
END) stored not null,
  next_promise_at timestamp with time zone,
  brief_entry_id uuid,
  import_id uuid,
  import_version integer,
  erased_at timestamp with time zone,
  due_at timestamp with time zone,
  due_kind text,
  due_policy_id uuid,
  constraint cases_pkey PRIMARY KEY (account_id, id),
  constraint cases_account_id_number_key UNIQUE (account_id, number),
  constraint cases_account_id_assignee_id_fkey FOREIGN KEY (account_id, assignee_id) REFERENCES agent(account_id, id),
  constraint cases_account_id_customer_id_fkey FOREIGN KEY (account_id, customer_id) REFERENCES customer(account_id, id),
  constraint cases_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint cases_account_id_inbox_id_fkey FOREIGN KEY (account_id, inbox_id) REFERENCES inbox(account_id, id),
  constraint cases_account_id_merged_into_id_fkey FOREIGN KEY (account_id, merged_into_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint cases_account_id_team_id_fkey FOREIGN KEY (account_id, team_id) REFERENCES team(account_id, id),
  constraint cases_check CHECK (((removed_as IS NULL) = (removed_at IS NULL))),
  constraint cases_due CHECK ((((due_at IS NULL) = (due_kind IS NULL)) AND ((due_at IS NULL) = (due_policy_id IS NULL)))),
  constraint cases_import CHECK (((import_id IS NULL) = (import_version IS NULL))),
  constraint cases_kind CHECK ((kind = ANY (ARRAY['question'::text, 'request'::text, 'problem'::text, 'complaint'::text, 'dispute'::text, 'feedback'::text]))),
  constraint cases_priority_check CHECK ((priority = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text, 'urgent'::text]))),
  constraint cases_removed_as_check CHECK ((removed_as = ANY (ARRAY['spam'::text, 'deleted'::text]))),
  constraint cases_status_check CHECK ((status = ANY (ARRAY['new'::text, 'open'::text, 'pending'::text, 'on_hold'::text, 'resolved'::text, 'closed'::text])))
) with (fillfactor=85);
create index cases_by_assignee ON public.cases USING btree (account_id, owner_key(assignee_id), owner_key(team_id), shelf, last_activity_at, id);
create index cases_by_customer ON public.cases USING btree (account_id, customer_id, id);
create index cases_by_priority ON public.cases USING btree (account_id, priority, created_at, id);
create index cases_by_promise ON public.cases USING btree (account_id, next_promise_at, id) WHERE (next_promise_at IS NOT NULL);
create index cases_by_resolved ON public.cases USING btree (account_id, resolved_at, id) WHERE (resolved_at IS NOT NULL);
create index cases_by_shelf ON public.cases USING btree (account_id, shelf, last_activity_at, id);
create index cases_by_team ON public.cases USING btree (account_id, owner_key(team_id), shelf, last_activity_at, id);
create index cases_due ON public.cases USING btree (account_id, due_at, id) WHERE (due_at IS NOT NULL);
create index cases_following ON public.cases USING btree (account_id, follows_case_id, id) WHERE (follows_case_id IS NOT NULL);
create index cases_imported ON public.cases USING btree (account_id, import_id, id) WHERE (import_id IS NOT NULL);
create index cases_merged ON public.cases USING btree (account_id, merged_into_id) WHERE (merged_into_id IS NOT NULL);
create index cases_to_purge ON public.cases USING btree (removed_at) WHERE (removed_at IS NOT NULL);
create index cases_to_retain ON public.cases USING btree (account_id, inbox_id, resolved_at, id) WHERE ((resolved_at IS NOT NULL) AND (erased_at IS NULL) AND (merged_into_id IS NULL) AND (removed_as IS NULL));
create index cases_to_wake ON public.cases USING btree (snoozed_until) WHERE (snoozed_until IS NOT NULL);
create index cases_waiting ON public.cases USING btree (account_id, waiting_since, id) WHERE ((waiting_since IS NOT NULL) AND (status = ANY (ARRAY['new'::text, 'open'::text])));
create trigger tags AFTER INSERT ON public.cases FOR EACH ROW WHEN ((new.tags <> '{}'::text[])) EXECUTE FUNCTION keep_case_tags();
create trigger tags_changed AFTER UPDATE ON public.cases FOR EACH ROW WHEN ((old.tags IS DISTINCT FROM new.tags)) EXECUTE FUNCTION keep_case_tags();
create trigger tally AFTER INSERT OR DELETE ON public.cases FOR EACH ROW EXECUTE FUNCTION tally_case();
create trigger tally_changed AFTER UPDATE ON public.cases FOR EACH ROW WHEN (((old.shelf IS DISTINCT FROM new.shelf) OR (old.team_id IS DISTINCT FROM new.team_id) OR (old.assignee_id IS DISTINCT FROM new.assignee_id))) EXECUTE FUNCTION tally_case();
alter table cases enable row level security;
create policy tenant on cases for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on cases to rapport_app;

create table chat_file (
  account_id uuid not null,
  id uuid not null,
  visitor_id uuid not null,
  filename text not null,
  media_type text not null,
  bytes bigint not null,
  file_key text not null,
  created_at timestamp with time zone not null,
  constraint chat_file_pkey PRIMARY KEY (account_id, id),
  constraint chat_file_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint chat_file_account_id_visitor_id_fkey FOREIGN KEY (account_id, visitor_id) REFERENCES chat_visitor(account_id, id) ON DELETE CASCADE
);
create index chat_file_by_age ON public.chat_file USING btree (created_at);
create index chat_file_by_visitor ON public.chat_file USING btree (account_id, visitor_id);
alter table chat_file enable row level security;
create policy tenant on chat_file for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on chat_file to rapport_app;

create table chat_key (
  account_id uuid not null,
  id uuid not null,
  inbox_id uuid not null,
  name text not null,
  secret bytea,
  public_key text,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint chat_key_pkey PRIMARY KEY (account_id, id),
  constraint chat_key_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint chat_key_account_id_inbox_id_fkey FOREIGN KEY (account_id, inbox_id) REFERENCES inbox(account_id, id) ON DELETE CASCADE,
  constraint chat_key_check CHECK (((secret IS NULL) <> (public_key IS NULL)))
);
create index chat_key_by_inbox ON public.chat_key USING btree (account_id, inbox_id);
alter table chat_key enable row level security;
create policy tenant on chat_key for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on chat_key to rapport_app;

create table chat_visitor (
  account_id uuid not null,
  id uuid not null,
  inbox_id uuid not null,
  customer_id uuid,
  name text default ''::text not null,
  email text default ''::text not null,
  locale text default ''::text not null,
  page text default ''::text not null,
  seen_id uuid,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  is_in_line boolean default false not null,
  here_at timestamp with time zone,
  answer_waits_since timestamp with time zone,
  mailed_id uuid,
  external_id text,
  is_email_verified boolean default false not null,
  constraint chat_visitor_pkey PRIMARY KEY (account_id, id),
  constraint chat_visitor_account_id_customer_id_fkey FOREIGN KEY (account_id, customer_id) REFERENCES customer(account_id, id) ON DELETE SET NULL (customer_id),
  constraint chat_visitor_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint chat_visitor_account_id_inbox_id_fkey FOREIGN KEY (account_id, inbox_id) REFERENCES inbox(account_id, id) ON DELETE CASCADE
);
create index chat_visitor_answer_waits ON public.chat_visitor USING btree (answer_waits_since) WHERE (answer_waits_since IS NOT NULL);
create index chat_visitor_by_age ON public.chat_visitor USING btree (account_id, last_seen_at);
create index chat_visitor_by_customer ON public.chat_visitor USING btree (account_id, customer_id) WHERE (customer_id IS NOT NULL);
create unique index chat_visitor_by_external_id ON public.chat_visitor USING btree (account_id, inbox_id, external_id) WHERE (external_id IS NOT NULL);
create index chat_visitor_in_line ON public.chat_visitor USING btree (here_at) WHERE is_in_line;
alter table chat_visitor enable row level security;
create policy tenant on chat_visitor for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on chat_visitor to rapport_app;

create table chat_visitor_key (
  account_id uuid not null,
  key_hash bytea not null,
  visitor_id uuid not null,
  chat_key_id uuid,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  constraint chat_visitor_key_pkey PRIMARY KEY (account_id, key_hash),
  constraint chat_visitor_key_account_id_chat_key_id_fkey FOREIGN KEY (account_id, chat_key_id) REFERENCES chat_key(account_id, id) ON DELETE CASCADE,
  constraint chat_visitor_key_account_id_visitor_id_fkey FOREIGN KEY (account_id, visitor_id) REFERENCES chat_visitor(account_id, id) ON DELETE CASCADE
);
create index chat_visitor_key_by_end ON public.chat_visitor_key USING btree (expires_at) WHERE (expires_at IS NOT NULL);
create index chat_visitor_key_by_visitor ON public.chat_visitor_key USING btree (account_id, visitor_id);
alter table chat_visitor_key enable row level security;
create policy tenant on chat_visitor_key for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on chat_visitor_key to rapport_app;

create table customer (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  note text default ''::text not null,
  locale text,
  version integer default 1 not null,
  search_text text default ''::text not null,
  is_demo boolean default false not null,
  created_at timestamp with time zone not null,
  organization_id uuid,
  declined_organization_id uuid,
  time_zone text,
  preferred_channel text,
  contact_permission text default 'unknown'::text not null,
  fields jsonb default '{}'::jsonb not null,
  merged_into_id uuid,
  import_id uuid,
  constraint customer_pkey PRIMARY KEY (account_id, id),
  constraint customer_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint customer_account_id_merged_into_id_fkey FOREIGN KEY (account_id, merged_into_id) REFERENCES customer(account_id, id) ON DELETE CASCADE,
  constraint customer_account_id_organization_id_fkey FOREIGN KEY (account_id, organization_id) REFERENCES organization(account_id, id) ON DELETE SET NULL (organization_id),
  constraint customer_contact_permission_check CHECK ((contact_permission = ANY (ARRAY['unknown'::text, 'granted'::text, 'refused'::text]))),
  constraint customer_preferred_channel_check CHECK ((preferred_channel = ANY (ARRAY['email'::text, 'phone'::text])))
);
create index customer_by_organization ON public.customer USING btree (account_id, organization_id, id) WHERE (organization_id IS NOT NULL);
create index customer_imported ON public.customer USING btree (account_id, import_id, id) WHERE (import_id IS NOT NULL);
create index customer_merged ON public.customer USING btree (account_id, merged_into_id) WHERE (merged_into_id IS NOT NULL);
create index customer_search ON public.customer USING gin (account_id, to_tsvector('simple'::regconfig, search_text)) WITH (gin_pending_list_limit='256');
alter table customer enable row level security;
create policy tenant on customer for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on customer to rapport_app;

create table customer_duplicate (
  account_id uuid not null,
  first_id uuid not null,
  second_id uuid not null,
  reasons text[] not null,
  found_at timestamp with time zone not null,
  dismissed_at timestamp with time zone,
  constraint customer_duplicate_pkey PRIMARY KEY (account_id, first_id, second_id),
  constraint customer_duplicate_account_id_first_id_fkey FOREIGN KEY (account_id, first_id) REFERENCES customer(account_id, id) ON DELETE CASCADE,
  constraint customer_duplicate_account_id_second_id_fkey FOREIGN KEY (account_id, second_id) REFERENCES customer(account_id, id) ON DELETE CASCADE,
  constraint customer_duplicate_check CHECK ((first_id < second_id))
);
create index customer_duplicate_second ON public.customer_duplicate USING btree (account_id, second_id);
alter table customer_duplicate enable row level security;
create policy tenant on customer_duplicate for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on customer_duplicate to rapport_app;

create table customer_export (
  account_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  state text default 'waiting'::text not null,
  has_notes boolean default false not null,
  run_id uuid,
  attempts integer default 0 not null,
  failure text,
  done integer default 0 not null,
  total integer default 0 not null,
  bytes bigint default 0 not null,
  part_keys text[] default '{}'::text[] not null,
  by_name text not null,
  created_at timestamp with time zone not null,
  moved_at timestamp with time zone not null,
  ready_at timestamp with time zone,
  expires_at timestamp with time zone,
  constraint customer_export_pkey PRIMARY KEY (account_id, id),
  constraint customer_export_account_id_customer_id_fkey FOREIGN KEY (account_id, customer_id) REFERENCES customer(account_id, id) ON DELETE CASCADE,
  constraint customer_export_failure_check CHECK ((failure = ANY (ARRAY['storage'::text, 'interrupted'::text, 'unexpected'::text]))),
  constraint customer_export_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'ready'::text, 'cancelled'::text, 'failed'::text, 'expired'::text])))
);
create index customer_export_of ON public.customer_export USING btree (account_id, customer_id, id);
create unique index customer_export_running ON public.customer_export USING btree (account_id, customer_id) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));
create index customer_export_to_clear ON public.customer_export USING btree (moved_at) WHERE ((state = ANY (ARRAY['cancelled'::text, 'failed'::text, 'expired'::text])) AND (part_keys <> '{}'::text[]));
create index customer_export_to_expire ON public.customer_export USING btree (expires_at) WHERE (state = 'ready'::text);
create index customer_export_unfinished ON public.customer_export USING btree (moved_at) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]));
alter table customer_export enable row level security;
create policy tenant on customer_export for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on customer_export to rapport_app;

create table customer_field (
  account_id uuid not null,
  id uuid not null,
  subject text not null,
  name text not null,
  type text not null,
  options jsonb default '[]'::jsonb not null,
  currency text,
  is_retired boolean default false not null,
  "position" integer not null,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  constraint customer_field_pkey PRIMARY KEY (account_id, id),
  constraint customer_field_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint customer_field_check CHECK (((type = 'money'::text) = (currency IS NOT NULL))),
  constraint customer_field_subject_check CHECK ((subject = ANY (ARRAY['customer'::text, 'organization'::text]))),
  constraint customer_field_type_check CHECK ((type = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'choice'::text, 'yes_no'::text, 'money'::text])))
);
create unique index customer_field_by_name ON public.customer_field USING btree (account_id, subject, lower(name));
alter table customer_field enable row level security;
create policy tenant on customer_field for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on customer_field to rapport_app;

create table customer_identity (
  account_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  kind text not null,
  value text not null,
  verified_at timestamp with time zone,
  created_at timestamp with time zone not null,
  is_primary boolean default false not null,
  constraint customer_identity_pkey PRIMARY KEY (account_id, id),
  constraint customer_identity_account_id_kind_value_key UNIQUE (account_id, kind, value),
  constraint customer_identity_account_id_customer_id_fkey FOREIGN KEY (account_id, customer_id) REFERENCES customer(account_id, id) ON DELETE CASCADE
);
create index customer_identity_by_customer ON public.customer_identity USING btree (account_id, customer_id);
create unique index customer_identity_primary ON public.customer_identity USING btree (account_id, customer_id, kind) WHERE is_primary;
alter table customer_identity enable row level security;
create policy tenant on customer_identity for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on customer_identity to rapport_app;

create table customer_likeness (
  account_id uuid not null,
  key text not null,
  customer_id uuid not null,
  constraint customer_likeness_pkey PRIMARY KEY (account_id, key, customer_id),
  constraint customer_likeness_account_id_customer_id_fkey FOREIGN KEY (account_id, customer_id) REFERENCES customer(account_id, id) ON DELETE CASCADE
);
create index customer_likeness_of ON public.customer_likeness USING btree (account_id, customer_id);
alter table customer_likeness enable row level security;
create policy tenant on customer_likeness for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on customer_likeness to rapport_app;

create table customer_merge (
  account_id uuid not null,
  id uuid not null,
  from_customer_id uuid not null,
  into_customer_id uuid not null,
  by_name text not null,
  at timestamp with time zone not null,
  facts jsonb not null,
  undone_at timestamp with time zone,
  constraint customer_merge_pkey PRIMARY KEY (account_id, id),
  constraint customer_merge_account_id_from_customer_id_fkey FOREIGN KEY (account_id, from_customer_id) REFERENCES customer(account_id, id) ON DELETE CASCADE,
  constraint customer_merge_account_id_into_customer_id_fkey FOREIGN KEY (account_id, into_customer_id) REFERENCES customer(account_id, id) ON DELETE CASCADE
);
create index customer_merge_from ON public.customer_merge USING btree (account_id, from_customer_id, id);
create index customer_merge_into ON public.customer_merge USING btree (account_id, into_customer_id, id);
alter table customer_merge enable row level security;
create policy tenant on customer_merge for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on customer_merge to rapport_app;

create table demo (
  account_id uuid not null,
  state text not null,
  is_whole boolean default false not null,
  trickles boolean default false not null,
  host_agent_id uuid,
  done integer default 0 not null,
  total integer default 0 not null,
  began_at timestamp with time zone not null,
  constraint demo_pkey PRIMARY KEY (account_id),
  constraint demo_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint demo_state_check CHECK ((state = ANY (ARRAY['filling'::text, 'filled'::text, 'removing'::text])))
);
alter table demo enable row level security;
create policy tenant on demo for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on demo to rapport_app;

create table draft (
  account_id uuid not null,
  case_id uuid not null,
  agent_id uuid not null,
  mode text not null,
  body text not null,
  recipients jsonb default '{}'::jsonb not null,
  attachment_ids uuid[] default '{}'::uuid[] not null,
  revision integer not null,
  updated_at timestamp with time zone not null,
  html text,
  constraint draft_pkey PRIMARY KEY (account_id, case_id, agent_id, mode),
  constraint draft_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint draft_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint draft_mode_check CHECK ((mode = ANY (ARRAY['reply'::text, 'note'::text, 'forward'::text])))
);
alter table draft enable row level security;
create policy tenant on draft for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on draft to rapport_app;

create table email_auto_reply (
  account_id uuid not null,
  address text not null,
  hour_began timestamp with time zone not null,
  sent integer not null,
  constraint email_auto_reply_pkey PRIMARY KEY (account_id, address),
  constraint email_auto_reply_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
alter table email_auto_reply enable row level security;
create policy tenant on email_auto_reply for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on email_auto_reply to rapport_app;

create table email_outgoing (
  account_id uuid not null,
  entry_id uuid not null,
  case_id uuid not null,
  inbox_id uuid not null,
  message_id text not null,
  state text not null,
  attempts integer default 0 not null,
  due_at timestamp with time zone not null,
  lease_until timestamp with time zone,
  handed_over_at timestamp with time zone,
  first_queued_at timestamp with time zone not null,
  left_for text[],
  envelope_from text,
  envelope_to text[],
  response text,
  constraint email_outgoing_pkey PRIMARY KEY (account_id, entry_id),
  constraint email_outgoing_account_id_message_id_key UNIQUE (account_id, message_id),
  constraint email_outgoing_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint email_outgoing_account_id_inbox_id_fkey FOREIGN KEY (account_id, inbox_id) REFERENCES inbox(account_id, id),
  constraint email_outgoing_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'accepted'::text, 'bounced'::text, 'failed'::text, 'unknown'::text])))
);
create index email_outgoing_due ON public.email_outgoing USING btree (due_at) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]));
alter table email_outgoing enable row level security;
create policy tenant on email_outgoing for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on email_outgoing to rapport_app;

create table entry (
  account_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  kind text not null,
  direction text,
  author_kind text not null,
  author_id uuid,
  author_name text not null,
  occurred_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  body text default ''::text not null,
  html text,
  detail jsonb default '{}'::jsonb not null,
  search_text text,
  search_bucket integer default 0 not null,
  raw_key text,
  delivery_state text,
  delivery_reason text,
  delivery_attempts integer default 0 not null,
  next_attempt_at timestamp with time zone,
  conversation text,
  constraint entry_pkey PRIMARY KEY (account_id, case_id, id),
  constraint entry_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint entry_author_kind_check CHECK ((author_kind = ANY (ARRAY['customer'::text, 'agent'::text, 'bot'::text, 'system'::text]))),
  constraint entry_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint entry_kind_check CHECK ((kind = ANY (ARRAY['message'::text, 'note'::text, 'change'::text, 'brief'::text])))
);
create index entry_by_conversation ON public.entry USING btree (account_id, conversation, id) WHERE (conversation IS NOT NULL);
create index entry_raw ON public.entry USING hash (raw_key);
create index entry_search ON public.entry USING gin (account_id, entry_words(search_text, search_bucket)) WITH (gin_pending_list_limit='256') WHERE (search_text IS NOT NULL);
create index entry_undelivered ON public.entry USING btree (account_id, delivery_state, id) WHERE (delivery_state = ANY (ARRAY['queued'::text, 'sending'::text, 'failed'::text, 'bounced'::text, 'unknown'::text]));
alter table entry enable row level security;
create policy tenant on entry for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on entry to rapport_app;

create table entry_home (
  account_id uuid not null,
  entry_id uuid not null,
  case_id uuid not null,
  inbox_id uuid not null,
  constraint entry_home_pkey PRIMARY KEY (account_id, entry_id),
  constraint entry_home_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE
);
create index entry_home_by_case ON public.entry_home USING btree (account_id, case_id);
alter table entry_home enable row level security;
create policy tenant on entry_home for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on entry_home to rapport_app;

create table erasure (
  account_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  state text default 'waiting'::text not null,
  hashes text[] default '{}'::text[] not null,
  placeholder_id uuid,
  file_keys text[] default '{}'::text[] not null,
  report jsonb,
  by_name text not null,
  created_at timestamp with time zone not null,
  moved_at timestamp with time zone not null,
  erased_at timestamp with time zone,
  constraint erasure_pkey PRIMARY KEY (account_id, id),
  constraint erasure_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint erasure_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text])))
);
create unique index erasure_running ON public.erasure USING btree (account_id, customer_id) WHERE (state <> 'done'::text);
create index erasure_unfinished ON public.erasure USING btree (moved_at) WHERE (state <> 'done'::text);
alter table erasure enable row level security;
create policy tenant on erasure for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on erasure to rapport_app;

create table escalation (
  account_id uuid not null,
  case_id uuid not null,
  cause text not null,
  step integer default 0 not null,
  begun_at timestamp with time zone not null,
  next_at timestamp with time zone,
  acknowledged_at timestamp with time zone,
  acknowledged_by_name text,
  constraint escalation_pkey PRIMARY KEY (account_id, case_id, cause),
  constraint escalation_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE
);
create index escalation_due ON public.escalation USING btree (next_at) WHERE (next_at IS NOT NULL);
alter table escalation enable row level security;
create policy tenant on escalation for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on escalation to rapport_app;

create table event (
  account_id uuid not null,
  id uuid not null,
  xid xid8 default pg_current_xact_id() not null,
  topic text not null,
  payload jsonb not null,
  created_at timestamp with time zone not null,
  constraint event_pkey PRIMARY KEY (account_id, id),
  constraint event_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
create index event_by_xid ON public.event USING btree (xid, id);
alter table event enable row level security;
create policy tenant on event for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on event to rapport_app;

create table event_handled (
  account_id uuid not null,
  listener text not null,
  event_id uuid not null,
  handled_at timestamp with time zone default now() not null,
  constraint event_handled_pkey PRIMARY KEY (account_id, listener, event_id),
  constraint event_handled_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
create index event_handled_by_time ON public.event_handled USING brin (handled_at) WITH (pages_per_range='32', autosummarize='on');
alter table event_handled enable row level security;
create policy tenant on event_handled for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on event_handled to rapport_app;

create table event_relay (
  is_only boolean default true not null,
  xid xid8 default '0'::xid8 not null,
  id uuid default '00000000-0000-0000-0000-000000000000'::uuid not null,
  pruned_xid xid8 default '0'::xid8 not null,
  cluster text,
  constraint event_relay_pkey PRIMARY KEY (is_only),
  constraint event_relay_is_only_check CHECK (is_only)
);

create table idempotency_key (
  account_id uuid not null,
  agent_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  answer jsonb,
  created_at timestamp with time zone not null,
  constraint idempotency_key_pkey PRIMARY KEY (account_id, agent_id, key),
  constraint idempotency_key_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
create index idempotency_key_by_age ON public.idempotency_key USING btree (created_at);
create index idempotency_key_by_time ON public.idempotency_key USING brin (created_at) WITH (pages_per_range='32', autosummarize='on');
alter table idempotency_key enable row level security;
create policy tenant on idempotency_key for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on idempotency_key to rapport_app;

create table imap_cursor (
  account_id uuid not null,
  inbox_id uuid not null,
  folder text not null,
  host text not null,
  user_name text not null,
  uid_validity bigint not null,
  last_uid bigint not null,
  began_at_uid bigint not null,
  connected_at timestamp with time zone not null,
  constraint imap_cursor_pkey PRIMARY KEY (account_id, inbox_id, folder),
  constraint imap_cursor_account_id_inbox_id_fkey FOREIGN KEY (account_id, inbox_id) REFERENCES inbox(account_id, id) ON DELETE CASCADE
);
alter table imap_cursor enable row level security;
create policy tenant on imap_cursor for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on imap_cursor to rapport_app;

create table import_odd (
  account_id uuid not null,
  import_id uuid not null,
  is_check boolean not null,
  place integer not null,
  file text not null,
  record integer not null,
  line integer,
  code text not null,
  source_id text,
  constraint import_odd_pkey PRIMARY KEY (account_id, import_id, is_check, place),
  constraint import_odd_account_id_import_id_fkey FOREIGN KEY (account_id, import_id) REFERENCES import_run(account_id, id) ON DELETE CASCADE
);
alter table import_odd enable row level security;
create policy tenant on import_odd for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on import_odd to rapport_app;

create table import_part (
  account_id uuid not null,
  import_id uuid not null,
  file text not null,
  place integer not null,
  bytes integer not null,
  file_key text not null,
  constraint import_part_pkey PRIMARY KEY (account_id, import_id, file, place),
  constraint import_part_account_id_import_id_fkey FOREIGN KEY (account_id, import_id) REFERENCES import_run(account_id, id) ON DELETE CASCADE
);
alter table import_part enable row level security;
create policy tenant on import_part for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on import_part to rapport_app;

create table import_run (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  format text not null,
  origin text not null,
  inbox_id uuid not null,
  options jsonb not null,
  state text not null,
  "position" integer default 0 not null,
  total_bytes bigint default 0 not null,
  read_bytes bigint default 0 not null,
  found jsonb,
  counts jsonb default '{}'::jsonb not null,
  odd integer default 0 not null,
  former jsonb default '[]'::jsonb not null,
  trouble text,
  keeps_touched boolean default true not null,
  fingerprint text default ''::text not null,
  by_name text not null,
  created_at timestamp with time zone not null,
  moved_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  files jsonb,
  constraint import_run_pkey PRIMARY KEY (account_id, id),
  constraint import_run_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint import_run_account_id_inbox_id_fkey FOREIGN KEY (account_id, inbox_id) REFERENCES inbox(account_id, id) ON DELETE CASCADE,
  constraint import_run_format_check CHECK ((format = ANY (ARRAY['mbox'::text, 'maildir'::text, 'csv_customers'::text, 'csv_cases'::text, 'zendesk'::text, 'freshdesk'::text, 'chatwoot'::text, 'zammad'::text]))),
  constraint import_run_origin_check CHECK ((origin = ANY (ARRAY['upload'::text, 'command'::text]))),
  constraint import_run_state_check CHECK ((state = ANY (ARRAY['uploading'::text, 'checking'::text, 'checked'::text, 'running'::text, 'stopped'::text, 'done'::text, 'removing'::text, 'removed'::text])))
);
create index import_run_unfinished ON public.import_run USING btree (moved_at) WHERE (state = ANY (ARRAY['uploading'::text, 'checking'::text, 'running'::text, 'removing'::text]));
alter table import_run enable row level security;
create policy tenant on import_run for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on import_run to rapport_app;

create table inbox (
  account_id uuid not null,
  id uuid not null,
  channel text not null,
  name text not null,
  address text not null,
  team_id uuid,
  is_enabled boolean default true not null,
  settings jsonb not null,
  secrets bytea,
  health jsonb default '{"state": "waiting", "detail": null, "checkedAt": null}'::jsonb not null,
  is_demo boolean default false not null,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  constraint inbox_pkey PRIMARY KEY (account_id, id),
  constraint inbox_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint inbox_account_id_team_id_fkey FOREIGN KEY (account_id, team_id) REFERENCES team(account_id, id)
);
alter table inbox enable row level security;
create policy tenant on inbox for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on inbox to rapport_app;

create table inbox_address (
  channel text not null,
  address text not null,
  account_id uuid not null,
  inbox_id uuid not null,
  constraint inbox_address_pkey PRIMARY KEY (channel, address),
  constraint inbox_address_account_id_inbox_id_fkey FOREIGN KEY (account_id, inbox_id) REFERENCES inbox(account_id, id) ON DELETE CASCADE
);
create index inbox_address_by_inbox ON public.inbox_address USING btree (account_id, inbox_id);
alter table inbox_address enable row level security;
create policy tenant on inbox_address for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on inbox_address to rapport_app;

create table insight_day (
  account_id uuid not null,
  dimension text not null,
  day date not null,
  key text not null,
  measure text not null,
  count bigint not null,
  amount bigint not null,
  hours integer[],
  hour_counts integer[],
  constraint insight_day_pkey PRIMARY KEY (account_id, dimension, day, key, measure),
  constraint insight_day_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint insight_day_dimension_check CHECK ((dimension = ANY (ARRAY['all'::text, 'team'::text, 'inbox'::text, 'agent'::text, 'holder'::text, 'kind'::text, 'channel'::text, 'priority'::text, 'tag'::text])))
);
alter table insight_day enable row level security;
create policy tenant on insight_day for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on insight_day to rapport_app;

create table insight_export (
  account_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  question jsonb not null,
  permissions text[] not null,
  case_scope text not null,
  team_ids uuid[] not null,
  state text not null,
  done integer not null,
  total integer not null,
  created_at timestamp with time zone not null,
  constraint insight_export_pkey PRIMARY KEY (account_id, id),
  constraint insight_export_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint insight_export_state_check CHECK ((state = ANY (ARRAY['running'::text, 'ready'::text, 'failed'::text])))
);
create index insight_export_by_age ON public.insight_export USING btree (created_at);
alter table insight_export enable row level security;
create policy tenant on insight_export for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on insight_export to rapport_app;

create table insight_export_part (
  account_id uuid not null,
  export_id uuid not null,
  place integer not null,
  content text not null,
  constraint insight_export_part_pkey PRIMARY KEY (account_id, export_id, place),
  constraint insight_export_part_account_id_export_id_fkey FOREIGN KEY (account_id, export_id) REFERENCES insight_export(account_id, id) ON DELETE CASCADE
);
alter table insight_export_part enable row level security;
create policy tenant on insight_export_part for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on insight_export_part to rapport_app;

create table insight_fact (
  account_id uuid not null,
  case_id uuid not null,
  entry_id uuid not null,
  measure text not null,
  at timestamp with time zone not null,
  amount bigint not null,
  delta integer not null,
  inbox_id uuid not null,
  channel text not null,
  kind text not null,
  team_id uuid,
  agent_id uuid,
  tags text[] not null,
  priority text not null,
  began_at timestamp with time zone,
  until_at timestamp with time zone,
  holder_id uuid,
  constraint insight_fact_pkey PRIMARY KEY (account_id, case_id, entry_id, measure),
  constraint insight_fact_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint insight_fact_measure_check CHECK ((measure = ANY (ARRAY['created'::text, 'received'::text, 'sent'::text, 'resolved'::text, 'reopened'::text, 'first_response'::text, 'full_response'::text, 'resolution'::text, 'replies'::text])))
);
create index insight_fact_by_amount ON public.insight_fact USING btree (account_id, measure, amount, case_id, entry_id) INCLUDE (at, agent_id, holder_id, team_id, inbox_id, kind, channel, priority) WHERE (measure = ANY (ARRAY['first_response'::text, 'full_response'::text, 'resolution'::text, 'replies'::text]));
create index insight_fact_by_time ON public.insight_fact USING btree (account_id, measure, at, case_id, entry_id) INCLUDE (amount, agent_id, holder_id, team_id, inbox_id, kind, channel, priority);
create index insight_fact_unfinished ON public.insight_fact USING btree (account_id, until_at, at) INCLUDE (began_at, case_id, holder_id, team_id, inbox_id, kind, channel, priority) WHERE (until_at IS NOT NULL);
create trigger marked_changed AFTER UPDATE ON public.insight_fact REFERENCING OLD TABLE AS changed_from NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_changed_insight_days();
create trigger marked_gone AFTER DELETE ON public.insight_fact REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_insight_days();
create trigger marked_new AFTER INSERT ON public.insight_fact REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION mark_insight_days();
alter table insight_fact enable row level security;
create policy tenant on insight_fact for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on insight_fact to rapport_app;

create table insight_fill (
  account_id uuid not null,
  filled_at timestamp with time zone not null,
  constraint insight_fill_pkey PRIMARY KEY (account_id),
  constraint insight_fill_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
alter table insight_fill enable row level security;
create policy tenant on insight_fill for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on insight_fill to rapport_app;

create table insight_mark (
  account_id uuid not null,
  day date not null,
  slot integer not null,
  constraint insight_mark_pkey PRIMARY KEY (account_id, day, slot),
  constraint insight_mark_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
alter table insight_mark enable row level security;
create policy tenant on insight_mark for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on insight_mark to rapport_app;

create table insight_roll (
  account_id uuid not null,
  time_zone text not null,
  run uuid not null,
  rolled_at timestamp with time zone,
  constraint insight_roll_pkey PRIMARY KEY (account_id),
  constraint insight_roll_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
alter table insight_roll enable row level security;
create policy tenant on insight_roll for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on insight_roll to rapport_app;

create table installation (
  is_only boolean default true not null,
  account_id uuid not null,
  created_at timestamp with time zone not null,
  constraint installation_pkey PRIMARY KEY (is_only),
  constraint installation_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint installation_is_only_check CHECK (is_only)
);
grant insert, select on installation to rapport_app;

create table lease (
  name text not null,
  holder text not null,
  expires_at timestamp with time zone not null,
  constraint lease_pkey PRIMARY KEY (name)
);

create table ledger (
  account_id uuid not null,
  id uuid not null,
  direction text not null,
  at timestamp with time zone not null,
  inbox_id uuid,
  door text,
  message_id text,
  sender text not null,
  recipient text not null,
  subject text not null,
  bytes integer not null,
  outcome text,
  state text,
  reason text,
  masked_card_numbers integer default 0 not null,
  case_id uuid,
  entry_id uuid,
  raw_key text,
  is_demo boolean default false not null,
  purged_at timestamp with time zone,
  constraint ledger_pkey PRIMARY KEY (account_id, id),
  constraint ledger_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint ledger_check CHECK (((direction = 'in'::text) = (outcome IS NOT NULL))),
  constraint ledger_check1 CHECK (((direction = 'out'::text) = (state IS NOT NULL))),
  constraint ledger_direction_check CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text]))),
  constraint ledger_outcome_check CHECK ((outcome = ANY (ARRAY['new_case'::text, 'appended'::text, 'duplicate'::text, 'delivery_report'::text, 'set_aside'::text, 'ignored'::text]))),
  constraint ledger_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'accepted'::text, 'delivered'::text, 'read'::text, 'bounced'::text, 'failed'::text, 'unknown'::text])))
);
create unique index ledger_by_entry ON public.ledger USING btree (account_id, entry_id) WHERE (direction = 'out'::text);
create index ledger_by_inbox ON public.ledger USING btree (account_id, inbox_id, id);
create index ledger_by_message ON public.ledger USING btree (account_id, entry_id) WHERE ((direction = 'in'::text) AND (entry_id IS NOT NULL));
create index ledger_by_outcome ON public.ledger USING btree (account_id, outcome, id) WHERE (outcome = ANY (ARRAY['set_aside'::text, 'duplicate'::text, 'delivery_report'::text, 'ignored'::text]));
create index ledger_by_state ON public.ledger USING btree (account_id, state, id) WHERE (state <> 'accepted'::text);
create index ledger_raw ON public.ledger USING hash (raw_key);
create trigger tally AFTER INSERT OR DELETE ON public.ledger FOR EACH ROW EXECUTE FUNCTION tally_ledger();
create trigger tally_changed AFTER UPDATE ON public.ledger FOR EACH ROW WHEN (((old.outcome IS DISTINCT FROM new.outcome) OR (old.state IS DISTINCT FROM new.state))) EXECUTE FUNCTION tally_ledger();
alter table ledger enable row level security;
create policy tenant on ledger for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on ledger to rapport_app;

create table ledger_tally (
  account_id uuid not null,
  id uuid default gen_random_uuid() not null,
  direction text not null,
  what text not null,
  change integer not null,
  constraint ledger_tally_pkey PRIMARY KEY (account_id, id),
  constraint ledger_tally_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
alter table ledger_tally enable row level security;
create policy tenant on ledger_tally for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on ledger_tally to rapport_app;

create table login (
  id uuid not null,
  email text not null,
  password_hash text,
  totp_secret bytea,
  totp_pending bytea,
  totp_last_step bigint,
  created_at timestamp with time zone not null,
  password_changed_at timestamp with time zone,
  has_second_factor boolean generated always as ((totp_secret IS NOT NULL)) stored not null,
  has_passkey boolean default false not null,
  constraint login_pkey PRIMARY KEY (id),
  constraint login_email_key UNIQUE (email),
  constraint login_email_check CHECK ((email = lower(email)))
);
alter table login enable row level security;
create policy newcomer on login for insert to public with check true;
create policy own_people on login for select to public using (EXISTS ( SELECT
   FROM agent
  WHERE (agent.login_id = login.id)));
grant insert (id, email, password_hash, created_at, password_changed_at) on login to rapport_app;
grant select (id, has_second_factor, has_passkey) on login to rapport_app;

create table macro (
  account_id uuid not null,
  id uuid not null,
  folder_id uuid not null,
  name text not null,
  content jsonb not null,
  is_shipped boolean default false not null,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  updated_by_id uuid,
  updated_by_name text not null,
  constraint macro_pkey PRIMARY KEY (account_id, id),
  constraint macro_account_id_folder_id_fkey FOREIGN KEY (account_id, folder_id) REFERENCES macro_folder(account_id, id) ON DELETE CASCADE
);
create unique index macro_by_name ON public.macro USING btree (account_id, folder_id, lower(name));
alter table macro enable row level security;
create policy tenant on macro for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on macro to rapport_app;

create table macro_folder (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  audience text not null,
  owner_id uuid,
  team_id uuid,
  created_at timestamp with time zone not null,
  constraint macro_folder_pkey PRIMARY KEY (account_id, id),
  constraint macro_folder_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint macro_folder_account_id_owner_id_fkey FOREIGN KEY (account_id, owner_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint macro_folder_account_id_team_id_fkey FOREIGN KEY (account_id, team_id) REFERENCES team(account_id, id) ON DELETE CASCADE,
  constraint macro_folder_audience_check CHECK ((audience = ANY (ARRAY['personal'::text, 'team'::text, 'everyone'::text]))),
  constraint macro_folder_check CHECK (((audience = 'personal'::text) = (owner_id IS NOT NULL))),
  constraint macro_folder_check1 CHECK (((audience = 'team'::text) = (team_id IS NOT NULL)))
);
create unique index macro_folder_by_name ON public.macro_folder USING btree (account_id, audience, COALESCE(owner_id, team_id, account_id), lower(name));
alter table macro_folder enable row level security;
create policy tenant on macro_folder for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on macro_folder to rapport_app;

create table macro_use (
  account_id uuid not null,
  id uuid default gen_random_uuid() not null,
  macro_id uuid not null,
  uses integer not null,
  last_used_at timestamp with time zone not null,
  constraint macro_use_pkey PRIMARY KEY (account_id, id),
  constraint macro_use_account_id_macro_id_fkey FOREIGN KEY (account_id, macro_id) REFERENCES macro(account_id, id) ON DELETE CASCADE
);
create index macro_use_by_macro ON public.macro_use USING btree (account_id, macro_id);
alter table macro_use enable row level security;
create policy tenant on macro_use for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on macro_use to rapport_app;

create table macro_version (
  account_id uuid not null,
  macro_id uuid not null,
  version integer not null,
  name text not null,
  content jsonb not null,
  changed_by_id uuid,
  changed_by_name text not null,
  changed_at timestamp with time zone not null,
  constraint macro_version_pkey PRIMARY KEY (account_id, macro_id, version),
  constraint macro_version_account_id_macro_id_fkey FOREIGN KEY (account_id, macro_id) REFERENCES macro(account_id, id) ON DELETE CASCADE
);
alter table macro_version enable row level security;
create policy tenant on macro_version for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on macro_version to rapport_app;

create table mail_sign_in (
  account_id uuid not null,
  state_hash bytea not null,
  inbox_id uuid not null,
  agent_id uuid not null,
  sealed_verifier bytea not null,
  issuer text not null,
  client_id text not null,
  expires_at timestamp with time zone not null,
  constraint mail_sign_in_pkey PRIMARY KEY (account_id, state_hash),
  constraint mail_sign_in_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint mail_sign_in_account_id_inbox_id_fkey FOREIGN KEY (account_id, inbox_id) REFERENCES inbox(account_id, id) ON DELETE CASCADE
);
create index mail_sign_in_by_inbox ON public.mail_sign_in USING btree (account_id, inbox_id);
alter table mail_sign_in enable row level security;
create policy tenant on mail_sign_in for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on mail_sign_in to rapport_app;

create table mailbox_mail (
  account_id uuid not null,
  id uuid not null,
  address text not null,
  direction text not null,
  sender text not null,
  recipients text[] not null,
  subject text not null,
  body text not null,
  html text,
  message_id text not null,
  refers_to text[] default '{}'::text[] not null,
  at timestamp with time zone not null,
  is_demo boolean default false not null,
  constraint mailbox_mail_pkey PRIMARY KEY (account_id, address, id),
  constraint mailbox_mail_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint mailbox_mail_direction_check CHECK ((direction = ANY (ARRAY['to_customer'::text, 'from_customer'::text])))
);
create unique index mailbox_mail_once ON public.mailbox_mail USING btree (account_id, address, message_id);
alter table mailbox_mail enable row level security;
create policy tenant on mailbox_mail for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on mailbox_mail to rapport_app;

create table mailed_link (
  account_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  kind text not null,
  token_hash bytea not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint mailed_link_pkey PRIMARY KEY (account_id, id),
  constraint mailed_link_account_id_token_hash_key UNIQUE (account_id, token_hash),
  constraint mailed_link_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint mailed_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint mailed_link_kind_check CHECK ((kind = ANY (ARRAY['invitation'::text, 'reset'::text])))
);
alter table mailed_link enable row level security;
create policy tenant on mailed_link for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on mailed_link to rapport_app;

create table mention (
  account_id uuid not null,
  agent_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  entry_id uuid not null,
  by_agent_id uuid,
  by_name text not null,
  at timestamp with time zone not null,
  read_at timestamp with time zone,
  constraint mention_pkey PRIMARY KEY (account_id, agent_id, id),
  constraint mention_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint mention_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE
);
create index mention_by_agent_case ON public.mention USING btree (account_id, agent_id, case_id);
create index mention_by_case ON public.mention USING btree (account_id, case_id, agent_id);
create index mention_unread ON public.mention USING btree (account_id, agent_id, id) WHERE (read_at IS NULL);
alter table mention enable row level security;
create policy tenant on mention for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on mention to rapport_app;

create table migration (
  number integer not null,
  name text not null,
  checksum text not null,
  applied_at timestamp with time zone default now() not null,
  constraint migration_pkey PRIMARY KEY (number)
);

create table notification (
  account_id uuid not null,
  agent_id uuid not null,
  id uuid not null,
  kind text not null,
  case_id uuid not null,
  entry_id uuid,
  by_name text not null,
  count integer default 1 not null,
  first_at timestamp with time zone not null,
  at timestamp with time zone not null,
  read_at timestamp with time zone,
  is_listed boolean not null,
  is_shown boolean not null,
  is_sounded boolean not null,
  mail_at timestamp with time zone,
  constraint notification_pkey PRIMARY KEY (account_id, agent_id, id),
  constraint notification_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint notification_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE
);
create index notification_by_age ON public.notification USING btree (at);
create index notification_mail_due ON public.notification USING btree (mail_at) WHERE (mail_at IS NOT NULL);
create index notification_of_case ON public.notification USING btree (account_id, case_id, agent_id, kind, at);
create index notification_unread ON public.notification USING btree (account_id, agent_id, id) WHERE ((read_at IS NULL) AND is_listed);
create trigger counted AFTER INSERT OR DELETE ON public.notification FOR EACH ROW EXECUTE FUNCTION count_notification();
create trigger counted_anew AFTER UPDATE ON public.notification FOR EACH ROW WHEN (((old.is_listed <> new.is_listed) OR ((old.read_at IS NULL) <> (new.read_at IS NULL)))) EXECUTE FUNCTION count_notification();
alter table notification enable row level security;
create policy tenant on notification for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on notification to rapport_app;

create table notification_count (
  account_id uuid not null,
  agent_id uuid not null,
  unread integer not null,
  constraint notification_count_pkey PRIMARY KEY (account_id, agent_id),
  constraint notification_count_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE
);
alter table notification_count enable row level security;
create policy tenant on notification_count for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on notification_count to rapport_app;

create table notification_setting (
  account_id uuid not null,
  agent_id uuid not null,
  settings jsonb not null,
  time_zone text,
  paused_until timestamp with time zone,
  updated_at timestamp with time zone not null,
  constraint notification_setting_pkey PRIMARY KEY (account_id, agent_id),
  constraint notification_setting_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE
);
alter table notification_setting enable row level security;
create policy tenant on notification_setting for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on notification_setting to rapport_app;

create table notification_told (
  account_id uuid not null,
  agent_id uuid not null,
  event_key text not null,
  way text not null,
  at timestamp with time zone not null,
  constraint notification_told_pkey PRIMARY KEY (account_id, agent_id, event_key, way),
  constraint notification_told_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE
);
create index notification_told_by_age ON public.notification_told USING btree (at);
alter table notification_told enable row level security;
create policy tenant on notification_told for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on notification_told to rapport_app;

create table offer (
  account_id uuid not null,
  id uuid not null,
  item_id uuid not null,
  agent_id uuid not null,
  offered_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  outcome text,
  constraint offer_pkey PRIMARY KEY (account_id, id),
  constraint offer_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint offer_account_id_item_id_fkey FOREIGN KEY (account_id, item_id) REFERENCES work_item(account_id, id) ON DELETE CASCADE,
  constraint offer_check CHECK (((outcome IS NULL) = (ended_at IS NULL))),
  constraint offer_outcome_check CHECK ((outcome = ANY (ARRAY['accepted'::text, 'declined'::text, 'expired'::text, 'withdrawn'::text])))
);
create index offer_due ON public.offer USING btree (account_id, expires_at) WHERE (outcome IS NULL);
create index offer_of_item ON public.offer USING btree (account_id, item_id);
create unique index offer_open_of_agent ON public.offer USING btree (account_id, agent_id) WHERE (outcome IS NULL);
create unique index offer_open_of_item ON public.offer USING btree (account_id, item_id) WHERE (outcome IS NULL);
create index offer_refused ON public.offer USING btree (account_id, ended_at) WHERE (outcome = ANY (ARRAY['declined'::text, 'expired'::text]));
alter table offer enable row level security;
create policy tenant on offer for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on offer to rapport_app;

create table oidc_domain (
  account_id uuid not null,
  domain text not null,
  constraint oidc_domain_pkey PRIMARY KEY (account_id, domain),
  constraint oidc_domain_account_id_fkey FOREIGN KEY (account_id) REFERENCES oidc_provider(account_id) ON DELETE CASCADE,
  constraint oidc_domain_domain_check CHECK ((domain = lower(domain)))
);
create unique index oidc_domain_leads_to_one ON public.oidc_domain USING btree (domain);
alter table oidc_domain enable row level security;
create policy tenant on oidc_domain for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on oidc_domain to rapport_app;

create table oidc_flow (
  account_id uuid not null,
  id uuid not null,
  purpose text not null,
  token_hash bytea not null,
  browser_hash bytea,
  issuer text not null,
  nonce text,
  sealed_verifier bytea,
  session_id uuid,
  agent_id uuid,
  subject text,
  email text,
  sealed_id_token bytea,
  started_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  constraint oidc_flow_pkey PRIMARY KEY (account_id, id),
  constraint oidc_flow_account_id_token_hash_key UNIQUE (account_id, token_hash),
  constraint oidc_flow_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint oidc_flow_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint oidc_flow_purpose_check CHECK ((purpose = ANY (ARRAY['sign-in'::text, 'link'::text, 'prove'::text, 'join'::text])))
);
alter table oidc_flow enable row level security;
create policy tenant on oidc_flow for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on oidc_flow to rapport_app;

create table oidc_link (
  account_id uuid not null,
  issuer text not null,
  subject text not null,
  agent_id uuid not null,
  email text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint oidc_link_pkey PRIMARY KEY (account_id, issuer, subject),
  constraint oidc_link_account_id_agent_id_key UNIQUE (account_id, agent_id),
  constraint oidc_link_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint oidc_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
alter table oidc_link enable row level security;
create policy tenant on oidc_link for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on oidc_link to rapport_app;

create table oidc_provider (
  account_id uuid not null,
  name text not null,
  issuer text not null,
  client_id text not null,
  sealed_secret bytea,
  is_enabled boolean not null,
  is_enforced boolean not null,
  joining_role_id uuid,
  end_session_endpoint text,
  updated_at timestamp with time zone not null,
  constraint oidc_provider_pkey PRIMARY KEY (account_id),
  constraint oidc_provider_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint oidc_provider_account_id_joining_role_id_fkey FOREIGN KEY (account_id, joining_role_id) REFERENCES role(account_id, id)
);
alter table oidc_provider enable row level security;
create policy tenant on oidc_provider for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on oidc_provider to rapport_app;

create table organization (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  note text default ''::text not null,
  fields jsonb default '{}'::jsonb not null,
  search_text text default ''::text not null,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  constraint organization_pkey PRIMARY KEY (account_id, id),
  constraint organization_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
create unique index organization_by_name ON public.organization USING btree (account_id, lower(name));
alter table organization enable row level security;
create policy tenant on organization for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on organization to rapport_app;

create table organization_domain (
  account_id uuid not null,
  domain text not null,
  organization_id uuid not null,
  constraint organization_domain_pkey PRIMARY KEY (account_id, domain),
  constraint organization_domain_account_id_organization_id_fkey FOREIGN KEY (account_id, organization_id) REFERENCES organization(account_id, id) ON DELETE CASCADE,
  constraint organization_domain_domain_check CHECK ((domain = lower(domain)))
);
create index organization_domain_of ON public.organization_domain USING btree (account_id, organization_id);
alter table organization_domain enable row level security;
create policy tenant on organization_domain for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on organization_domain to rapport_app;

create table participant (
  account_id uuid not null,
  case_id uuid not null,
  address text not null,
  name text,
  customer_id uuid,
  added_at timestamp with time zone not null,
  is_known boolean default true not null,
  constraint participant_pkey PRIMARY KEY (account_id, case_id, address),
  constraint participant_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE
);
create index participant_by_address ON public.participant USING btree (account_id, address);
alter table participant enable row level security;
create policy tenant on participant for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on participant to rapport_app;

create table passkey (
  id uuid not null,
  login_id uuid not null,
  credential_id text not null,
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  name text not null,
  is_synced boolean not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  constraint passkey_pkey PRIMARY KEY (id),
  constraint passkey_credential_id_key UNIQUE (credential_id),
  constraint passkey_login_id_fkey FOREIGN KEY (login_id) REFERENCES login(id) ON DELETE CASCADE
);
create index passkey_by_login ON public.passkey USING btree (login_id);

create table passkey_challenge (
  id uuid not null,
  purpose text not null,
  challenge text not null,
  session_id uuid,
  expires_at timestamp with time zone not null,
  constraint passkey_challenge_pkey PRIMARY KEY (id),
  constraint passkey_challenge_purpose_check CHECK ((purpose = ANY (ARRAY['add'::text, 'sign-in'::text, 'prove'::text])))
);

create table planned_message (
  account_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  hold text not null,
  state text default 'waiting'::text not null,
  reason text,
  detail text,
  send_at timestamp with time zone not null,
  time_zone text,
  author_id uuid not null,
  author_name text not null,
  content jsonb not null,
  attachment_ids uuid[] default '{}'::uuid[] not null,
  seen_entry_id uuid,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  constraint planned_message_pkey PRIMARY KEY (account_id, id),
  constraint planned_message_account_id_author_id_fkey FOREIGN KEY (account_id, author_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint planned_message_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint planned_message_hold_check CHECK ((hold = ANY (ARRAY['undo'::text, 'schedule'::text]))),
  constraint planned_message_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'held_back'::text])))
);
create index planned_message_by_case ON public.planned_message USING btree (account_id, case_id, id);
create index planned_message_due ON public.planned_message USING btree (send_at) WHERE (state = 'waiting'::text);
alter table planned_message enable row level security;
create policy tenant on planned_message for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on planned_message to rapport_app;

create table presence (
  account_id uuid not null,
  agent_id uuid not null,
  state text not null,
  reason text,
  since timestamp with time zone not null,
  until_at timestamp with time zone,
  heard_at timestamp with time zone not null,
  constraint presence_pkey PRIMARY KEY (account_id, agent_id),
  constraint presence_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint presence_check CHECK (((state = 'wrap_up'::text) = (until_at IS NOT NULL))),
  constraint presence_check1 CHECK (((reason IS NULL) OR (state = 'away'::text))),
  constraint presence_state_check CHECK ((state = ANY (ARRAY['offline'::text, 'away'::text, 'available'::text, 'wrap_up'::text])))
);
create index presence_by_end ON public.presence USING btree (until_at) WHERE (until_at IS NOT NULL);
create index presence_by_heard ON public.presence USING btree (heard_at) WHERE (state <> 'offline'::text);
alter table presence enable row level security;
create policy tenant on presence for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on presence to rapport_app;

create table presence_change (
  account_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  state text not null,
  reason text,
  cause text not null,
  by_name text,
  at timestamp with time zone not null,
  until_at timestamp with time zone,
  constraint presence_change_pkey PRIMARY KEY (account_id, id),
  constraint presence_change_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint presence_change_cause_check CHECK ((cause = ANY (ARRAY['chosen'::text, 'connection_lost'::text, 'wrap_up_over'::text, 'disabled'::text, 'no_answer'::text, 'work_done'::text])))
);
create index presence_change_of_agent ON public.presence_change USING btree (account_id, agent_id, id);
alter table presence_change enable row level security;
create policy tenant on presence_change for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant insert, select on presence_change to rapport_app;

create table promise (
  account_id uuid not null,
  case_id uuid not null,
  id uuid not null,
  text text not null,
  due_at timestamp with time zone not null,
  state text default 'open'::text not null,
  made_by_id uuid,
  made_by_name text not null,
  made_at timestamp with time zone not null,
  entry_id uuid,
  settled_by_name text,
  settled_at timestamp with time zone,
  overdue_at timestamp with time zone,
  version integer default 1 not null,
  constraint promise_pkey PRIMARY KEY (account_id, case_id, id),
  constraint promise_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint promise_check CHECK (((state = 'open'::text) = (settled_at IS NULL))),
  constraint promise_state_check CHECK ((state = ANY (ARRAY['open'::text, 'kept'::text, 'broken'::text, 'withdrawn'::text])))
);
create index promise_falls_due ON public.promise USING btree (due_at) WHERE ((state = 'open'::text) AND (overdue_at IS NULL));
alter table promise enable row level security;
create policy tenant on promise for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on promise to rapport_app;

create table push_key (
  account_id uuid not null,
  public_key text not null,
  sealed_private bytea not null,
  created_at timestamp with time zone not null,
  constraint push_key_pkey PRIMARY KEY (account_id),
  constraint push_key_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
alter table push_key enable row level security;
create policy tenant on push_key for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on push_key to rapport_app;

create table push_subscription (
  account_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  session_id uuid not null,
  endpoint text not null,
  endpoint_hash bytea not null,
  p256dh text not null,
  auth text not null,
  client text not null,
  created_at timestamp with time zone not null,
  constraint push_subscription_pkey PRIMARY KEY (account_id, id),
  constraint push_subscription_account_id_endpoint_hash_key UNIQUE (account_id, endpoint_hash),
  constraint push_subscription_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint push_subscription_account_id_session_id_fkey FOREIGN KEY (account_id, session_id) REFERENCES session(account_id, id) ON DELETE CASCADE
);
create index push_subscription_by_agent ON public.push_subscription USING btree (account_id, agent_id);
alter table push_subscription enable row level security;
create policy tenant on push_subscription for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on push_subscription to rapport_app;

create table queue (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  channels text[] not null,
  team_id uuid,
  calendar_id uuid,
  priority smallint not null,
  skills jsonb not null,
  accept_seconds integer not null,
  preferred_seconds integer not null,
  offline_seconds integer not null,
  max_length integer,
  overflow_seconds integer,
  overflow_queue_id uuid,
  is_open boolean not null,
  version integer not null,
  updated_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  answer_within_seconds integer,
  wrap_up_seconds integer default 0 not null,
  constraint queue_pkey PRIMARY KEY (account_id, id),
  constraint queue_account_id_calendar_id_fkey FOREIGN KEY (account_id, calendar_id) REFERENCES calendar(account_id, id) ON DELETE SET NULL (calendar_id),
  constraint queue_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint queue_account_id_overflow_queue_id_fkey FOREIGN KEY (account_id, overflow_queue_id) REFERENCES queue(account_id, id) ON DELETE SET NULL (overflow_queue_id),
  constraint queue_account_id_team_id_fkey FOREIGN KEY (account_id, team_id) REFERENCES team(account_id, id) ON DELETE SET NULL (team_id),
  constraint queue_accept_seconds_check CHECK ((accept_seconds >= 0)),
  constraint queue_answer_within_seconds_check CHECK ((answer_within_seconds > 0)),
  constraint queue_max_length_check CHECK ((max_length > 0)),
  constraint queue_offline_seconds_check CHECK ((offline_seconds >= 0)),
  constraint queue_overflow_seconds_check CHECK ((overflow_seconds > 0)),
  constraint queue_preferred_seconds_check CHECK ((preferred_seconds >= 0)),
  constraint queue_priority_check CHECK (((priority >= 0) AND (priority <= 120))),
  constraint queue_wrap_up_seconds_check CHECK (((wrap_up_seconds >= 0) AND (wrap_up_seconds <= 3600)))
);
create unique index queue_by_name ON public.queue USING btree (account_id, lower(name)) WHERE (removed_at IS NULL);
alter table queue enable row level security;
create policy tenant on queue for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on queue to rapport_app;

create unlogged table rate_limit (
  bucket text not null,
  window_start timestamp with time zone not null,
  hits integer not null,
  constraint rate_limit_pkey PRIMARY KEY (bucket)
);
grant delete, insert, select, update on rate_limit to rapport_app;

create table received (
  account_id uuid not null,
  inbox_id uuid not null,
  dedupe_key text not null,
  case_id uuid,
  entry_id uuid,
  at timestamp with time zone not null,
  constraint received_pkey PRIMARY KEY (account_id, inbox_id, dedupe_key),
  constraint received_account_id_inbox_id_fkey FOREIGN KEY (account_id, inbox_id) REFERENCES inbox(account_id, id) ON DELETE CASCADE
);
create index received_by_case ON public.received USING btree (account_id, case_id);
alter table received enable row level security;
create policy tenant on received for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on received to rapport_app;

create table recovery_code (
  login_id uuid not null,
  code_hash bytea not null,
  used_at timestamp with time zone,
  constraint recovery_code_pkey PRIMARY KEY (login_id, code_hash),
  constraint recovery_code_login_id_fkey FOREIGN KEY (login_id) REFERENCES login(id) ON DELETE CASCADE
);

create table retention_policy (
  account_id uuid not null,
  action text not null,
  days integer not null,
  keep_tags text[] default '{}'::text[] not null,
  removes_customers boolean default true not null,
  placeholder_id uuid not null,
  version integer default 1 not null,
  by_name text not null,
  changed_at timestamp with time zone not null,
  looked_at timestamp with time zone default now() not null,
  constraint retention_policy_pkey PRIMARY KEY (account_id),
  constraint retention_policy_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint retention_policy_action_check CHECK ((action = ANY (ARRAY['keep'::text, 'words'::text, 'case'::text]))),
  constraint retention_policy_days_check CHECK ((days > 0))
);
alter table retention_policy enable row level security;
create policy tenant on retention_policy for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on retention_policy to rapport_app;

create table retention_rule (
  account_id uuid not null,
  inbox_id uuid not null,
  action text not null,
  days integer not null,
  constraint retention_rule_pkey PRIMARY KEY (account_id, inbox_id),
  constraint retention_rule_account_id_inbox_id_fkey FOREIGN KEY (account_id, inbox_id) REFERENCES inbox(account_id, id) ON DELETE CASCADE,
  constraint retention_rule_action_check CHECK ((action = ANY (ARRAY['keep'::text, 'words'::text, 'case'::text]))),
  constraint retention_rule_days_check CHECK ((days > 0))
);
alter table retention_rule enable row level security;
create policy tenant on retention_rule for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on retention_rule to rapport_app;

create table retention_run (
  account_id uuid not null,
  id uuid not null,
  state text default 'running'::text not null,
  words integer default 0 not null,
  cases integer default 0 not null,
  messages integer default 0 not null,
  files integer default 0 not null,
  customers integer default 0 not null,
  held integer default 0 not null,
  failed integer default 0 not null,
  started_at timestamp with time zone not null,
  moved_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint retention_run_pkey PRIMARY KEY (account_id, id),
  constraint retention_run_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint retention_run_state_check CHECK ((state = ANY (ARRAY['running'::text, 'done'::text])))
);
create unique index retention_run_running ON public.retention_run USING btree (account_id) WHERE (state = 'running'::text);
alter table retention_run enable row level security;
create policy tenant on retention_run for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on retention_run to rapport_app;

create table role (
  account_id uuid not null,
  id uuid not null,
  key text,
  name text not null,
  permissions text[] not null,
  case_scope text not null,
  created_at timestamp with time zone not null,
  second_factor_since timestamp with time zone,
  constraint role_pkey PRIMARY KEY (account_id, id),
  constraint role_account_id_name_key UNIQUE (account_id, name),
  constraint role_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint role_case_scope_check CHECK ((case_scope = ANY (ARRAY['own'::text, 'team'::text, 'all'::text])))
);
alter table role enable row level security;
create policy tenant on role for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on role to rapport_app;

create table rule (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  content jsonb not null,
  is_on boolean not null,
  "position" integer not null,
  version integer default 1 not null,
  since_what text,
  since_hours integer,
  is_filling boolean default false not null,
  fill_after uuid,
  last_agent_id uuid,
  off_because text,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  updated_by_id uuid,
  updated_by_name text not null,
  api_key_id uuid,
  removed_at timestamp with time zone,
  constraint rule_pkey PRIMARY KEY (account_id, id),
  constraint rule_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint rule_check CHECK (((since_what IS NULL) = (since_hours IS NULL))),
  constraint rule_since_what_check CHECK ((since_what = ANY (ARRAY['waiting'::text, 'customer_silent'::text, 'snooze'::text, 'promise'::text, 'resolved'::text])))
);
create unique index rule_by_name ON public.rule USING btree (account_id, lower(name)) WHERE (removed_at IS NULL);
create index rule_to_fill ON public.rule USING btree (account_id) WHERE is_filling;
alter table rule enable row level security;
create policy tenant on rule for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on rule to rapport_app;

create table rule_effect (
  account_id uuid not null,
  event_id uuid not null,
  chain uuid[] not null,
  at timestamp with time zone not null,
  constraint rule_effect_pkey PRIMARY KEY (account_id, event_id),
  constraint rule_effect_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
create index rule_effect_old ON public.rule_effect USING btree (at);
alter table rule_effect enable row level security;
create policy tenant on rule_effect for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on rule_effect to rapport_app;

create table rule_run (
  account_id uuid not null,
  id uuid not null,
  rule_id uuid not null,
  rule_version integer not null,
  case_id uuid not null,
  event_id uuid,
  cause text not null,
  outcome text not null,
  reason text,
  outcomes jsonb not null,
  at timestamp with time zone not null,
  constraint rule_run_pkey PRIMARY KEY (account_id, id),
  constraint rule_run_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint rule_run_account_id_rule_id_fkey FOREIGN KEY (account_id, rule_id) REFERENCES rule(account_id, id) ON DELETE CASCADE,
  constraint rule_run_outcome_check CHECK ((outcome = ANY (ARRAY['fired'::text, 'stopped'::text, 'held_back'::text, 'failed'::text])))
);
create index rule_run_by_case ON public.rule_run USING btree (account_id, case_id, id);
create index rule_run_by_rule ON public.rule_run USING btree (account_id, rule_id, id);
create index rule_run_old ON public.rule_run USING btree (at);
create unique index rule_run_once ON public.rule_run USING btree (account_id, rule_id, event_id) WHERE (event_id IS NOT NULL);
alter table rule_run enable row level security;
create policy tenant on rule_run for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on rule_run to rapport_app;

create table rule_tally (
  account_id uuid not null,
  id uuid default gen_random_uuid() not null,
  rule_id uuid not null,
  fired integer not null,
  failed integer not null,
  last_at timestamp with time zone not null,
  constraint rule_tally_pkey PRIMARY KEY (account_id, id),
  constraint rule_tally_account_id_rule_id_fkey FOREIGN KEY (account_id, rule_id) REFERENCES rule(account_id, id) ON DELETE CASCADE
);
create index rule_tally_by_rule ON public.rule_tally USING btree (account_id, rule_id);
alter table rule_tally enable row level security;
create policy tenant on rule_tally for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on rule_tally to rapport_app;

create table rule_timer (
  account_id uuid not null,
  rule_id uuid not null,
  case_id uuid not null,
  base_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  state text default 'waiting'::text not null,
  constraint rule_timer_pkey PRIMARY KEY (account_id, rule_id, case_id),
  constraint rule_timer_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint rule_timer_account_id_rule_id_fkey FOREIGN KEY (account_id, rule_id) REFERENCES rule(account_id, id) ON DELETE CASCADE,
  constraint rule_timer_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'looked'::text, 'acted'::text])))
);
create index rule_timer_by_case ON public.rule_timer USING btree (account_id, case_id);
create index rule_timer_due ON public.rule_timer USING btree (due_at) WHERE (state = 'waiting'::text);
alter table rule_timer enable row level security;
create policy tenant on rule_timer for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on rule_timer to rapport_app;

create table rule_version (
  account_id uuid not null,
  rule_id uuid not null,
  version integer not null,
  name text not null,
  content jsonb not null,
  is_on boolean not null,
  changed_by_id uuid,
  changed_by_name text not null,
  changed_at timestamp with time zone not null,
  constraint rule_version_pkey PRIMARY KEY (account_id, rule_id, version),
  constraint rule_version_account_id_rule_id_fkey FOREIGN KEY (account_id, rule_id) REFERENCES rule(account_id, id) ON DELETE CASCADE
);
alter table rule_version enable row level security;
create policy tenant on rule_version for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on rule_version to rapport_app;

create table saved_search (
  account_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  name text not null,
  q text not null,
  created_at timestamp with time zone not null,
  constraint saved_search_pkey PRIMARY KEY (account_id, id),
  constraint saved_search_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint saved_search_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
create unique index saved_search_by_name ON public.saved_search USING btree (account_id, agent_id, lower(name));
alter table saved_search enable row level security;
create policy tenant on saved_search for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on saved_search to rapport_app;

create table service_clock (
  account_id uuid not null,
  case_id uuid not null,
  kind text not null,
  entry_id uuid not null,
  policy_id uuid not null,
  policy_name text not null,
  calendar_name text,
  minutes integer not null,
  started_at timestamp with time zone not null,
  due_at timestamp with time zone,
  warn_at timestamp with time zone,
  paused_at timestamp with time zone,
  left_ms bigint,
  met_at timestamp with time zone,
  warned_at timestamp with time zone,
  breached_at timestamp with time zone,
  tell_at timestamp with time zone generated always as (
CASE
    WHEN ((met_at IS NOT NULL) OR (breached_at IS NOT NULL) OR (due_at IS NULL)) THEN NULL::timestamp with time zone
    WHEN ((warned_at IS NULL) AND (warn_at IS NOT NULL)) THEN warn_at
    ELSE due_at
END) stored,
  constraint service_clock_pkey PRIMARY KEY (account_id, case_id, kind, entry_id),
  constraint service_clock_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint service_clock_check CHECK (((paused_at IS NULL) = (left_ms IS NULL))),
  constraint service_clock_check1 CHECK (((paused_at IS NULL) OR (due_at IS NULL))),
  constraint service_clock_kind_check CHECK ((kind = ANY (ARRAY['first_response'::text, 'next_response'::text, 'resolution'::text])))
);
create index service_clock_to_tell ON public.service_clock USING btree (tell_at, case_id) WHERE (tell_at IS NOT NULL);
alter table service_clock enable row level security;
create policy tenant on service_clock for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on service_clock to rapport_app;

create table service_policy (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  place integer not null,
  calendar_id uuid,
  content jsonb not null,
  version integer not null,
  updated_at timestamp with time zone not null,
  constraint service_policy_pkey PRIMARY KEY (account_id, id),
  constraint service_policy_account_id_calendar_id_fkey FOREIGN KEY (account_id, calendar_id) REFERENCES calendar(account_id, id),
  constraint service_policy_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
create index service_policy_by_calendar ON public.service_policy USING btree (account_id, calendar_id) WHERE (calendar_id IS NOT NULL);
create unique index service_policy_by_name ON public.service_policy USING btree (account_id, lower(name));
alter table service_policy enable row level security;
create policy tenant on service_policy for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on service_policy to rapport_app;

create table service_recount (
  account_id uuid not null,
  "position" uuid not null,
  done integer not null,
  total integer not null,
  is_over boolean not null,
  touched_at timestamp with time zone not null,
  constraint service_recount_pkey PRIMARY KEY (account_id),
  constraint service_recount_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
create index service_recount_stuck ON public.service_recount USING btree (touched_at) WHERE (NOT is_over);
alter table service_recount enable row level security;
create policy tenant on service_recount for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on service_recount to rapport_app;

create table session (
  account_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  token_hash bytea not null,
  client text not null,
  address text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  method text default 'password'::text not null,
  factors smallint default 1 not null,
  proved_at timestamp with time zone,
  sealed_id_token bytea,
  constraint session_pkey PRIMARY KEY (account_id, id),
  constraint session_account_id_token_hash_key UNIQUE (account_id, token_hash),
  constraint session_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint session_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint session_factors_check CHECK ((factors = ANY (ARRAY[1, 2]))),
  constraint session_method_check CHECK ((method = ANY (ARRAY['password'::text, 'passkey'::text, 'company'::text])))
);
create index session_by_agent ON public.session USING btree (account_id, agent_id);
alter table session enable row level security;
create policy tenant on session for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on session to rapport_app;

create table sign_in_policy (
  account_id uuid not null,
  idle_minutes integer not null,
  longest_minutes integer not null,
  most_sessions integer,
  grace_days integer not null,
  constraint sign_in_policy_pkey PRIMARY KEY (account_id),
  constraint sign_in_policy_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint sign_in_policy_grace_days_check CHECK (((grace_days >= 0) AND (grace_days <= 90))),
  constraint sign_in_policy_idle_minutes_check CHECK (((idle_minutes >= 5) AND (idle_minutes <= 129600))),
  constraint sign_in_policy_longest_minutes_check CHECK (((longest_minutes >= 15) AND (longest_minutes <= 525600))),
  constraint sign_in_policy_most_sessions_check CHECK (((most_sessions >= 1) AND (most_sessions <= 100)))
);
alter table sign_in_policy enable row level security;
create policy tenant on sign_in_policy for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on sign_in_policy to rapport_app;

create table signature (
  account_id uuid not null,
  id uuid not null,
  inbox_id uuid,
  agent_id uuid,
  text text not null,
  html text,
  updated_at timestamp with time zone not null,
  constraint signature_pkey PRIMARY KEY (account_id, id),
  constraint signature_account_id_agent_id_key UNIQUE (account_id, agent_id),
  constraint signature_account_id_inbox_id_key UNIQUE (account_id, inbox_id),
  constraint signature_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint signature_account_id_inbox_id_fkey FOREIGN KEY (account_id, inbox_id) REFERENCES inbox(account_id, id) ON DELETE CASCADE,
  constraint signature_check CHECK (((inbox_id IS NULL) <> (agent_id IS NULL)))
);
alter table signature enable row level security;
create policy tenant on signature for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on signature to rapport_app;

create table skill (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  constraint skill_pkey PRIMARY KEY (account_id, id),
  constraint skill_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
create unique index skill_by_name ON public.skill USING btree (account_id, lower(name));
alter table skill enable row level security;
create policy tenant on skill for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on skill to rapport_app;

create table survey (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  is_active boolean not null,
  content jsonb not null,
  version integer not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  is_demo boolean default false not null,
  constraint survey_pkey PRIMARY KEY (account_id, id),
  constraint survey_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
create unique index survey_by_name ON public.survey USING btree (account_id, name) WHERE (removed_at IS NULL);
alter table survey enable row level security;
create policy tenant on survey for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on survey to rapport_app;

create table survey_ask (
  account_id uuid not null,
  id uuid not null,
  survey_id uuid not null,
  case_id uuid not null,
  customer_id uuid not null,
  kind text not null,
  channel text not null,
  inbox_id uuid not null,
  team_id uuid,
  agent_id uuid,
  language text default 'en'::text not null,
  resolved_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  state text not null,
  left_out_because text,
  asked_at timestamp with time zone,
  closes_at timestamp with time zone,
  line_id uuid,
  followed_up_at timestamp with time zone,
  score integer,
  comment text default ''::text not null,
  answered_at timestamp with time zone,
  changed_at timestamp with time zone,
  constraint survey_ask_pkey PRIMARY KEY (account_id, id),
  constraint survey_ask_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE SET NULL (agent_id),
  constraint survey_ask_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint survey_ask_account_id_customer_id_fkey FOREIGN KEY (account_id, customer_id) REFERENCES customer(account_id, id) ON DELETE CASCADE,
  constraint survey_ask_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint survey_ask_account_id_inbox_id_fkey FOREIGN KEY (account_id, inbox_id) REFERENCES inbox(account_id, id),
  constraint survey_ask_account_id_survey_id_fkey FOREIGN KEY (account_id, survey_id) REFERENCES survey(account_id, id),
  constraint survey_ask_account_id_team_id_fkey FOREIGN KEY (account_id, team_id) REFERENCES team(account_id, id) ON DELETE SET NULL (team_id),
  constraint survey_ask_check CHECK (((state = 'asked'::text) = (asked_at IS NOT NULL))),
  constraint survey_ask_check1 CHECK (((score IS NULL) = (answered_at IS NULL))),
  constraint survey_ask_kind_check CHECK ((kind = ANY (ARRAY['csat'::text, 'effort'::text, 'nps'::text]))),
  constraint survey_ask_score_check CHECK (((score >= 0) AND (score <= 10))),
  constraint survey_ask_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'asked'::text, 'left_out'::text])))
);
create index survey_ask_by_customer ON public.survey_ask USING btree (account_id, customer_id);
create index survey_ask_by_inbox ON public.survey_ask USING btree (account_id, inbox_id);
create index survey_ask_by_survey ON public.survey_ask USING btree (account_id, survey_id);
create index survey_ask_by_time ON public.survey_ask USING btree (account_id, kind, asked_at, id) WHERE (state = 'asked'::text);
create index survey_ask_due ON public.survey_ask USING btree (due_at, id) WHERE (state = 'waiting'::text);
create unique index survey_ask_once ON public.survey_ask USING btree (account_id, case_id, resolved_at);
alter table survey_ask enable row level security;
create policy tenant on survey_ask for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on survey_ask to rapport_app;

create table system_mail (
  account_id uuid not null,
  id uuid not null,
  kind text not null,
  recipient text not null,
  subject text not null,
  sealed_text bytea,
  state text default 'queued'::text not null,
  attempts integer default 0 not null,
  next_attempt_at timestamp with time zone not null,
  send_before timestamp with time zone not null,
  reason text,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint system_mail_pkey PRIMARY KEY (account_id, id),
  constraint system_mail_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint system_mail_check CHECK (((state = ANY (ARRAY['queued'::text, 'sending'::text])) = (sealed_text IS NOT NULL))),
  constraint system_mail_kind_check CHECK ((kind = ANY (ARRAY['invitation'::text, 'reset'::text, 'notice'::text]))),
  constraint system_mail_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'failed'::text])))
);
create index system_mail_due ON public.system_mail USING btree (next_attempt_at) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]));
alter table system_mail enable row level security;
create policy tenant on system_mail for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on system_mail to rapport_app;

create table team (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  is_demo boolean default false not null,
  created_at timestamp with time zone not null,
  constraint team_pkey PRIMARY KEY (account_id, id),
  constraint team_account_id_name_key UNIQUE (account_id, name),
  constraint team_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
);
alter table team enable row level security;
create policy tenant on team for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on team to rapport_app;

create table team_escalation (
  account_id uuid not null,
  team_id uuid not null,
  after_minutes integer not null,
  then_minutes integer,
  constraint team_escalation_pkey PRIMARY KEY (account_id, team_id),
  constraint team_escalation_account_id_team_id_fkey FOREIGN KEY (account_id, team_id) REFERENCES team(account_id, id) ON DELETE CASCADE,
  constraint team_escalation_after_minutes_check CHECK (((after_minutes >= 1) AND (after_minutes <= 10080))),
  constraint team_escalation_then_minutes_check CHECK (((then_minutes >= 1) AND (then_minutes <= 10080)))
);
alter table team_escalation enable row level security;
create policy tenant on team_escalation for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on team_escalation to rapport_app;

create table team_member (
  account_id uuid not null,
  team_id uuid not null,
  agent_id uuid not null,
  constraint team_member_pkey PRIMARY KEY (account_id, team_id, agent_id),
  constraint team_member_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint team_member_account_id_team_id_fkey FOREIGN KEY (account_id, team_id) REFERENCES team(account_id, id) ON DELETE CASCADE
);
create index team_member_by_agent ON public.team_member USING btree (account_id, agent_id);
alter table team_member enable row level security;
create policy tenant on team_member for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on team_member to rapport_app;

create table thread (
  account_id uuid not null,
  inbox_id uuid not null,
  key text not null,
  case_id uuid not null,
  is_awaited boolean default false not null,
  was_case_id uuid,
  constraint thread_pkey PRIMARY KEY (account_id, inbox_id, key),
  constraint thread_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE
);
create index thread_by_case ON public.thread USING btree (account_id, case_id);
alter table thread enable row level security;
create policy tenant on thread for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on thread to rapport_app;

create table wait_estimate (
  account_id uuid not null,
  item_id uuid not null,
  queue_id uuid not null,
  at timestamp with time zone not null,
  "position" integer not null,
  serving integer not null,
  handled_seconds real,
  low_seconds integer,
  high_seconds integer,
  waited_seconds integer,
  constraint wait_estimate_pkey PRIMARY KEY (account_id, item_id),
  constraint wait_estimate_account_id_item_id_fkey FOREIGN KEY (account_id, item_id) REFERENCES work_item(account_id, id) ON DELETE CASCADE,
  constraint wait_estimate_account_id_queue_id_fkey FOREIGN KEY (account_id, queue_id) REFERENCES queue(account_id, id)
);
create index wait_estimate_by_time ON public.wait_estimate USING btree (account_id, queue_id, at);
alter table wait_estimate enable row level security;
create policy tenant on wait_estimate for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on wait_estimate to rapport_app;

create table webhook_attempt (
  account_id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null,
  status integer,
  duration_ms integer not null,
  answer text default ''::text not null,
  trouble text,
  constraint webhook_attempt_pkey PRIMARY KEY (account_id, endpoint_id, event_id, id),
  constraint webhook_attempt_account_id_endpoint_id_event_id_fkey FOREIGN KEY (account_id, endpoint_id, event_id) REFERENCES webhook_delivery(account_id, endpoint_id, event_id) ON DELETE CASCADE
);
alter table webhook_attempt enable row level security;
create policy tenant on webhook_attempt for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on webhook_attempt to rapport_app;

create table webhook_delivery (
  account_id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  topic text not null,
  payload jsonb not null,
  event_at timestamp with time zone not null,
  case_id uuid,
  customer_id uuid,
  state text default 'waiting'::text not null,
  attempts integer default 0 not null,
  next_at timestamp with time zone not null,
  give_up_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint webhook_delivery_pkey PRIMARY KEY (account_id, endpoint_id, event_id),
  constraint webhook_delivery_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint webhook_delivery_account_id_customer_id_fkey FOREIGN KEY (account_id, customer_id) REFERENCES customer(account_id, id) ON DELETE CASCADE,
  constraint webhook_delivery_account_id_endpoint_id_fkey FOREIGN KEY (account_id, endpoint_id) REFERENCES webhook_endpoint(account_id, id) ON DELETE CASCADE,
  constraint webhook_delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text])))
);
create index webhook_delivery_by_case ON public.webhook_delivery USING btree (account_id, case_id);
create index webhook_delivery_by_customer ON public.webhook_delivery USING btree (account_id, customer_id);
create index webhook_delivery_by_time ON public.webhook_delivery USING brin (created_at) WITH (pages_per_range='32', autosummarize='on');
create index webhook_delivery_due ON public.webhook_delivery USING btree (account_id, endpoint_id, event_id) WHERE (state = 'waiting'::text);
create index webhook_delivery_failed ON public.webhook_delivery USING btree (account_id, endpoint_id, event_id) WHERE (state = 'failed'::text);
create index webhook_delivery_in_order ON public.webhook_delivery USING btree (account_id, endpoint_id, case_id, event_id) WHERE (state = 'waiting'::text);
alter table webhook_delivery enable row level security;
create policy tenant on webhook_delivery for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on webhook_delivery to rapport_app;

create table webhook_endpoint (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  url text not null,
  topics text[] not null,
  include_resource boolean default false not null,
  agent_id uuid not null,
  is_enabled boolean default true not null,
  off_reason text,
  secret bytea not null,
  old_secret bytea,
  old_secret_until timestamp with time zone,
  failing_since timestamp with time zone,
  failures integer default 0 not null,
  paused_until timestamp with time zone,
  drainer uuid,
  draining_until timestamp with time zone,
  version integer default 1 not null,
  created_at timestamp with time zone not null,
  api_key_id uuid,
  api_key_name text,
  last_delivered_at timestamp with time zone,
  constraint webhook_endpoint_pkey PRIMARY KEY (account_id, id),
  constraint webhook_endpoint_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id) ON DELETE CASCADE,
  constraint webhook_endpoint_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint webhook_endpoint_check CHECK ((is_enabled = (off_reason IS NULL))),
  constraint webhook_endpoint_off_reason_check CHECK ((off_reason = ANY (ARRAY['by_hand'::text, 'failing'::text, 'gone'::text, 'agent_left'::text, 'key_gone'::text, 'secret_lost'::text])))
);
alter table webhook_endpoint enable row level security;
create policy tenant on webhook_endpoint for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on webhook_endpoint to rapport_app;

create table work_item (
  account_id uuid not null,
  id uuid not null,
  queue_id uuid not null,
  channel text not null,
  load text not null,
  key text not null,
  case_id uuid,
  customer_id uuid,
  team_id uuid,
  priority smallint not null,
  skills jsonb not null,
  since timestamp with time zone not null,
  rank_at timestamp with time zone not null,
  state text not null,
  agent_id uuid,
  preferred_agent_id uuid,
  overdue_at timestamp with time zone,
  taken_at timestamp with time zone,
  ended_at timestamp with time zone,
  kind text generated always as (md5(((((COALESCE((team_id)::text, ''::text) || ' '::text) || load) || ' '::text) || (skills)::text))) stored not null,
  constraint work_item_pkey PRIMARY KEY (account_id, id),
  constraint work_item_account_id_agent_id_fkey FOREIGN KEY (account_id, agent_id) REFERENCES agent(account_id, id),
  constraint work_item_account_id_case_id_fkey FOREIGN KEY (account_id, case_id) REFERENCES cases(account_id, id) ON DELETE CASCADE,
  constraint work_item_account_id_customer_id_fkey FOREIGN KEY (account_id, customer_id) REFERENCES customer(account_id, id) ON DELETE SET NULL (customer_id),
  constraint work_item_account_id_preferred_agent_id_fkey FOREIGN KEY (account_id, preferred_agent_id) REFERENCES agent(account_id, id) ON DELETE SET NULL (preferred_agent_id),
  constraint work_item_account_id_queue_id_fkey FOREIGN KEY (account_id, queue_id) REFERENCES queue(account_id, id),
  constraint work_item_account_id_team_id_fkey FOREIGN KEY (account_id, team_id) REFERENCES team(account_id, id) ON DELETE SET NULL (team_id),
  constraint work_item_check CHECK (((agent_id IS NOT NULL) = (state = ANY (ARRAY['offered'::text, 'taken'::text, 'done'::text])))),
  constraint work_item_check1 CHECK (((ended_at IS NOT NULL) = (state = ANY (ARRAY['done'::text, 'left'::text])))),
  constraint work_item_load_check CHECK ((load = ANY (ARRAY['mails'::text, 'chats'::text, 'whole'::text]))),
  constraint work_item_priority_check CHECK (((priority >= 0) AND (priority <= 120))),
  constraint work_item_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'offered'::text, 'taken'::text, 'done'::text, 'left'::text])))
);
create index work_item_by_case ON public.work_item USING btree (account_id, case_id) WHERE (case_id IS NOT NULL);
create index work_item_by_customer ON public.work_item USING btree (account_id, customer_id) WHERE (customer_id IS NOT NULL);
create unique index work_item_by_key ON public.work_item USING btree (account_id, key) WHERE (state = ANY (ARRAY['waiting'::text, 'offered'::text, 'taken'::text]));
create index work_item_ended ON public.work_item USING btree (ended_at) WHERE (ended_at IS NOT NULL);
create index work_item_handled ON public.work_item USING btree (account_id, queue_id, ended_at) WHERE (state = 'done'::text);
create index work_item_in_hand ON public.work_item USING btree (account_id, agent_id) WHERE (state = ANY (ARRAY['offered'::text, 'taken'::text]));
create index work_item_kind ON public.work_item USING btree (account_id, queue_id, kind, rank_at, id) WHERE (state = 'waiting'::text);
create index work_item_line ON public.work_item USING btree (account_id, queue_id, rank_at, id) WHERE (state = 'waiting'::text);
create index work_item_of_case ON public.work_item USING btree (account_id, case_id) WHERE (state = ANY (ARRAY['waiting'::text, 'offered'::text, 'taken'::text]));
create index work_item_preferring ON public.work_item USING btree (account_id, preferred_agent_id, rank_at) WHERE ((state = 'waiting'::text) AND (preferred_agent_id IS NOT NULL));
alter table work_item enable row level security;
create policy tenant on work_item for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on work_item to rapport_app;

create table workforce_setting (
  account_id uuid not null,
  chats smallint not null,
  mails smallint not null,
  away_reasons text[] not null,
  version integer not null,
  constraint workforce_setting_pkey PRIMARY KEY (account_id),
  constraint workforce_setting_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id),
  constraint workforce_setting_chats_check CHECK (((chats >= 0) AND (chats <= 50))),
  constraint workforce_setting_mails_check CHECK (((mails >= 0) AND (mails <= 500)))
);
alter table workforce_setting enable row level security;
create policy tenant on workforce_setting for all to public using (account_id = ( SELECT current_account() AS current_account)) with check (account_id = ( SELECT current_account() AS current_account));
grant delete, insert, select, update on workforce_setting to rapport_app;

CREATE OR REPLACE FUNCTION public.case_fits(c cases, filter jsonb)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select case when filter->'shelves' is null then c.merged_into_id is null and c.removed_as is null else c.shelf = any(texts_of(filter->'shelves')) or (c.shelf = 'open' and c.status = 'new' and filter->'shelves' ? 'new') end
    and (filter->'notShelves' is null or not (c.shelf = any(texts_of(filter->'notShelves')) or (c.shelf = 'open' and c.status = 'new' and filter->'notShelves' ? 'new')))
    and (filter->>'shelf' is null or c.shelf = filter->>'shelf')
    and (filter->'kinds' is null or filter->'kinds' ? c.kind) and not coalesce(filter->'notKinds' ? c.kind, false)
    and (filter->'priorities' is null or filter->'priorities' ? c.priority) and not coalesce(filter->'notPriorities' ? c.priority, false)
    and (filter->'assignees' is null or filter->'assignees' ? owner_key(c.assignee_id)::text) and not coalesce(filter->'notAssignees' ? owner_key(c.assignee_id)::text, false)
    and (filter->'teams' is null or filter->'teams' ? owner_key(c.team_id)::text) and not coalesce(filter->'notTeams' ? owner_key(c.team_id)::text, false)
    and (filter->'inboxes' is null or filter->'inboxes' ? c.inbox_id::text) and not coalesce(filter->'notInboxes' ? c.inbox_id::text, false)
    and (filter->'tags' is null or c.tags @> texts_of(filter->'tags')) and not coalesce(c.tags && texts_of(filter->'notTags'), false)
$function$;
grant execute on function case_fits(cases,jsonb) to rapport_app;

CREATE OR REPLACE FUNCTION public.case_in_scope(scope text, agent uuid, teams uuid[], assignee_id uuid, team_id uuid)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select scope = 'all' or coalesce(assignee_id = agent, false) or (scope = 'team' and (team_id is null or team_id = any(teams))) $function$;
grant execute on function case_in_scope(text,uuid,uuid[],uuid,uuid) to rapport_app;

CREATE OR REPLACE FUNCTION public.count_notification()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op <> 'INSERT' and old.is_listed and old.read_at is null then update notification_count set unread = unread - 1 where account_id = old.account_id and agent_id = old.agent_id; end if;
  if tg_op <> 'DELETE' and new.is_listed and new.read_at is null then
    insert into notification_count (account_id, agent_id, unread) values (new.account_id, new.agent_id, 1) on conflict (account_id, agent_id) do update set unread = notification_count.unread + 1;
  end if;
  return null;
end $function$;
grant execute on function count_notification() to rapport_app;

CREATE OR REPLACE FUNCTION public.current_account()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select nullif(current_setting('app.account_id', true), '')::uuid $function$;
grant execute on function current_account() to rapport_app;

CREATE OR REPLACE FUNCTION public.day_start(day date, zone text)
 RETURNS timestamp with time zone
 LANGUAGE sql
 STABLE
AS $function$
  select case when (((day::timestamp at time zone zone) - interval '1 hour') at time zone zone)::date = day then (day::timestamp at time zone zone) - interval '1 hour' else day::timestamp at time zone zone end
$function$;
grant execute on function day_start(date,text) to rapport_app;

CREATE OR REPLACE FUNCTION public.entry_fits(e entry, filter jsonb)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select (filter->>'after' is null or e.occurred_at >= (filter->>'after')::timestamptz) and (filter->>'before' is null or e.occurred_at < (filter->>'before')::timestamptz)
    and (filter->'from' is null or holds_words(fold_text(concat_ws(' ', e.detail->'from'->>'address', e.detail->'from'->>'name', e.author_name)), filter->'from'))
    and (filter->'notFrom' is null or not holds_words(fold_text(concat_ws(' ', e.detail->'from'->>'address', e.detail->'from'->>'name', e.author_name)), filter->'notFrom'))
    and (filter->'to' is null or exists (select from jsonb_array_elements(coalesce(e.detail->'to', '[]') || coalesce(e.detail->'cc', '[]')) one where holds_words(fold_text(concat_ws(' ', one->>'address', one->>'name')), filter->'to')))
    and (filter->'notTo' is null or not exists (select from jsonb_array_elements(coalesce(e.detail->'to', '[]') || coalesce(e.detail->'cc', '[]')) one where holds_words(fold_text(concat_ws(' ', one->>'address', one->>'name')), filter->'notTo')))
    and (filter->'file' is null or exists (select from attachment a where a.account_id = e.account_id and a.case_id = e.case_id and a.entry_id = e.id and holds_words(fold_text(a.filename), filter->'file')))
    and (filter->'notFile' is null or not exists (select from attachment a where a.account_id = e.account_id and a.case_id = e.case_id and a.entry_id = e.id and holds_words(fold_text(a.filename), filter->'notFile')))
    and (filter->'hasFile' is null or (filter->>'hasFile')::boolean = exists (select from attachment a where a.account_id = e.account_id and a.case_id = e.case_id and a.entry_id = e.id and not a.is_inline))
$function$;
grant execute on function entry_fits(entry,jsonb) to rapport_app;

CREATE OR REPLACE FUNCTION public.entry_words(search_text text, search_bucket integer)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select setweight(to_tsvector('simple', split_part(search_text, E'\n', 1)), 'A') || to_tsvector('simple', substr(search_text, strpos(search_text, E'\n') + 1))
    || array_to_tsvector(array['#' || search_bucket::text, '##' || (search_bucket / 16)::text])
$function$;
grant execute on function entry_words(text,integer) to rapport_app;

CREATE OR REPLACE FUNCTION public.find_customers(words tsquery, before uuid, wanted integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET jit TO 'off'
AS $function$
declare
  account uuid := current_account();
  many constant int := 2000;
  found uuid[];
begin
  if account is null then raise exception 'find_customers needs an account'; end if;
  -- Materialised, so that the limit cannot talk the planner into another way; a part that is read only so far is also made only so far.
  with hit as materialized (select c.id from customer c where c.account_id = account and to_tsvector('simple', c.search_text) @@ words)
  select array_agg(h.id) into found from (select h.id from hit h limit many) h;
  if coalesce(cardinality(found), 0) < many then
    return query select f from unnest(found) f where f < before order by f desc limit wanted;
  else
    return query select c.id from customer c where c.account_id = account and c.id < before and to_tsvector('simple', c.search_text) @@ words order by c.id desc limit wanted;
  end if;
end $function$;
grant execute on function find_customers(tsquery,uuid,integer) to rapport_app;

CREATE OR REPLACE FUNCTION public.fold_text(written text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select translate(replace(replace(replace(replace(regexp_replace(lower(normalize(written, NFKD)), '[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]', '', 'g'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'), 'øłđðıħŧŋĸς', 'olddihtnkσ')
$function$;
grant execute on function fold_text(text) to rapport_app;

CREATE OR REPLACE FUNCTION public.holds_words(folded text, wanted jsonb)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select exists (select from jsonb_array_elements(wanted) one where not exists (
    select from jsonb_array_elements_text(one) word where strpos(' ' || regexp_replace(folded, '[\s!-/:-@\[-`{-~\u00a0-\u00bf\u2000-\u206f\u3000-\u3003]+', ' ', 'g'), word) = 0))
$function$;
grant execute on function holds_words(text,jsonb) to rapport_app;

CREATE OR REPLACE FUNCTION public.keep_case_tags()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' then delete from case_tag where account_id = old.account_id and case_id = old.id and tag <> all(new.tags); end if;
  insert into case_tag (account_id, tag, case_id) select new.account_id, t, new.id from unnest(new.tags) t on conflict do nothing;
  return null;
end $function$;
grant execute on function keep_case_tags() to rapport_app;

CREATE OR REPLACE FUNCTION public.mark_changed_insight_days()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into insight_mark (account_id, day, slot)
    select distinct c.account_id, (c.at at time zone 'UTC')::date, hashtext(c.case_id::text) & 7
    from (
      select o.account_id, o.case_id, unnest(array[o.at, n.at]) as at from changed_from o join changed n using (account_id, case_id, entry_id, measure)
      where (o.at, o.amount, o.inbox_id, o.channel, o.kind, o.priority, o.team_id, o.agent_id, o.holder_id, o.tags) is distinct from (n.at, n.amount, n.inbox_id, n.channel, n.kind, n.priority, n.team_id, n.agent_id, n.holder_id, n.tags)
    ) c order by 1, 2, 3
    on conflict (account_id, day, slot) do update set slot = excluded.slot;
  return null;
end $function$;
grant execute on function mark_changed_insight_days() to rapport_app;

CREATE OR REPLACE FUNCTION public.mark_insight_days()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into insight_mark (account_id, day, slot)
    select distinct account_id, (at at time zone 'UTC')::date, hashtext(case_id::text) & 7 from changed order by 1, 2, 3
    on conflict (account_id, day, slot) do update set slot = excluded.slot;
  return null;
end $function$;
grant execute on function mark_insight_days() to rapport_app;

CREATE OR REPLACE FUNCTION public.owner_key(owner uuid)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select case when owner is null then '00000000-0000-0000-0000-000000000000'::uuid else owner end $function$;
grant execute on function owner_key(uuid) to rapport_app;

CREATE OR REPLACE FUNCTION public.protect_tenant(target regclass)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  execute format('alter table %s enable row level security', target);
  execute format('create policy tenant on %s using (account_id = (select current_account())) with check (account_id = (select current_account()))', target);
end $function$;
grant execute on function protect_tenant(regclass) to rapport_app;

CREATE OR REPLACE FUNCTION public.search_cases(scope text, agent uuid, teams uuid[], words text, loose text, of_case jsonb, of_entry jsonb, most integer, today timestamp with time zone)
 RETURNS TABLE(case_id uuid, entry_id uuid, rank real)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'public', 'pg_temp'
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET jit TO 'off'
 SET work_mem TO '16MB'
AS $function$
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
end $function$;
grant execute on function search_cases(text,uuid,uuid[],text,text,jsonb,jsonb,integer,timestamp with time zone) to rapport_app;

CREATE OR REPLACE FUNCTION public.tally_case()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op <> 'INSERT' then insert into case_tally (account_id, team_id, assignee_id, shelf, change) values (old.account_id, old.team_id, old.assignee_id, old.shelf, -1); end if;
  if tg_op <> 'DELETE' then insert into case_tally (account_id, team_id, assignee_id, shelf, change) values (new.account_id, new.team_id, new.assignee_id, new.shelf, 1); end if;
  return null;
end $function$;
grant execute on function tally_case() to rapport_app;

CREATE OR REPLACE FUNCTION public.tally_ledger()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op <> 'INSERT' then insert into ledger_tally (account_id, direction, what, change) values (old.account_id, old.direction, coalesce(old.outcome, old.state), -1); end if;
  if tg_op <> 'DELETE' then insert into ledger_tally (account_id, direction, what, change) values (new.account_id, new.direction, coalesce(new.outcome, new.state), 1); end if;
  return null;
end $function$;
grant execute on function tally_ledger() to rapport_app;

CREATE OR REPLACE FUNCTION public.texts_of(list jsonb)
 RETURNS text[]
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$ select array(select jsonb_array_elements_text(list)) $function$;
grant execute on function texts_of(jsonb) to rapport_app;
