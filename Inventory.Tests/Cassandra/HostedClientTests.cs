using Inventory.Cassandra;
using Inventory.Cassandra.Errors;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Cassandra.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Inventory.Tests.Cassandra;

/// <summary>The client as services get it.</summary>
public sealed class HostedClientTests
{
    [Fact]
    public async Task A_host_that_starts_before_Cassandra_lives_and_becomes_healthy_with_it()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var first = new FakeNode();
        var port = first.EndPoint.Port;
        await first.DisposeAsync();
        using var host = Build(port);
        await host.StartAsync(stop);
        var reader = host.Services.GetRequiredService<IStockReader>();

        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(host));
        var error = await Assert.ThrowsAsync<CassandraNoNodeException>(() => reader.ReadAsync(new StockKey(1, 1), stop).AsTask());
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);

        await using var node = new FakeNode(port: port);
        var client = host.Services.GetRequiredService<CassandraClient>();
        await client.WaitUntilReadyAsync(stop).WaitAsync(TimeSpan.FromSeconds(30), stop);
        Assert.Equal(HealthStatus.Healthy, await HealthAsync(host));
        Assert.Equal(FakeNode.Level, await reader.ReadAsync(new StockKey(1, 1), stop));
        Assert.Same(reader, host.Services.GetRequiredService<IStockWriter>());

        await node.DisposeAsync();
        await Eventually.IsTrueAsync(() => !client.IsUsable);
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(host));
        await host.StopAsync(stop);
    }

    [Fact]
    public void Options_come_from_the_section_Cassandra()
    {
        using var host = Build(9042);
        var options = host.Services.GetRequiredService<CassandraClient>().Cluster.Options;
        Assert.Equal(TimeSpan.FromMilliseconds(1234), options.ReadTimeout);
        Assert.Equal(3, options.ConnectionsPerNode);
        Assert.Equal(CassandraConsistency.Quorum, options.ReadConsistency);
        Assert.Equal(CassandraConsistency.LocalQuorum, options.WriteConsistency);
    }

    [Fact]
    public async Task A_setting_that_makes_no_sense_stops_the_start()
    {
        using var host = Build(9042, ("Cassandra:ConnectionsPerNode", "0"));
        await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(
            () => host.StartAsync(TestContext.Current.CancellationToken));
    }

    private static IHost Build(int port, params (string Key, string Value)[] more)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:inventory"] =
                $"Contact Points=127.0.0.1;Port={port};Local Datacenter=dc1;Username=reader;Password=secret",
            ["Cassandra:ReadTimeout"] = "00:00:01.234",
            ["Cassandra:ConnectionsPerNode"] = "3",
            ["Cassandra:ReadConsistency"] = "Quorum",
            ["Cassandra:ReconnectBaseDelay"] = "00:00:00.020",
            ["Cassandra:ReconnectMaxDelay"] = "00:00:00.200",
        });
        builder.Configuration.AddInMemoryCollection(
            more.Select(static setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Services.AddCassandra(builder.Configuration, "inventory");
        return builder.Build();
    }

    private static async Task<HealthStatus> HealthAsync(IHost host)
    {
        var report = await host.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(static check => check.Tags.Contains("ready"));
        return Assert.Contains("cassandra", (IReadOnlyDictionary<string, HealthReportEntry>)report.Entries).Status;
    }
}
