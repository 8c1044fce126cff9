-- outside of a transaction: orders go on while these are built.
-- What is old is found by its age. The summaries of the earlier BRIN indexes only ever grew wider: once the pages of what was
-- deleted are filled again, each of them spans all times and every page is read. A tree is read from its oldest entry on.
DROP INDEX CONCURRENTLY IF EXISTS orders_by_age;
CREATE INDEX CONCURRENTLY orders_by_age ON orders (placed_at) WHERE status <> 'held';
DROP INDEX CONCURRENTLY IF EXISTS inbounds_by_age;
CREATE INDEX CONCURRENTLY inbounds_by_age ON inbounds (received_at);
DROP INDEX CONCURRENTLY IF EXISTS cancellations_by_age;
CREATE INDEX CONCURRENTLY cancellations_by_age ON cancellations (cancelled_at);
DROP INDEX CONCURRENTLY IF EXISTS stock_ledger_default_by_age;
CREATE INDEX CONCURRENTLY stock_ledger_default_by_age ON stock_ledger_default (changed_at);
DROP INDEX CONCURRENTLY IF EXISTS orders_age;
DROP INDEX CONCURRENTLY IF EXISTS inbounds_age;
DROP INDEX CONCURRENTLY IF EXISTS cancellations_age;
