using System.Diagnostics;
using Npgsql;

namespace Inventory.Postgres;

/// <summary>Bounds for whatever the connection string leaves open.</summary>
internal static class PostgresDefaults
{
    /// <summary>Seconds to a connection, new or from the pool; a pool that is exhausted longer is an overload.</summary>
    private const int ConnectTimeout = 3;

    /// <summary>Seconds to the answer of a command, lock waits included.</summary>
    private const int CommandTimeout = 5;

    /// <summary>Connections of one instance; more would only queue inside Postgres instead of before it.</summary>
    private const int MaximumPoolSize = 40;

    /// <summary>For how long a host that was a standby, or away, is not asked again: after a failover nothing works until then.</summary>
    private const int HostRecheckSeconds = 1;

    public static string Apply(string connectionString)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        SetIfOpen(given, "Timeout", ConnectTimeout);
        SetIfOpen(given, "Command Timeout", CommandTimeout);
        SetIfOpen(given, "Maximum Pool Size", MaximumPoolSize);

        // Statements are few and hot: after the fifth use they stay prepared on their connection.
        SetIfOpen(given, "Max Auto Prepare", 32);

        // Nothing here changes a session (what does undoes it itself), and the seven statements that undo whatever might have been
        // changed took a sixth of the server's time at 500 small transactions a second (ADR 24).
        SetIfOpen(given, "No Reset On Close", true);
        return WithoutTarget(given).ConnectionString;
    }

    /// <summary>
    /// Which of several hosts is wanted is not the connection string's to say: all that connects here writes, or reads what
    /// must be newest. Npgsql refuses a data source that it does say it to.
    /// </summary>
    public static NpgsqlConnectionStringBuilder WithoutTarget(NpgsqlConnectionStringBuilder given)
    {
        given.Remove("Target Session Attributes");
        if (given.Host?.Contains(',', StringComparison.Ordinal) is true)
        {
            SetIfOpen(given, "Host Recheck Seconds", HostRecheckSeconds);
        }

        return given;
    }

    /// <summary>A loop that polls the database would fill the traces with single spans that lead nowhere.</summary>
    public static void TraceRequestsOnly(NpgsqlTracingOptionsBuilder tracing) =>
        tracing
            .ConfigureCommandFilter(_ => Activity.Current is not null)
            .ConfigureBatchFilter(_ => Activity.Current is not null);

    private static void SetIfOpen(NpgsqlConnectionStringBuilder connectionString, string keyword, object value)
    {
        if (!connectionString.ShouldSerialize(keyword))
        {
            connectionString[keyword] = value;
        }
    }
}
