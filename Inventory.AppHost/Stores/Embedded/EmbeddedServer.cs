using Aspire.Hosting.ApplicationModel;
using Inventory.Servers;
using Inventory.Servers.Processes;

namespace Inventory.AppHost.Stores.Embedded;

/// <summary>A store that this process starts itself, as programs of this machine, and that dies with it.</summary>
internal abstract class EmbeddedServer : Resource, IResourceWithConnectionString, IResourceWithWaitSupport
{
    private readonly LateValue _connectionString = new();

    protected EmbeddedServer(string name)
        : base(name) => ConnectionStringExpression = ReferenceExpression.Create($"{_connectionString}");

    /// <summary>With all rights. Whoever asks waits until the server has started for the first time.</summary>
    public ReferenceExpression ConnectionStringExpression { get; }

    /// <summary>What it consists of, in the order in which it starts; empty before the first start.</summary>
    public abstract IReadOnlyList<ServerProcess> Processes { get; }

    /// <summary>Where it listens, as <c>host:port</c>.</summary>
    public abstract IReadOnlyList<string> Addresses { get; }

    /// <summary>Why it did not start, in a sentence, the last lines of its log after it where there is one.</summary>
    public string? Failure { get; private set; }

    /// <summary>Starts it, the first time on free ports and later on those it had.</summary>
    /// <exception cref="MissingPrerequisiteException">Something must be installed.</exception>
    /// <exception cref="ServerStartException">It did not start.</exception>
    public async Task StartAsync(EmbeddedServerOptions options, CancellationToken cancellationToken)
    {
        try
        {
            Failure = null;
            if (Processes.Count > 0)
            {
                await RestartServerAsync(cancellationToken);
            }
            else
            {
                _connectionString.Set(await StartServerAsync(options, cancellationToken));
            }
        }
        catch (Exception exception) when (exception is MissingPrerequisiteException or ServerStartException)
        {
            Failure = exception.Message;
            throw;
        }
    }

    /// <summary>Asks it to stop. Its data stay.</summary>
    public abstract Task StopAsync();

    /// <returns>The connection string.</returns>
    protected abstract Task<string> StartServerAsync(EmbeddedServerOptions options, CancellationToken cancellationToken);

    protected abstract Task RestartServerAsync(CancellationToken cancellationToken);
}
