using System.Runtime.CompilerServices;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Relay;
using Inventory.Relay.Reconciliation;
using Inventory.Tests.Hosting;
using Inventory.Tests.Postgres;
using Inventory.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Inventory.Tests.Relay;

/// <summary>A real server, of which a first connection waits too long for another's reading of the types.</summary>
public sealed class SlowPostgresTests(RealServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bug_a_relay_ended_when_its_first_connections_waited_for_each_other_too_long()
    {
        await using var database = await TestDatabase.CreateAsync(await servers.PostgresAsync());
        var application = RelayApplication.Build(ServiceHost.Arguments(
            "Inventory.Relay",
            new(ConfigurationKeys.ConnectionString(ResourceNames.Database), $"{database.ConnectionString};Timeout=1"),
            new(ConfigurationKeys.ConnectionString(ResourceNames.Keyspace), "Contact Points=127.0.0.1;Port=1"),
            new("Relay:Roles", nameof(RelayRoles.Reconciler))));
        var dataSource = application.Services.GetRequiredService<NpgsqlDataSource>();
        await ReadingOfTypes(dataSource).WaitAsync(Cancellation);

        await using var relay = await ServiceHost.StartAsync(application);
        var reconciler = relay.Services.GetServices<IHostedService>().OfType<Reconciler>().Single();

        // The reconciler asked before the first of these, so it has been told the same when the second ends.
        for (var asked = 0; asked < 2; asked++)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => dataSource.OpenConnectionAsync(Cancellation).AsTask());
        }

        Assert.False(reconciler.ExecuteTask!.IsCompleted);
        ReadingOfTypes(dataSource).Release();
    }

    // Held here, since who of a crowd of connections comes to wait too long is a matter of a millisecond.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_setupMappingsSemaphore")]
    private static extern ref SemaphoreSlim ReadingOfTypes(NpgsqlDataSource dataSource);
}
