using System.Net.Sockets;
using Inventory.Cassandra.Routing;
using Inventory.Cassandra.Telemetry;
using Microsoft.Extensions.Logging;

namespace Inventory.Cassandra;

/// <summary>
/// Waits until all nodes have the same version of the schema. Two changes in a row through different nodes could
/// otherwise make two tables of one name.
/// </summary>
internal sealed class SchemaAgreement(TopologyReader reader, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(1);

    /// <returns>Whether they agreed; if they don't, it is logged and one goes on.</returns>
    public async Task<bool> WaitAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < Longest)
        {
            var topology = await reader.ReadAsync(cancellationToken);
            var behind = topology.Nodes.Where(node => node.SchemaVersion != topology.Local.SchemaVersion).ToArray();
            if (behind.Length == 0 || !await AnyIsUpAsync(behind, cancellationToken))
            {
                return true;
            }

            await Task.Delay(Interval, time, cancellationToken);
        }

        Log.NoSchemaAgreement(logger, Longest);
        return false;
    }

    /// <summary>A node that is down keeps its old version in the system tables and learns the new one when it starts.</summary>
    private async Task<bool> AnyIsUpAsync(NodeInfo[] nodes, CancellationToken cancellationToken)
    {
        foreach (var node in nodes)
        {
            using var socket = new Socket(node.EndPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            using var deadline = new CancellationTokenSource(ProbeTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            try
            {
                await socket.ConnectAsync(node.EndPoint, either.Token);
                return true;
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        return false;
    }
}
