using Inventory.Contracts.Composition;
using Npgsql;

namespace Inventory.Postgres.Migrations;

/// <summary>
/// Makes the logins of the services, each with the rights of one role only. Run it after every start of the migration
/// step: it also sets a changed password.
/// </summary>
public sealed class DatabaseLogins(NpgsqlDataSource dataSource)
{
    /// <summary>The login of CommandApi and the role that it gets.</summary>
    public static readonly (string Login, string Role) CommandApi = (StoreNames.CommandApiLogin, "inventory_command");

    /// <summary>The login of Relay and the role that it gets. It also reads the write-ahead log of the outbox.</summary>
    public static readonly (string Login, string Role) Relay = (StoreNames.RelayLogin, "inventory_relay");

    public async Task EnsureAsync((string Login, string Role) account, string password, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);

        // Role statements take no parameters: the password travels as a setting, which ends with the transaction, and
        // format() quotes it.
        await using var setting = new NpgsqlCommand("SELECT set_config('inventory.password', $1, true)", connection)
        {
            Parameters = { new() { Value = password } },
        };
        await setting.ExecuteNonQueryAsync(cancellationToken);

        await using var ensure = new NpgsqlCommand($"""
            DO $$
            BEGIN
                PERFORM pg_advisory_xact_lock(hashtext('inventory logins'));
                BEGIN
                    CREATE ROLE {account.Login} LOGIN;
                EXCEPTION WHEN duplicate_object OR unique_violation THEN
                    NULL;
                END;
                EXECUTE format('ALTER ROLE {account.Login} PASSWORD %L', current_setting('inventory.password'));
                GRANT {account.Role} TO {account.Login};
                IF {(account == Relay ? "true" : "false")} THEN
                    BEGIN
                        ALTER ROLE {account.Login} REPLICATION;
                    EXCEPTION WHEN insufficient_privilege THEN
                        RAISE WARNING '{account.Login} may not replicate: grant it, or set Relay:Source to Polling';
                    END;
                END IF;
            END
            $$
            """, connection);
        await ensure.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
