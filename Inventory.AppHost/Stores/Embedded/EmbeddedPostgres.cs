using System.Globalization;
using Inventory.Servers.Postgres;
using Inventory.Servers.Processes;

namespace Inventory.AppHost.Stores.Embedded;

internal sealed class EmbeddedPostgres(string name) : EmbeddedServer(name)
{
    /// <summary>Null before the first start.</summary>
    public PostgresServer? Server { get; private set; }

    public override IReadOnlyList<ServerProcess> Processes => Server is null ? [] : [Server.Process];

    public override IReadOnlyList<string> Addresses =>
        Server is null ? [] : [string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Server.Port}")];

    public override Task StopAsync() => Server?.StopAsync() ?? Task.CompletedTask;

    protected override async Task<string> StartServerAsync(EmbeddedServerOptions options, CancellationToken cancellationToken)
    {
        Server = await PostgresServer.StartAsync(
            new() { Directory = options.Directory, Reuse = options.Reuse, Progress = options.Progress }, cancellationToken);
        return Server.ConnectionString;
    }

    protected override Task RestartServerAsync(CancellationToken cancellationToken) => Server!.RestartAsync(cancellationToken);
}
