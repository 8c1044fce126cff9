using Microsoft.Extensions.Hosting;

namespace Inventory.Cassandra;

/// <summary>
/// Starts the client with the host. It connects in the background: a process that starts before Cassandra does lives,
/// and is not ready until it could connect.
/// </summary>
internal sealed class CassandraStart(CassandraClient client) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        client.Start();
        return Task.CompletedTask;
    }

    /// <remarks>The container disposes the client after everything that may still use it has stopped.</remarks>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
