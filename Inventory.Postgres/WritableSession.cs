using Npgsql;

namespace Inventory.Postgres;

/// <summary>
/// A session of a standby, or of a server that was told to take no more writes, answers and is of no use: it cannot write,
/// and what it reads may be old. Once pooled it would fail its borrowers for as long as it is borrowed often enough.
/// </summary>
internal static class WritableSession
{
    // True of a standby as well.
    public const string IsReadOnlySql = "SELECT current_setting('transaction_read_only')::boolean";

    /// <exception cref="PostgresException">25006, as from the first write.</exception>
    public static void Check(NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand(IsReadOnlySql, connection);
        Require(command.ExecuteScalar());
    }

    /// <inheritdoc cref="Check"/>
    public static async Task CheckAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(IsReadOnlySql, connection);
        Require(await command.ExecuteScalarAsync());
    }

    private static void Require(object? isReadOnly)
    {
        if (isReadOnly is not false)
        {
            throw new PostgresException(
                "The server takes no writes.", "ERROR", "ERROR", PostgresErrorCodes.ReadOnlySqlTransaction);
        }
    }
}
