using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Inventory.AppHost.Stores.Containers.Cassandra;

/// <summary>
/// Whether the node speaks CQL: it is asked for its options, which it tells without authentication. An open port alone
/// says nothing, because the proxy before a container accepts connections sooner than Cassandra does.
/// </summary>
internal sealed class CqlHealthCheck(CassandraServerResource cassandra) : IHealthCheck
{
    private const int HeaderLength = 9;
    private const byte Supported = 0x06;

    // Protocol version 4, no flags, stream 0, OPTIONS, no body (section 2 of the protocol).
    private static ReadOnlySpan<byte> Options => [0x04, 0x00, 0x00, 0x00, 0x05, 0x00, 0x00, 0x00, 0x00];

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // A new one each time: a reference that once had no endpoint remembers that.
        var endpoint = new EndpointReference(cassandra, CassandraServerResource.PrimaryEndpointName);
        if (!endpoint.IsAllocated)
        {
            return HealthCheckResult.Unhealthy("The node has no endpoint yet.");
        }

        try
        {
            return await AsksAsync(endpoint.Host, endpoint.Port, cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("What answers does not speak CQL.");
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return HealthCheckResult.Unhealthy("The node does not answer.", exception);
        }
    }

    private static async Task<bool> AsksAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Options.ToArray(), cancellationToken);
        var header = new byte[HeaderLength];
        await stream.ReadExactlyAsync(header, cancellationToken);

        // The first bit tells an answer from a request; the operation is the fifth byte.
        return (header[0] & 0x80) != 0 && header[4] == Supported;
    }
}
