-- Rows that were made for a receipt that then did not happen: nobody was ever told of them.
DELETE FROM stock WHERE version = 0;

-- Forgets commands of one kind that were decided before the time to keep, the oldest first, a batch of them; several callers
-- share the work because each skips what another has locked. The next batch begins at the time at which this one ended, or
-- each would read its way past everything that the ones before it deleted. With the owner's rights: a service cannot delete
-- a command of today.
-- Whatever the statistics say, rows are found by their age: a plan that reads the table is never worth it here.
CREATE FUNCTION trim_commands_of(
    kind text, keep interval, batch integer, after timestamptz, OUT removed integer, OUT until timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off
AS $$
DECLARE
    doomed uuid[];
BEGIN
    IF keep < interval '1 day' THEN
        RAISE EXCEPTION 'Commands are kept for a day at least.' USING ERRCODE = 'invalid_parameter_value';
    END IF;

    IF kind = 'orders' THEN
        WITH due AS (
            SELECT order_id AS id, placed_at AS at FROM public.orders
            WHERE placed_at >= after AND placed_at < now() - keep AND status <> 'held'
            ORDER BY placed_at LIMIT batch FOR UPDATE SKIP LOCKED)
        SELECT array_agg(id), max(at) INTO doomed, until FROM due;
        DELETE FROM public.order_lines WHERE order_id = ANY (doomed);
        DELETE FROM public.orders WHERE order_id = ANY (doomed);
    ELSIF kind = 'inbounds' THEN
        WITH due AS (
            SELECT inbound_id AS id, received_at AS at FROM public.inbounds
            WHERE received_at >= after AND received_at < now() - keep
            ORDER BY received_at LIMIT batch FOR UPDATE SKIP LOCKED)
        SELECT array_agg(id), max(at) INTO doomed, until FROM due;
        DELETE FROM public.inbound_lines WHERE inbound_id = ANY (doomed);
        DELETE FROM public.inbounds WHERE inbound_id = ANY (doomed);
    ELSIF kind = 'cancellations' THEN
        WITH due AS (
            SELECT cancellation_id AS id, cancelled_at AS at FROM public.cancellations
            WHERE cancelled_at >= after AND cancelled_at < now() - keep
            ORDER BY cancelled_at LIMIT batch FOR UPDATE SKIP LOCKED)
        SELECT array_agg(id), max(at) INTO doomed, until FROM due;
        DELETE FROM public.cancellations WHERE cancellation_id = ANY (doomed);
    ELSE
        RAISE EXCEPTION 'There are no commands of kind %.', kind USING ERRCODE = 'invalid_parameter_value';
    END IF;

    removed := coalesce(cardinality(doomed), 0);
END
$$;

REVOKE ALL ON FUNCTION trim_commands_of(text, interval, integer, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trim_commands_of(text, interval, integer, timestamptz) TO inventory_command;

-- What instances of before call.
CREATE OR REPLACE FUNCTION trim_commands(keep interval, batch integer) RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
    SELECT sum((public.trim_commands_of(kind, keep, batch, '-infinity')).removed)::integer
    FROM unnest(ARRAY['orders', 'inbounds', 'cancellations']) AS kind
$$;

-- As before, but a day that somebody reads or writes is left for the next time, instead of leaving all other days, too; and
-- of what arrived without a partition a batch is deleted at a time.
CREATE OR REPLACE FUNCTION keep_stock_ledger(keep interval) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '200ms' SET timezone = 'UTC'
AS $$
DECLARE
    day     date;
    name    text;
    changes integer := 0;
BEGIN
    IF keep < interval '1 day' THEN
        RAISE EXCEPTION 'The ledger is kept for a day at least.' USING ERRCODE = 'invalid_parameter_value';
    END IF;

    IF NOT pg_try_advisory_xact_lock(hashtext('stock_ledger')) THEN
        RETURN 0;
    END IF;

    FOR day IN SELECT generate_series(current_date, current_date + 7, interval '1 day')::date LOOP
        name := 'stock_ledger_' || to_char(day, 'YYYYMMDD');
        CONTINUE WHEN to_regclass('public.' || name) IS NOT NULL;
        CONTINUE WHEN EXISTS (
            SELECT FROM public.stock_ledger_default WHERE changed_at >= day AND changed_at < day + 1);

        -- Made apart and attached: readers and writers of the other days go on.
        BEGIN
            EXECUTE format('CREATE TABLE public.%I (LIKE public.stock_ledger INCLUDING DEFAULTS)', name);
            EXECUTE format(
                'ALTER TABLE public.stock_ledger ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                name, day::timestamptz, (day + 1)::timestamptz);
            changes := changes + 1;
        EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
            RAISE WARNING '% was not made: %', name, SQLERRM;
        END;
    END LOOP;

    FOR name IN
        SELECT child.relname
        FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
        WHERE inhparent = 'public.stock_ledger'::regclass
          AND child.relname ~ '^stock_ledger_\d{8}$'
          AND to_date(right(child.relname, 8), 'YYYYMMDD') + 1 <= now() - keep
    LOOP
        BEGIN
            EXECUTE format('DROP TABLE public.%I', name);
            changes := changes + 1;
        EXCEPTION WHEN lock_not_available OR deadlock_detected THEN
            RAISE WARNING '% was not dropped: %', name, SQLERRM;
        END;
    END LOOP;

    DELETE FROM public.stock_ledger_default WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM public.stock_ledger_default
        WHERE changed_at < now() - keep ORDER BY changed_at LIMIT 10000));
    RETURN changes;
END
$$;
