-- Forgets commands that were decided before the time to keep, a few at a time; several callers share the work because
-- each skips what another has locked. With the owner's rights: a service cannot delete a command of today.
-- Returns how many commands went.
CREATE FUNCTION trim_commands(keep interval, batch integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    doomed  uuid[];
    removed integer := 0;
BEGIN
    IF keep < interval '1 day' THEN
        RAISE EXCEPTION 'Commands are kept for a day at least.' USING ERRCODE = 'invalid_parameter_value';
    END IF;

    doomed := ARRAY(
        SELECT order_id FROM public.orders
        WHERE placed_at < now() - keep AND status <> 'held'
        LIMIT batch FOR UPDATE SKIP LOCKED);
    DELETE FROM public.order_lines WHERE order_id = ANY (doomed);
    DELETE FROM public.orders WHERE order_id = ANY (doomed);
    removed := removed + cardinality(doomed);

    doomed := ARRAY(
        SELECT inbound_id FROM public.inbounds WHERE received_at < now() - keep LIMIT batch FOR UPDATE SKIP LOCKED);
    DELETE FROM public.inbound_lines WHERE inbound_id = ANY (doomed);
    DELETE FROM public.inbounds WHERE inbound_id = ANY (doomed);
    removed := removed + cardinality(doomed);

    doomed := ARRAY(
        SELECT cancellation_id FROM public.cancellations
        WHERE cancelled_at < now() - keep LIMIT batch FOR UPDATE SKIP LOCKED);
    DELETE FROM public.cancellations WHERE cancellation_id = ANY (doomed);
    RETURN removed + cardinality(doomed);
END
$$;

CREATE INDEX inbounds_age ON inbounds USING brin (received_at);
CREATE INDEX cancellations_age ON cancellations USING brin (cancelled_at);

REVOKE ALL ON FUNCTION trim_commands(interval, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION trim_commands(interval, integer) TO inventory_command;
