using Inventory.Servers.Postgres;
using Inventory.Tests.CommandApi;
using Inventory.Tests.Postgres;
using Inventory.Tests.Servers;

namespace Inventory.Tests.Faults;

/// <summary>
/// Two instances of CommandApi and a Postgres of their own, broken under load. In the end every acknowledged order is there
/// exactly once and no order is there by half.
/// </summary>
public sealed class CommandFaultTests(RealServers servers) : IAsyncLifetime
{
    private const int OrdersPerPhase = 150;

    private readonly string _folder = Path.Combine(servers.Folder, $"command-faults-{Guid.NewGuid():n}");
    private PostgresServer _postgres = null!;
    private TestDatabase _database = null!;
    private CommandApiProcess[] _instances = [];

    public async ValueTask InitializeAsync()
    {
        _postgres = await PostgresServer.StartAsync(new() { Directory = _folder }, TestContext.Current.CancellationToken);
        _database = await TestDatabase.CreateAsync(_postgres);
        _instances =
        [
            await CommandApiProcess.StartAsync("first", _folder, _database.ConnectionString),
            await CommandApiProcess.StartAsync("second", _folder, _database.ConnectionString),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }

        await _database.DisposeAsync();
        await _postgres.DisposeAsync();
    }

    [Fact]
    public Task Every_acknowledged_order_is_there_once_when_an_instance_is_killed() => SurviveAsync(async load =>
    {
        foreach (var instance in _instances)
        {
            await instance.KillAsync();
            await load.MoreAsync(OrdersPerPhase / 3);
            await instance.StartAsync();
        }
    });

    [Fact]
    public Task Every_acknowledged_order_is_there_once_when_connections_are_terminated() => SurviveAsync(async load =>
    {
        for (var round = 0; round < 10; round++)
        {
            Assert.InRange(
                await _database.ScalarAsync<long>("""
                    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                    WHERE datname = current_database() AND pid <> pg_backend_pid()
                    """),
                1,
                200);
            await load.MoreAsync(OrdersPerPhase / 10);
        }
    });

    [Fact]
    public Task Every_acknowledged_order_is_there_once_when_postgres_is_restarted() => SurviveAsync(async load =>
    {
        await _postgres.RestartAsync(TestContext.Current.CancellationToken);
        await load.MoreAsync(OrdersPerPhase);
        _postgres.Process.Kill();
        await _postgres.Process.Exited;
        await _postgres.RestartAsync(TestContext.Current.CancellationToken);
    });

    private async Task SurviveAsync(Func<CommandLoad, Task> breakAsync)
    {
        var load = await CommandLoad.StartAsync([.. _instances.Select(instance => instance.Client)]);
        await load.MoreAsync(OrdersPerPhase);
        await breakAsync(load);
        await load.MoreAsync(OrdersPerPhase);
        await load.StopAsync();

        // Nobody gave up an order, so what is there is what was acknowledged: no fewer and no more.
        _database.DataSource.Clear();
        var acknowledged = load.Acknowledged.ToArray();
        Assert.Equal(acknowledged.Length, await CountAsync("SELECT FROM orders WHERE status = 'placed'"));
        Assert.Equal(acknowledged.Length, await _database.ScalarAsync<long>(
            "SELECT count(*) FROM orders WHERE status = 'placed' AND order_id = ANY ($1)", acknowledged));

        // Each of its parts is there once.
        Assert.Equal(0, await CountAsync($"""
            SELECT FROM orders
            WHERE (SELECT count(*) FROM order_lines AS line WHERE line.order_id = orders.order_id) <> {CommandLoad.Lines}
               OR (SELECT count(*) FROM stock_ledger WHERE cause_id = orders.order_id) <> {CommandLoad.Lines}
            """));
        Assert.Equal(CommandLoad.Lines * acknowledged.Length, await CountAsync(
            "SELECT FROM stock_ledger WHERE cause_type = 'order-placed' AND quantity = -1"));
        Assert.Equal(0, await CountAsync($"""
            SELECT FROM stock
            WHERE stock_count <> {CommandLoad.OpeningStock} - (
                SELECT count(*) FROM order_lines AS line
                WHERE (line.vendor_item_id, line.fulfillment_center_id)
                    = (stock.vendor_item_id, stock.fulfillment_center_id))
            """));
        Assert.Equal(await CountAsync("SELECT FROM stock"), await CountAsync("""
            SELECT FROM stock JOIN outbox USING (vendor_item_id, fulfillment_center_id, stock_count, version)
            """));
    }

    private Task<long> CountAsync(string query) => _database.ScalarAsync<long>($"SELECT count(*) FROM ({query}) AS found");
}
