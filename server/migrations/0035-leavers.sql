-- A change of many cases can come of somebody who left: whose open cases they were.
alter table bulk_run add column leaver_id uuid;
create index bulk_run_of_leaver on bulk_run (account_id, leaver_id, id) where leaver_id is not null;

-- Whom an urgent case goes to that nobody looked at: until now the built-in roles, from now on every role that holds this.
update role set permissions = permissions || '{escalation.take}' where key in ('lead', 'supervisor', 'admin') and not 'escalation.take' = any(permissions);
