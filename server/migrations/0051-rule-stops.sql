-- A rule that had nothing left to do and only kept others from acting: that is told, and counts for nothing where acting is bounded.
alter table rule_run drop constraint rule_run_outcome_check, add constraint rule_run_outcome_check check (outcome in ('fired', 'stopped', 'held_back', 'failed'));
