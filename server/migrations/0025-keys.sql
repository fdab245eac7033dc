-- Endpoints that a program made with its key. `api_key_id` points at the key without holding on to it: a revoked key is gone, and that it is gone is what turns its endpoints
-- off. The name stays for reading.
alter table webhook_endpoint add column api_key_id uuid, add column api_key_name text, add column last_delivered_at timestamptz;
alter table webhook_endpoint drop constraint webhook_endpoint_off_reason_check;
alter table webhook_endpoint add constraint webhook_endpoint_off_reason_check check (off_reason in ('by_hand', 'failing', 'gone', 'agent_left', 'key_gone'));
create index webhook_delivery_failed on webhook_delivery (account_id, endpoint_id, event_id) where state = 'failed';
