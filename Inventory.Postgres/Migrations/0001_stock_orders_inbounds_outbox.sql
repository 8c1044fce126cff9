-- The truth: what can still be sold. A key's row is locked while its count and version change.
-- fillfactor leaves room on the page for the next version of a hot row, so that updates stay heap-only.
CREATE TABLE stock (
    vendor_item_id        bigint      NOT NULL CHECK (vendor_item_id > 0),
    fulfillment_center_id integer     NOT NULL CHECK (fulfillment_center_id > 0),
    stock_count           integer     NOT NULL CHECK (stock_count >= 0),
    version               bigint      NOT NULL,
    updated_at            timestamptz NOT NULL,
    PRIMARY KEY (vendor_item_id, fulfillment_center_id)
) WITH (fillfactor = 70);

-- One row for each order that was decided, also for a rejected one: a repeated request finds the first answer here.
-- answer is json and not jsonb because a repetition gets the very same text.
CREATE TABLE orders (
    order_id      uuid        PRIMARY KEY,
    request_hash  bytea       NOT NULL,
    status        text        NOT NULL CHECK (status IN ('placed', 'cancelled', 'rejected')),
    placed_at     timestamptz NOT NULL,
    cancelled_at  timestamptz,
    answer_status smallint    NOT NULL,
    answer        json        NOT NULL,
    cancellation  json,
    CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL)),
    CHECK ((status = 'cancelled') = (cancellation IS NOT NULL))
);

-- No foreign key to orders: both rows are written by one statement batch of one transaction, and never deleted apart.
CREATE TABLE order_lines (
    order_id              uuid    NOT NULL,
    vendor_item_id        bigint  NOT NULL,
    fulfillment_center_id integer NOT NULL,
    quantity              integer NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_id, vendor_item_id, fulfillment_center_id)
);

CREATE TABLE inbounds (
    inbound_id    uuid        PRIMARY KEY,
    request_hash  bytea       NOT NULL,
    received_at   timestamptz NOT NULL,
    answer_status smallint    NOT NULL,
    answer        json        NOT NULL
);

CREATE TABLE inbound_lines (
    inbound_id            uuid    NOT NULL,
    vendor_item_id        bigint  NOT NULL,
    fulfillment_center_id integer NOT NULL,
    quantity              integer NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (inbound_id, vendor_item_id, fulfillment_center_id)
);

-- Every stock change, from its commit until Kafka has it. Ids of one key are drawn while its stock row is locked, so
-- they are in commit order; ids of different keys are not, which is why no reader may go by "id > last".
CREATE TABLE outbox (
    partition             smallint    NOT NULL GENERATED ALWAYS AS
        ((hashint8(vendor_item_id) # hashint4(fulfillment_center_id)) & 15) STORED,
    id                    bigint      NOT NULL GENERATED ALWAYS AS IDENTITY,
    vendor_item_id        bigint      NOT NULL,
    fulfillment_center_id integer     NOT NULL,
    stock_count           integer     NOT NULL,
    version               bigint      NOT NULL,
    updated_at            timestamptz NOT NULL,
    cause_type            text        NOT NULL,
    cause_id              uuid        NOT NULL,
    trace_parent          text,
    PRIMARY KEY (partition, id)
);

-- Who publishes which partition of the outbox. The token grows with every change of owner and fences off the last one.
CREATE TABLE outbox_leases (
    partition  smallint    PRIMARY KEY,
    owner      uuid,
    token      bigint      NOT NULL DEFAULT 0,
    expires_at timestamptz NOT NULL DEFAULT '-infinity'
);

INSERT INTO outbox_leases (partition) SELECT generate_series(0, 15);
