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

/// <summary>A real server whose catalogue of types is locked, which every first connection wants to read.</summary>
public sealed class SlowPostgresTests(RealServers servers)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bug_a_relay_ended_when_its_first_connections_waited_for_each_other_too_long()
    {
        await using var database = await TestDatabase.CreateAsync(await servers.PostgresAsync());
        await using var locking = await database.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await locking.BeginTransactionAsync(Cancellation);
        await using var command = new NpgsqlCommand("LOCK TABLE pg_type IN ACCESS EXCLUSIVE MODE", locking);
        await command.ExecuteNonQueryAsync(Cancellation);

        var application = RelayApplication.Build(ServiceHost.Arguments(
            "Inventory.Relay",
            new(ConfigurationKeys.ConnectionString(ResourceNames.Database), $"{database.ConnectionString};Timeout=1"),
            new(ConfigurationKeys.ConnectionString(ResourceNames.Keyspace), "Contact Points=127.0.0.1;Port=1"),
            new("Relay:Roles", nameof(RelayRoles.Reconciler))));

        var opening = OpenManyAsync(application.Services.GetRequiredService<NpgsqlDataSource>());
        await using var relay = await ServiceHost.StartAsync(application);
        var reconciler = relay.Services.GetServices<IHostedService>().OfType<Reconciler>().Single();

        Assert.Contains(await opening, failure => failure is TimeoutException);
        Assert.False(reconciler.ExecuteTask!.IsCompleted);
        await transaction.RollbackAsync(Cancellation);
    }

    // A crowd at every moment, so that whenever the relay opens one it waits behind others.
    private static async Task<Exception?[]> OpenManyAsync(NpgsqlDataSource dataSource)
    {
        var opening = new List<Task<Exception?>>();
        for (var opened = 0; opened < 100; opened++)
        {
            opening.Add(OpenAsync(dataSource));
            await Task.Delay(30, Cancellation);
        }

        return await Task.WhenAll(opening);
    }

    private static async Task<Exception?> OpenAsync(NpgsqlDataSource dataSource)
    {
        try
        {
            await using var connection = await dataSource.OpenConnectionAsync(Cancellation);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }
}
