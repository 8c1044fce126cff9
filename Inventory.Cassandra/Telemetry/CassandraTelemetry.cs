using System.Diagnostics;
using System.Net;
using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Errors;

namespace Inventory.Cassandra.Telemetry;

/// <summary>The names to subscribe to, and the client span of a request.</summary>
public static class CassandraTelemetry
{
    /// <summary>Of the activity source and of the meter.</summary>
    public const string Name = "Inventory.Cassandra";

    internal const string System = "cassandra";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>
    /// A span, if somebody listens and the request is part of a recorded trace: reads on their own are
    /// too many to trace, and too cheap for it.
    /// </summary>
    internal static Activity? Start(Statement statement)
    {
        if (!Source.HasListeners() || Activity.Current is not { Recorded: true } parent)
        {
            return null;
        }

        var activity = Source.StartActivity(
            $"{statement.Operation} {statement.Keyspace}.{statement.Table}",
            ActivityKind.Client);
        // The caller's own activity stays the current one: the span ends on another thread.
        Activity.Current = parent;
        return activity?
            .SetTag("db.system.name", System)
            .SetTag("db.namespace", statement.Keyspace)
            .SetTag("db.collection.name", statement.Table)
            .SetTag("db.operation.name", statement.Operation);
    }

    internal static void End(Activity activity, IPEndPoint? server, Exception? error)
    {
        if (server is not null)
        {
            activity.SetTag("server.address", server.Address.ToString());
            activity.SetTag("server.port", server.Port);
        }

        if (error is not null)
        {
            activity.SetTag("error.type", ErrorType(error));
            activity.SetStatus(ActivityStatusCode.Error, error.Message);
        }

        // Stopping makes the parent current; on this thread another request may be.
        var current = Activity.Current;
        activity.Stop();
        Activity.Current = current;
    }

    internal static string ErrorType(Exception error) =>
        error is CassandraException cassandra ? cassandra.ErrorType : error.GetType().Name;
}
