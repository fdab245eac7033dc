-- Since when an answer waits for a visitor who does not come back, and up to which message they have been sent them as a mail.
alter table chat_visitor add column answer_waits_since timestamptz, add column mailed_id uuid;
create index chat_visitor_answer_waits on chat_visitor (answer_waits_since) where answer_waits_since is not null;
