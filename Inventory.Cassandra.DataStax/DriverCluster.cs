using Driver = global::Cassandra;

namespace Inventory.Cassandra.DataStax;

/// <summary>The driver's configuration, from the options of <see cref="CassandraClient"/>.</summary>
internal static class DriverCluster
{
    // Of one connection, by the protocol.
    private const int MostStreams = 32_768;

    public static Driver.Cluster Build(CassandraConnectionString connectionString, CassandraOptions options)
    {
        var local = connectionString.LocalDatacenter;
        var builder = Driver.Cluster.Builder()
            .AddContactPoints(connectionString.ContactPoints)
            .WithPort(connectionString.Port)
            .WithMaxProtocolVersion((Driver.ProtocolVersion)options.MaxProtocolVersion)
            .WithLoadBalancingPolicy(new Driver.TokenAwarePolicy(
                local is null ? new Driver.DCAwareRoundRobinPolicy() : new Driver.DCAwareRoundRobinPolicy(local)))
            .WithReconnectionPolicy(new Driver.ExponentialReconnectionPolicy(
                (long)options.ReconnectBaseDelay.TotalMilliseconds, (long)options.ReconnectMaxDelay.TotalMilliseconds))
            .WithRetryPolicy(new IdempotentRetries(options.MaxRetries))
            .WithSocketOptions(new Driver.SocketOptions()
                .SetTcpNoDelay(true)
                .SetConnectTimeoutMillis((int)options.ConnectTimeout.TotalMilliseconds))
            .WithPoolingOptions(Pooling(options))
            .WithMonitorReporting(false);
        if (connectionString is { Username: { } username, Password: { } password })
        {
            builder.WithAuthProvider(new Driver.PlainTextAuthProvider(username, password));
        }

        return (options.Tls.Enabled ? builder.WithSSL(DriverTls.From(options.Tls)) : builder).Build();
    }

    private static Driver.PoolingOptions Pooling(CassandraOptions options) => new Driver.PoolingOptions()
        .SetCoreConnectionsPerHost(Driver.HostDistance.Local, options.ConnectionsPerNode)
        .SetMaxConnectionsPerHost(Driver.HostDistance.Local, options.ConnectionsPerNode)
        // It has no queue for those that wait for a stream: they are under way, too.
        .SetMaxRequestsPerConnection(Math.Min(options.MaxRequestsInFlight + options.MaxRequestsWaiting, MostStreams))
        .SetHeartBeatInterval((int)options.HeartbeatInterval.TotalMilliseconds);
}
