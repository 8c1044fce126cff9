using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Hosting;

namespace Inventory.AppHost.Stores.Embedded;

/// <summary>Stops the servers after everything that uses them, so that nothing loses its stores while it drains.</summary>
internal sealed class EmbeddedServerShutdown(DistributedApplicationModel model, EmbeddedServerLifecycle lifecycle)
    : IHostedLifecycleService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await lifecycle.DisposeAsync();
        await Task.WhenAll(model.Resources.OfType<EmbeddedServer>().Select(server => server.StopAsync()));
    }
}
