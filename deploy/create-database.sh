#!/bin/sh
# Makes the user and the database Rapport works with: owner of its database and allowed to make roles (it makes one that cannot pass row-level security),
# but no superuser. Run by the postgres image when its volume is empty, or by hand on a server of your own:
#
#   RAPPORT_DB_PASSWORD=... PGHOST=... ./create-database.sh
set -eu
: "${RAPPORT_DB_PASSWORD:?set it to the password of the user rapport}"

# The password reaches psql by its environment, not by its arguments, which everybody on the machine can see.
psql --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres <<'SQL'
\getenv password RAPPORT_DB_PASSWORD
create role rapport login createrole password :'password';
create database rapport owner rapport encoding 'UTF8' template template0;
SQL
