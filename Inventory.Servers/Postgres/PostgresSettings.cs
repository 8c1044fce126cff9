namespace Inventory.Servers.Postgres;

/// <summary>How the server is configured, as it would be in postgresql.conf.</summary>
internal static class PostgresSettings
{
    public static Dictionary<string, string> Build(PostgresOptions options, int port, string accessFile)
    {
        var settings = new Dictionary<string, string>
        {
            // The door: loopback, with a password. The Unix socket would be a second one.
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = FormattableString.Invariant($"{port}"),
            ["unix_socket_directories"] = "",
            ["hba_file"] = accessFile,
            ["password_encryption"] = "scram-sha-256",

            // Change data capture reads the log.
            ["wal_level"] = "logical",
            ["max_wal_senders"] = "10",
            ["max_replication_slots"] = "10",

            // A slot that nobody reads is given up before it fills the disk; the relay makes a new one.
            ["max_slot_wal_keep_size"] = "2GB",

            ["shared_buffers"] = "128MB",
            ["max_connections"] = "200",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
        };
        foreach (var (name, value) in options.Settings)
        {
            settings[name] = value;
        }

        return settings;
    }
}
