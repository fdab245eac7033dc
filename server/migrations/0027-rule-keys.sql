-- Rules that a program wrote with its key act within that key. `api_key_id` points at it without holding on to it: a revoked key is gone, and that it is gone is what holds its rules back.
alter table rule add column api_key_id uuid;
