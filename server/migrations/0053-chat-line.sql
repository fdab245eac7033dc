-- Whom a chat has put into a line, as long as it has to see whether they are still there: `here_at` is when their browser was last heard of.
alter table chat_visitor add column is_in_line boolean not null default false, add column here_at timestamptz;
create index chat_visitor_in_line on chat_visitor (here_at) where is_in_line;
