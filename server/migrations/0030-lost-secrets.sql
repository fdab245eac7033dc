-- A webhook whose secret the secret key does not open can sign nothing: it is off, and says why.
alter table webhook_endpoint drop constraint webhook_endpoint_off_reason_check;
alter table webhook_endpoint add constraint webhook_endpoint_off_reason_check check (off_reason in ('by_hand', 'failing', 'gone', 'agent_left', 'key_gone', 'secret_lost'));
