-- Which partition of the outbox a key's changes are in: what the generated column computes, for who knows the key only.
CREATE FUNCTION outbox_partition(vendor_item_id bigint, fulfillment_center_id integer) RETURNS smallint
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((hashint8(vendor_item_id) # hashint4(fulfillment_center_id)) & 15)::smallint;

-- Rows come and go at the rate of the orders: vacuum by their number and not by a share of a table that is mostly empty.
ALTER TABLE outbox SET (
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 20000,
    autovacuum_vacuum_insert_scale_factor = 0,
    autovacuum_vacuum_insert_threshold = 200000,
    autovacuum_vacuum_cost_delay = 0);

-- Renewed every few seconds: room for the next version on the page keeps the updates heap-only.
ALTER TABLE outbox_leases SET (fillfactor = 20);

-- Change data capture. Deletions are the publisher's own and need not be told to it.
CREATE PUBLICATION outbox FOR TABLE outbox WITH (publish = 'insert');

-- Until when the slot of that name needs the table: null while rows older than the slot may not have been published.
CREATE TABLE outbox_slots (
    slot_name    text   PRIMARY KEY,
    streams_from pg_lsn
);

-- Polling. A notification takes a lock that every notifying commit of the server waits for, so there is one only while
-- somebody polls; and the lookup reads one page.
ALTER TABLE outbox_leases ADD COLUMN is_polled boolean NOT NULL DEFAULT false;

CREATE FUNCTION outbox_notify() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
BEGIN
    IF EXISTS (SELECT FROM outbox_leases WHERE is_polled AND expires_at > now()) THEN
        PERFORM pg_notify('outbox', '');
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER outbox_notify AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION outbox_notify();

GRANT SELECT, INSERT, UPDATE ON outbox_slots TO inventory_relay;
