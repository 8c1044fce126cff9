using System.Net;
using Inventory.Cassandra;
using Inventory.Contracts;
using Inventory.Contracts.Composition;
using Inventory.Tests.EndToEnd;
using Inventory.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Inventory.Tests.Faults.Projection;

/// <summary>Projectors are restarted and killed, and Cassandra is, while changes go on; verify then finds no difference.</summary>
[Collection(OneSystem.Name)]
public sealed class ProjectorFaultTests(RunningSystem system) : IDisposable
{
    private const int OrdersPerPhase = 40;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Nothing_is_lost_and_no_offset_goes_back_in_a_rolling_restart_of_projectors_under_load()
    {
        var running = await system.SystemAsync();
        using var offsets = new CommittedOffsets(running.BootstrapServers);
        await using var load = await OrderLoad.StartAsync(system);
        await using (var second = await ProjectorProcess.StartAsync(running, _folder.Path))
        {
            await load.MoreAsync(OrdersPerPhase);
            offsets.AssertNoneWentBack();
            await running.StopAsync(ResourceNames.Relay);
            await load.MoreAsync(OrdersPerPhase);
            offsets.AssertNoneWentBack();
            await running.StartAsync(ResourceNames.Relay);
            await load.MoreAsync(OrdersPerPhase);
            offsets.AssertNoneWentBack();

            await second.StopAsync();
            Assert.Equal(0, await second.Exited);
        }

        await load.MoreAsync(OrdersPerPhase);
        offsets.AssertNoneWentBack();
        await load.StopAsync();

        await AssertReadableAsync(load);
    }

    [Fact]
    public async Task Nothing_is_lost_when_a_projector_is_killed_in_mid_batch()
    {
        const int keys = 20_000;
        var running = await system.SystemAsync();
        await using var cassandra = await ConnectAsync(running);
        var before = await CountAsync(cassandra);
        await using (var postgres = NpgsqlDataSource.Create(running.Endpoints.ConnectionStrings[ResourceNames.Database]))
        {
            await using var change = postgres.CreateCommand($"""
                WITH added AS (
                    INSERT INTO stock SELECT 800000000 + item, 1, 10, item, now() FROM generate_series(1, {keys}) AS item RETURNING *)
                INSERT INTO outbox (vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, cause_type, cause_id)
                SELECT vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, 'inbound-received', gen_random_uuid()
                FROM added
                """);
            await change.ExecuteNonQueryAsync(Cancellation);
        }

        while (await CountAsync(cassandra) == before)
        {
            await Task.Delay(10, Cancellation);
        }

        await running.KillAsync(ResourceNames.Relay);
        Assert.InRange(await CountAsync(cassandra), before + 1, before + keys - 1);

        await running.StartAsync(ResourceNames.Relay);
        await system.VerifyAsync();
        Assert.Equal(before + keys, await CountAsync(cassandra));
    }

    [Fact]
    public async Task While_cassandra_is_away_the_relay_is_alive_but_not_ready_and_catches_up_without_a_restart()
    {
        var running = await system.SystemAsync();
        await using var load = await OrderLoad.StartAsync(system);
        await load.MoreAsync(OrdersPerPhase);
        await running.KillStoreAsync(ResourceNames.Cassandra);

        await WaitForAsync(running, HealthPaths.Ready, HttpStatusCode.ServiceUnavailable);
        await load.MoreAsync(OrdersPerPhase);
        await WaitForAsync(running, HealthPaths.Live, HttpStatusCode.OK);

        await running.StartAsync(ResourceNames.Cassandra);
        await WaitForAsync(running, HealthPaths.Ready, HttpStatusCode.OK);
        await load.StopAsync();
        await AssertReadableAsync(load);
    }

    private async Task AssertReadableAsync(OrderLoad load)
    {
        foreach (var (key, stockCount, version) in load.Expected)
        {
            var stock = await system.ReadAsync(key, version);
            Assert.Equal((stockCount, version), (stock.StockCount, stock.Version));
        }

        await system.VerifyAsync();
    }

    private static async Task WaitForAsync(AspireSystem running, string path, HttpStatusCode status)
    {
        using var client = new HttpClient { BaseAddress = running.Endpoints.Services[ResourceNames.Relay], Timeout = TimeSpan.FromSeconds(10) };
        await Publishing.Patience.WaitAsync(async () =>
        {
            using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            return response.StatusCode == status;
        });
    }

    private static Task<CassandraClient> ConnectAsync(AspireSystem running) => CassandraClient.ConnectAsync(
        CassandraConnectionString.Parse(running.Endpoints.ConnectionStrings[ResourceNames.Keyspace]),
        new CassandraOptions(),
        NullLoggerFactory.Instance,
        TimeProvider.System,
        Cancellation);

    private static async Task<int> CountAsync(CassandraClient cassandra) =>
        await cassandra.ScanAsync(StockTable.Stocks, Cancellation).CountAsync(Cancellation);
}
