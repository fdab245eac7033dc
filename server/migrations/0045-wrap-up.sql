-- What a queue promises, and the time to finish after something of it.

-- `answer_within_seconds`: within which who waits is to be taken; null: nothing is promised. `wrap_up_seconds`: how long whoever was done with something of it is not asked for more.
alter table queue add answer_within_seconds int check (answer_within_seconds > 0), add wrap_up_seconds int not null default 0 check (wrap_up_seconds between 0 and 3600);

-- A wrap-up that began by itself.
alter table presence_change drop constraint presence_change_cause_check;
alter table presence_change add constraint presence_change_cause_check check (cause in ('chosen', 'connection_lost', 'wrap_up_over', 'disabled', 'no_answer', 'work_done')) not valid;
alter table presence_change validate constraint presence_change_cause_check;
