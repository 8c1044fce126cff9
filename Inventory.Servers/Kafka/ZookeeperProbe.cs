using System.Net;
using Inventory.Servers.Processes;

namespace Inventory.Servers.Kafka;

/// <summary>The commands of four letters that ZooKeeper answers without a session.</summary>
internal static class ZookeeperProbe
{
    /// <summary>Whether it serves; <c>ruok</c> would already answer while it loads its data.</summary>
    public static async Task<bool> IsServingAsync(IPEndPoint endPoint, CancellationToken cancellationToken) =>
        (await AskAsync(endPoint, "srvr"u8.ToArray(), cancellationToken)).Contains("Mode: ", StringComparison.Ordinal);

    /// <summary>Whether the session of an earlier process still holds the broker's id.</summary>
    public static async Task<bool> KnowsBrokerAsync(
        IPEndPoint endPoint, int broker, CancellationToken cancellationToken)
    {
        var path = FormattableString.Invariant($"/brokers/ids/{broker}");
        var sessions = await AskAsync(endPoint, "dump"u8.ToArray(), cancellationToken);
        return sessions.Split('\n').Any(line => line.Trim() == path);
    }

    private static async Task<string> AskAsync(
        IPEndPoint endPoint, byte[] command, CancellationToken cancellationToken)
    {
        using var wire = await Wire.ConnectAsync(endPoint, cancellationToken);
        await wire.SendAsync(command, cancellationToken);
        return await wire.ReadToEndAsync(cancellationToken);
    }
}
