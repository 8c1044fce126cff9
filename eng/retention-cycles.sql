-- Shows what trimming costs over cycles of deleting a third of the orders and inserting as many:
--   psql -v orders=10000000 -f eng/retention-cycles.sql   (a database with the newest schema and nothing else in it)
-- After each cycle a trim finds nothing to do; what it reads must not grow with the table.
\set ON_ERROR_STOP on
\timing on
SET synchronous_commit = off;
INSERT INTO orders (order_id, request_hash, status, placed_at)
SELECT gen_random_uuid(), decode(md5('any'), 'hex'), 'placed', now() - interval '120 days' + each * interval '90 days' / :orders
FROM generate_series(1, :orders) AS each;
VACUUM ANALYZE orders;
SELECT relpages AS "pages of orders", pg_size_pretty(pg_relation_size('orders_by_age')) AS "index by age"
FROM pg_class WHERE relname = 'orders' \gx

SELECT :orders / 3 AS third \gset
\echo === cycle 1: older than 90 days
SELECT trim_commands('90 days', :third);
VACUUM ANALYZE orders;
INSERT INTO orders (order_id, request_hash, status, placed_at)
SELECT gen_random_uuid(), decode(md5('any'), 'hex'), 'placed', now() FROM generate_series(1, :third);
VACUUM ANALYZE orders;
EXPLAIN (ANALYZE, BUFFERS) SELECT trim_commands('90 days', 1000);
\echo === cycle 2: older than 60 days
SELECT trim_commands('60 days', :third + 1000);
VACUUM ANALYZE orders;
INSERT INTO orders (order_id, request_hash, status, placed_at)
SELECT gen_random_uuid(), decode(md5('any'), 'hex'), 'placed', now() FROM generate_series(1, :third);
VACUUM ANALYZE orders;
EXPLAIN (ANALYZE, BUFFERS) SELECT trim_commands('60 days', 1000);
\echo === cycle 3: older than 30 days
SELECT trim_commands('30 days', :third + 1000);
VACUUM ANALYZE orders;
INSERT INTO orders (order_id, request_hash, status, placed_at)
SELECT gen_random_uuid(), decode(md5('any'), 'hex'), 'placed', now() FROM generate_series(1, :third);
VACUUM ANALYZE orders;
EXPLAIN (ANALYZE, BUFFERS) SELECT trim_commands('30 days', 1000);
SELECT relpages AS "pages of orders", pg_size_pretty(pg_relation_size('orders_by_age')) AS "index by age"
FROM pg_class WHERE relname = 'orders' \gx
