using System.Data;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Inventory.Postgres.Migrations;

/// <summary>
/// Brings the schema to the newest version. Any number of instances may run at once: one of them works, by a lock of its
/// session, and the others look again until it is done. A script and its record are one transaction, unless it says that it
/// cannot run in one. However long a script takes, it is not broken off for it.
/// </summary>
public sealed partial class Migrator(NpgsqlDataSource dataSource, ILogger<Migrator> logger)
{
    // An arbitrary number that only this lock uses. It ends with its session, also when the connection is lost.
    private const long LockKey = 0x696e76656e746f72;

    // Who waits for it in a statement has a snapshot, for whose end an index that is built concurrently would wait: a circle.
    private static readonly TimeSpan LockInterval = TimeSpan.FromMilliseconds(100);

    /// <returns>How many scripts this call applied.</returns>
    /// <exception cref="InvalidOperationException">An applied script was edited afterwards.</exception>
    public async Task<int> MigrateAsync(CancellationToken cancellationToken)
    {
        var applied = 0;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        while (!await TryLockAsync(connection, cancellationToken))
        {
            await Task.Delay(LockInterval, cancellationToken);
        }

        try
        {
            while (await ApplyNextAsync(connection, cancellationToken))
            {
                applied++;
            }
        }
        finally
        {
            // The session goes back to the pool as it was.
            if (connection.FullState == ConnectionState.Open)
            {
                await ExecuteAsync(connection, $"SELECT pg_advisory_unlock({LockKey})", CancellationToken.None);
            }
        }

        return applied;
    }

    private static async Task<bool> TryLockAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand($"SELECT pg_try_advisory_lock({LockKey})", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private async Task<bool> ApplyNextAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, """
            CREATE TABLE IF NOT EXISTS schema_migrations (
                version    integer     PRIMARY KEY,
                name       text        NOT NULL,
                checksum   text        NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now())
            """, cancellationToken);
        var next = NextAfter(await ReadAppliedAsync(connection, cancellationToken));
        if (next is null)
        {
            return false;
        }

        if (next.IsOutsideOfTransaction)
        {
            foreach (var statement in next.Statements)
            {
                await ExecuteAsync(connection, statement, cancellationToken);
            }

            await RecordAsync(connection, next, cancellationToken);
        }
        else
        {
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(connection, next.Sql, cancellationToken);
            await RecordAsync(connection, next, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        LogApplied(next.Name);
        return true;
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
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "Applied {Script}.")]
    private partial void LogApplied(string script);
}
