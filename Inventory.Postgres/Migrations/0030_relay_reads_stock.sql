-- The reconciler of the relay compares the truth with the read model; it changes neither.
GRANT SELECT ON stock TO inventory_relay;
