-- What an upload is to consist of, as `[{"name": "tickets.json", "bytes": 1234}]`: what broke off on the way is not taken for the whole. Null where whoever uploads does not say.
alter table import_run add files jsonb;
