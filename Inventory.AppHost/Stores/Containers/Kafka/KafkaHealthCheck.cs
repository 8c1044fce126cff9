using System.Buffers.Binary;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Inventory.AppHost.Stores.Containers.Kafka;

/// <summary>
/// Whether the broker speaks Kafka: it is asked for the versions of its protocol, which it tells anybody. An open port alone
/// says nothing, because the proxy before a container accepts connections sooner than the broker does.
/// </summary>
internal sealed class KafkaHealthCheck(KafkaBrokerResource kafka) : IHealthCheck
{
    private const int Correlation = 1;

    // Length, ApiVersions (18) of version 0, correlation 1, no client id: the first request of Kafka's protocol.
    private static ReadOnlySpan<byte> ApiVersions => [0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, Correlation, 0xFF, 0xFF];

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        // A new one each time: a reference that once had no endpoint remembers that.
        var endpoint = new EndpointReference(kafka, KafkaBrokerResource.PrimaryEndpointName);
        if (!endpoint.IsAllocated)
        {
            return HealthCheckResult.Unhealthy("The broker has no endpoint yet.");
        }

        try
        {
            return await AnswersAsync(endpoint.Host, endpoint.Port, cancellationToken)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("What answers does not speak Kafka's protocol.");
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return HealthCheckResult.Unhealthy("The broker does not answer.", exception);
        }
    }

    private static async Task<bool> AnswersAsync(string host, int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(ApiVersions.ToArray(), cancellationToken);
        var header = new byte[2 * sizeof(int)];
        await stream.ReadExactlyAsync(header, cancellationToken);
        return BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(sizeof(int))) == Correlation;
    }
}
