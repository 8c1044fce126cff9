using Microsoft.Extensions.Logging;
using Npgsql;

namespace Inventory.Postgres.Migrations;

/// <summary>
/// Brings the schema to the newest version. Any number of instances may run at once: each script runs in a transaction
/// that holds a lock, and what is left to do is read again under it.
/// </summary>
public sealed partial class Migrator(NpgsqlDataSource dataSource, ILogger<Migrator> logger)
{
    // An arbitrary number that only this lock uses. It ends with its transaction, also when the connection is lost.
    private const long LockKey = 0x696e76656e746f72;

    /// <returns>How many scripts this call applied.</returns>
    /// <exception cref="InvalidOperationException">An applied script was edited afterwards.</exception>
    public async Task<int> MigrateAsync(CancellationToken cancellationToken)
    {
        var applied = 0;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        while (await ApplyNextAsync(connection, cancellationToken))
        {
            applied++;
        }

        return applied;
    }

    private async Task<bool> ApplyNextAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, $"SELECT pg_advisory_xact_lock({LockKey})", cancellationToken);
        await ExecuteAsync(connection, """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                version    integer     PRIMARY KEY,
                name       text        NOT NULL,
                checksum   text        NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now())
            """, cancellationToken);

        var next = NextAfter(await ReadAppliedAsync(connection, cancellationToken));
        if (next is not null)
        {
            await ExecuteAsync(connection, next.Sql, cancellationToken);
            await RecordAsync(connection, next, cancellationToken);
            LogApplied(next.Name);
        }

        await transaction.CommitAsync(cancellationToken);
        return next is not null;
    }

    private static MigrationScript? NextAfter(Dictionary<int, string> applied)
    {
        foreach (var script in MigrationScript.All)
        {
            if (!applied.TryGetValue(script.Version, out var checksum))
            {
                return script;
            }

            if (checksum != script.Checksum)
            {
                throw new InvalidOperationException(
                    $"{script.Name} was edited after it had been applied; restore it and add a new script instead.");
            }
        }

        return null;
    }

    private static async Task<Dictionary<int, string>> ReadAppliedAsync(
        NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var applied = new Dictionary<int, string>();
        await using var command = new NpgsqlCommand("SELECT version, checksum FROM schema_migrations", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(reader.GetInt32(0), reader.GetString(1));
        }

        return applied;
    }

    private static async Task RecordAsync(
        NpgsqlConnection connection, MigrationScript script, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO schema_migrations (version, name, checksum) VALUES ($1, $2, $3)", connection)
        {
            Parameters = { new() { Value = script.Version }, new() { Value = script.Name }, new() { Value = script.Checksum } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "Applied {Script}.")]
    private partial void LogApplied(string script);
}
