using System.Net;
using Microsoft.Extensions.Logging;

namespace Inventory.Cassandra.Telemetry;

/// <summary>Every message of the client.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Connected to {EndPoint} with protocol v{Version}")]
    public static partial void Connected(ILogger logger, IPEndPoint endPoint, byte version);

    [LoggerMessage(2, LogLevel.Warning, "Could not connect to {EndPoint}; trying again with growing delays")]
    public static partial void CouldNotConnect(ILogger logger, IPEndPoint endPoint, Exception error);

    [LoggerMessage(3, LogLevel.Debug, "Still can't connect to {EndPoint}: {Reason}; next attempt in {Delay}")]
    public static partial void StillCannotConnect(ILogger logger, IPEndPoint endPoint, string reason, TimeSpan delay);

    [LoggerMessage(4, LogLevel.Warning, "Lost the connection to {EndPoint}: {Reason}")]
    public static partial void ConnectionLost(ILogger logger, IPEndPoint endPoint, string reason);

    [LoggerMessage(5, LogLevel.Information, "{EndPoint} refused protocol v{Refused} ({Reason}); going on with v{Version}")]
    public static partial void VersionRefused(ILogger logger, IPEndPoint endPoint, byte refused, byte version, string reason);

    [LoggerMessage(6, LogLevel.Warning, "No contact point answered; trying again in {Delay}")]
    public static partial void NoContactPoint(ILogger logger, TimeSpan delay, Exception error);

    [LoggerMessage(7, LogLevel.Information, "Cluster: {Nodes} nodes in data centre {Datacenter}, {Tokens} tokens, replication {Replication}")]
    public static partial void Topology(ILogger logger, int nodes, string datacenter, int tokens, string replication);

    [LoggerMessage(8, LogLevel.Information, "{Type}: {Change} {Address}")]
    public static partial void ServerEvent(ILogger logger, string type, string change, IPAddress? address);

    [LoggerMessage(9, LogLevel.Warning, "Node {EndPoint} left the cluster")]
    public static partial void NodeLeft(ILogger logger, IPEndPoint endPoint);

    [LoggerMessage(10, LogLevel.Warning, "{EndPoint} does not answer heartbeats")]
    public static partial void HeartbeatFailed(ILogger logger, IPEndPoint endPoint, Exception error);

    [LoggerMessage(11, LogLevel.Error, "The timer that watches requests failed")]
    public static partial void TickFailed(ILogger logger, Exception error);

    [LoggerMessage(12, LogLevel.Warning, "The nodes did not agree on the schema within {Timeout}")]
    public static partial void NoSchemaAgreement(ILogger logger, TimeSpan timeout);

    [LoggerMessage(13, LogLevel.Information, "Cassandra is ready: connected and prepared")]
    public static partial void Ready(ILogger logger);
}
