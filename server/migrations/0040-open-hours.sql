-- Calendars of open hours: the week, special days and the time zone they are meant in.
create table calendar (
  account_id uuid not null references account(id), id uuid not null, name text not null, hours jsonb not null, version int not null, updated_at timestamptz not null,
  primary key (account_id, id)
);
create unique index calendar_by_name on calendar (account_id, lower(name));
select protect_tenant('calendar');
