using Inventory.Cassandra;
using Inventory.Cassandra.DataStax;
using Inventory.Cassandra.Errors;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Cassandra.Fakes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Inventory.Tests.Cassandra.DataStax.BuiltIn;

/// <summary>The DataStax driver behind the same port, on the tables of a real node.</summary>
public sealed class DataStaxStockTablesTests(RealKeyspace keyspace)
    : StockStoreContract, IClassFixture<RealKeyspace>, IAsyncLifetime
{
    private IHost _host = null!;

    protected override IStockReader Reader => _host.Services.GetRequiredService<IStockReader>();

    protected override IStockWriter Writer => _host.Services.GetRequiredService<IStockWriter>();

    public async ValueTask InitializeAsync()
    {
        _host = Build(keyspace.ConnectionString.Port);
        await _host.StartAsync(Stop);
        await Eventually.IsTrueAsync(async () => await HealthAsync(_host) == HealthStatus.Healthy);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
    }

    [Fact]
    public async Task The_choice_in_the_configuration_makes_it_the_reader_the_writer_and_the_health_check()
    {
        using var host = Build(keyspace.ConnectionString.Port);
        var reader = host.Services.GetRequiredService<IStockReader>();
        Assert.IsType<DataStaxStockClient>(reader);
        Assert.Same(reader, host.Services.GetRequiredService<IStockWriter>());
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(host));
        await Assert.ThrowsAsync<CassandraNoNodeException>(() => reader.ReadAsync(new StockKey(1, 1), Stop).AsTask());

        await host.StartAsync(Stop);
        await Eventually.IsTrueAsync(async () => await HealthAsync(host) == HealthStatus.Healthy);
        Assert.Null(await reader.ReadAsync(new StockKey(405, 1), Stop));
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task A_host_that_starts_before_Cassandra_lives_and_says_why_it_is_not_ready()
    {
        await using var gone = new FakeNode();
        var port = gone.EndPoint.Port;
        await gone.DisposeAsync();
        using var host = Build(port);
        await host.StartAsync(Stop);
        Assert.Equal(HealthStatus.Unhealthy, await HealthAsync(host));
        var error = await Assert.ThrowsAsync<CassandraNoNodeException>(() =>
            host.Services.GetRequiredService<IStockReader>().ReadAsync(new StockKey(1, 1), Stop).AsTask());
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        await host.StopAsync(Stop);
    }

    [Fact]
    public async Task A_row_is_understood_though_our_own_client_asked_the_same_node_to_leave_out_its_columns()
    {
        var key = new StockKey(406, 1);
        await keyspace.Client.WriteAsync(key, new StockLevel(6, 1, DateTimeOffset.UnixEpoch), Stop);
        Assert.Equal(6, (await keyspace.Client.ReadAsync(key, Stop))?.StockCount);
        Assert.Equal(6, (await Reader.ReadAsync(key, Stop))?.StockCount);
    }

    [Fact]
    public async Task Many_reads_at_once_on_few_connections_each_get_their_own_answer()
    {
        for (var item = 1; item <= 50; item++)
        {
            await Writer.WriteAsync(new StockKey(2_000 + item, 1), new StockLevel(item, 1, DateTimeOffset.UnixEpoch), Stop);
        }

        await Parallel.ForAsync(0, 3000, new ParallelOptions { MaxDegreeOfParallelism = 200 }, async (number, stop) =>
        {
            var item = number % 51;
            var level = await Reader.ReadAsync(new StockKey(2_000 + item, 1), stop);
            Assert.Equal(item == 0 ? null : item, level?.StockCount);
        });
    }

    private IHost Build(int port)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:inventory"] =
                $"Contact Points=127.0.0.1;Port={port};Default Keyspace={keyspace.Name};Username=reader;Password=secret",
            ["Cassandra:Client"] = "DataStax",
            // The tests' node may be of version 2.1.0, which answers a newer protocol in a way that the driver does not understand.
            ["Cassandra:MaxProtocolVersion"] = "3",
            ["Cassandra:ReadTimeout"] = "00:00:15",
        });
        builder.Services.AddCassandra(builder.Configuration, "inventory");
        return builder.Build();
    }

    private static async Task<HealthStatus> HealthAsync(IHost host)
    {
        var report = await host.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(static check => check.Tags.Contains("ready"), Stop);
        return Assert.Contains("cassandra", (IReadOnlyDictionary<string, HealthReportEntry>)report.Entries).Status;
    }
}
