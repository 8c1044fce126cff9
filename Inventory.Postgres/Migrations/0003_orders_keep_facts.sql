-- Orders and their lines keep what was decided, and answers are made of it: an answer in JSON was half of what an order
-- wrote. A reservation is an order that is not placed yet: one id, one way to claim it, the same lines.
-- New columns may be null or have a constant default, so no table is rewritten and nobody waits.
ALTER TABLE orders
    ALTER COLUMN answer DROP NOT NULL,
    ALTER COLUMN answer_status DROP NOT NULL,
    DROP CONSTRAINT orders_status_check,
    DROP CONSTRAINT orders_check,
    DROP CONSTRAINT orders_check1,
    ADD COLUMN reserved_until timestamptz,
    ADD COLUMN confirmed_at timestamptz,
    ADD CONSTRAINT orders_status
        CHECK (status IN ('placed', 'cancelled', 'rejected', 'held', 'released', 'expired')) NOT VALID,
    ADD CONSTRAINT orders_closed
        CHECK ((status IN ('cancelled', 'released', 'expired')) = (cancelled_at IS NOT NULL)) NOT VALID,
    ADD CONSTRAINT orders_held
        CHECK (status NOT IN ('held', 'released', 'expired') OR reserved_until IS NOT NULL) NOT VALID;

COMMENT ON COLUMN orders.answer IS 'The first answer to an order of before migration 3; null since.';
COMMENT ON COLUMN orders.reserved_until IS 'Of a reservation, also after it was confirmed.';
COMMENT ON COLUMN orders.cancelled_at IS 'When the last of its stock was given back.';

-- The due reservations; empty but for what is held.
CREATE INDEX orders_due ON orders (reserved_until) WHERE status = 'held';

-- For the retention job, at next to no cost for an insert.
CREATE INDEX orders_age ON orders USING brin (placed_at) WITH (pages_per_range = 32, autosummarize = on);

ALTER TABLE order_lines
    ADD COLUMN stock_count integer,
    ADD COLUMN version bigint,
    ADD COLUMN requested_quantity integer,
    ADD COLUMN expected_version bigint,
    ADD COLUMN cancelled_quantity integer NOT NULL DEFAULT 0,
    ADD COLUMN changed_stock_count integer,
    ADD COLUMN changed_version bigint,
    ADD COLUMN changed_at timestamptz,
    DROP CONSTRAINT order_lines_quantity_check,
    ADD CONSTRAINT order_lines_quantity CHECK (quantity >= 0) NOT VALID,
    ADD CONSTRAINT order_lines_cancelled CHECK (cancelled_quantity BETWEEN 0 AND quantity) NOT VALID;

COMMENT ON COLUMN order_lines.stock_count IS
    'What the order left; of a rejected order what it found, null for an unknown key. Likewise version.';
COMMENT ON COLUMN order_lines.requested_quantity IS 'Of a reservation that may be partial; quantity is what it got.';
COMMENT ON COLUMN order_lines.changed_stock_count IS 'What the newest cancellation or release left. Likewise version.';

-- Orders of before, so that they can be read like those of today.
UPDATE order_lines
SET stock_count = (line ->> 'stockCount')::integer, version = (line ->> 'version')::bigint
FROM orders, json_array_elements(orders.answer -> 'lines') AS line
WHERE orders.order_id = order_lines.order_id
  AND orders.status <> 'rejected'
  AND (line ->> 'vendorItemId')::bigint = order_lines.vendor_item_id
  AND (line ->> 'fulfillmentCenterId')::integer = order_lines.fulfillment_center_id;

UPDATE order_lines
SET cancelled_quantity = quantity,
    changed_stock_count = (line ->> 'stockCount')::integer,
    changed_version = (line ->> 'version')::bigint,
    changed_at = orders.cancelled_at
FROM orders, json_array_elements(orders.cancellation -> 'lines') AS line
WHERE orders.order_id = order_lines.order_id
  AND orders.status = 'cancelled'
  AND (line ->> 'vendorItemId')::bigint = order_lines.vendor_item_id
  AND (line ->> 'fulfillmentCenterId')::integer = order_lines.fulfillment_center_id;

-- Cancellations by an id of their own: an order may be cancelled in several steps, each of which may be repeated.
CREATE TABLE cancellations (
    cancellation_id uuid        PRIMARY KEY,
    order_id        uuid        NOT NULL,
    request_hash    bytea       NOT NULL,
    cancelled_at    timestamptz NOT NULL,
    answer_status   smallint    NOT NULL,
    answer          json        NOT NULL
);

-- A correction is a receipt that may take away and says why.
ALTER TABLE inbounds ADD COLUMN reason text;
ALTER TABLE inbound_lines
    DROP CONSTRAINT inbound_lines_quantity_check,
    ADD CONSTRAINT inbound_lines_quantity CHECK (quantity <> 0) NOT VALID;

GRANT SELECT, INSERT ON cancellations TO inventory_command;
GRANT UPDATE (cancelled_quantity, changed_stock_count, changed_version, changed_at) ON order_lines TO inventory_command;
