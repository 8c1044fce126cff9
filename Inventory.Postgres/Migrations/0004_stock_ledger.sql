-- Every change of a stock key with its cause, append-only: the audit trail. By day, so that what is too old is dropped
-- and not deleted, and the pages that are written stay few.
CREATE TABLE stock_ledger (
    vendor_item_id        bigint      NOT NULL,
    version               bigint      NOT NULL,
    fulfillment_center_id integer     NOT NULL,
    quantity              integer     NOT NULL,
    changed_at            timestamptz NOT NULL,
    stock_count           integer     NOT NULL,
    cause_id              uuid        NOT NULL,
    cause_type            text        NOT NULL
) PARTITION BY RANGE (changed_at);

CREATE INDEX stock_ledger_key ON stock_ledger (vendor_item_id, fulfillment_center_id, version);

-- Takes what no day was made for, so that a late retention job never stops an order.
CREATE TABLE stock_ledger_default PARTITION OF stock_ledger DEFAULT;

-- Makes the days to come and drops those that ended before the time to keep; several callers may run it at once.
-- With the owner's rights, because services make no tables; it takes away nothing that is younger than a day.
CREATE FUNCTION keep_stock_ledger(keep interval) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET lock_timeout = '1s' SET timezone = 'UTC'
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
        EXECUTE format('CREATE TABLE public.%I (LIKE public.stock_ledger INCLUDING DEFAULTS)', name);
        EXECUTE format(
            'ALTER TABLE public.stock_ledger ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
            name, day::timestamptz, (day + 1)::timestamptz);
        changes := changes + 1;
    END LOOP;

    FOR name IN
        SELECT child.relname
        FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
        WHERE inhparent = 'public.stock_ledger'::regclass
          AND child.relname ~ '^stock_ledger_\d{8}$'
          AND to_date(right(child.relname, 8), 'YYYYMMDD') + 1 <= now() - keep
    LOOP
        EXECUTE format('DROP TABLE public.%I', name);
        changes := changes + 1;
    END LOOP;

    DELETE FROM public.stock_ledger_default WHERE changed_at < now() - keep;
    RETURN changes;
END
$$;

SELECT keep_stock_ledger('36500 days');

-- What was in stock when the ledger began.
INSERT INTO stock_ledger (vendor_item_id, fulfillment_center_id, version, quantity, stock_count, changed_at, cause_id, cause_type)
SELECT vendor_item_id, fulfillment_center_id, version, stock_count, stock_count, now(),
       '00000000-0000-0000-0000-000000000000', 'opening-balance'
FROM stock;

REVOKE ALL ON FUNCTION keep_stock_ledger(interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION keep_stock_ledger(interval) TO inventory_command;
GRANT SELECT, INSERT ON stock_ledger TO inventory_command;
