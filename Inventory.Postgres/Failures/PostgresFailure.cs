using Npgsql;

namespace Inventory.Postgres.Failures;

/// <summary>The one table of SQLSTATEs and what helps against each: codes first, then classes.</summary>
public static class PostgresFailure
{
    private const int ClassLength = 2;

    // What Postgres names the check by which it finds that a prepared statement would return other columns than it did.
    private const string PlanCheck = "RevalidateCachedQuery";

    public static PostgresRemedy RemedyOf(Exception exception) => exception switch
    {
        PostgresException postgres => RemedyOf(postgres),
        NpgsqlException { IsTransient: true } => PostgresRemedy.Repeat,
        NpgsqlException => PostgresRemedy.Wait,

        // Of a connection that waited for another one's reading of the types.
        TimeoutException => PostgresRemedy.Repeat,
        _ => PostgresRemedy.None,
    };

    private static PostgresRemedy RemedyOf(PostgresException exception) => exception.SqlState switch
    {
        // A session that cannot write: a standby, or a server that was told to stop.
        PostgresErrorCodes.ReadOnlySqlTransaction => PostgresRemedy.Reconnect,

        // A transaction that is not in the state in which we left it: somebody else had the session in between.
        PostgresErrorCodes.InFailedSqlTransaction
            or "25P01" or "25P03" or "25P04" => PostgresRemedy.Reconnect,

        // A prepared statement that is somebody else's or gone, or whose columns an operator has changed.
        PostgresErrorCodes.InvalidSqlStatementName or PostgresErrorCodes.DuplicatePreparedStatement => PostgresRemedy.Reconnect,
        PostgresErrorCodes.FeatureNotSupported when exception.Routine == PlanCheck => PostgresRemedy.Reconnect,

        // Cancelled by an operator or by a time limit of the server; the session goes on.
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.DatabaseDropped => PostgresRemedy.Wait,

        // The migration step has not run yet, or the logins have not got their rights.
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction
            or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.InvalidCatalogName
            or PostgresErrorCodes.InsufficientPrivilege => PostgresRemedy.Wait,

        // Of corrupted data somebody must hear.
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => PostgresRemedy.None,
        _ => RemedyOfClass(exception.SqlState),
    };

    private static PostgresRemedy RemedyOfClass(string state) => state.Length < ClassLength ? PostgresRemedy.None : state[..ClassLength] switch
    {
        "08" => PostgresRemedy.Reconnect, // connection exception
        "40" => PostgresRemedy.Repeat, // transaction rollback: deadlock, serialization failure
        "57" => PostgresRemedy.Reconnect, // operator intervention: shutdown, crash, start-up, idle session
        "72" => PostgresRemedy.Repeat, // snapshot too old
        "XX" => PostgresRemedy.Repeat, // internal error: what concurrent changes of the schema look like
        "28" => PostgresRemedy.Wait, // invalid authorization: a password that is being changed
        "53" => PostgresRemedy.Wait, // insufficient resources: connections, memory, disk
        "55" => PostgresRemedy.Wait, // object not in prerequisite state: a lock that was not had in time
        "58" => PostgresRemedy.Wait, // system error: input and output
        "F0" => PostgresRemedy.Wait, // configuration file
        _ => PostgresRemedy.None,
    };
}
