using System.Net;

namespace Inventory.Servers.Cassandra;

/// <summary>Asks a node whether it serves and whether it sees all others.</summary>
internal static class CqlProbe
{
    /// <summary>Scans all ranges of a replicated table, which stays empty while nobody traces.</summary>
    private const string ReadEverywhere = "SELECT session_id FROM system_traces.sessions LIMIT 1";

    public static async Task<bool> IsServingAsync(IPEndPoint node, CancellationToken cancellationToken)
    {
        using var connection = await CqlConnection.ConnectAsync(node, cancellationToken);
        return (await connection.AskForOptionsAsync(cancellationToken)).IsSupported;
    }

    /// <summary>A read at consistency ALL is refused while the node holds any other to be down.</summary>
    public static async Task<bool> SeesAllNodesAsync(IPEndPoint node, CancellationToken cancellationToken)
    {
        using var connection = await CqlConnection.ConnectAsync(node, cancellationToken);
        return (await connection.OpenAsync(cancellationToken)).IsReady
            && (await connection.QueryAsync(ReadEverywhere, CqlConsistency.All, cancellationToken)).IsResult;
    }
}
