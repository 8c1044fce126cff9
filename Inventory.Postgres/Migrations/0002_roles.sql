-- What each service may do; logins are granted one of these. Roles belong to the whole server and the lock of the
-- migrations to one database, so another database of the server may be making them at this moment.
DO $$
BEGIN
    CREATE ROLE inventory_command NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$;

DO $$
BEGIN
    CREATE ROLE inventory_relay NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END
$$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO inventory_command, inventory_relay;
GRANT SELECT ON schema_migrations TO inventory_command, inventory_relay;

-- CommandApi: adds, never deletes.
GRANT SELECT, INSERT, UPDATE ON stock, orders TO inventory_command;
GRANT SELECT, INSERT ON order_lines, inbounds, inbound_lines TO inventory_command;
GRANT INSERT ON outbox TO inventory_command;

-- Relay: takes from the outbox and sees nothing else.
GRANT SELECT, DELETE ON outbox TO inventory_relay;
GRANT SELECT, UPDATE ON outbox_leases TO inventory_relay;
