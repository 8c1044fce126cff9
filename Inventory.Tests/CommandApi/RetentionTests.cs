using Inventory.Contracts.Orders;
using Inventory.Postgres.Migrations;
using Inventory.Tests.Hosting;
using Inventory.Tests.Servers;
using Npgsql;

namespace Inventory.Tests.CommandApi;

/// <summary>History is forgotten in time, and only then.</summary>
public sealed class RetentionTests(RealServers servers) : IAsyncLifetime
{
    private CommandApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await CommandApiHost.StartAsync(
        await servers.PostgresAsync(),
        instances: 2,
        settings: ["--Retention:Interval=00:00:01", "--Retention:Batch=3", "--Retention:Commands=2.00:00:00", "--Retention:Ledger=2.00:00:00"]);

    public async ValueTask DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Commands_are_forgotten_after_their_time_and_held_reservations_are_not()
    {
        await _api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 100));
        for (var order = 0; order < 10; order++)
        {
            await _api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1));
        }

        var young = Guid.NewGuid();
        await _api.PlaceAsync(young, new QuantityLine(1, 1, 1));
        await CommandApiHost.ReserveAsync(_api.Clients[0], new([new(1, 1, 1)], 3600, ReservationId: Guid.NewGuid()));
        await _api.Database.ExecuteAsync(
            $"UPDATE orders SET placed_at = now() - interval '50 hours' WHERE order_id <> '{young}'");
        await _api.Database.ExecuteAsync("UPDATE inbounds SET received_at = now() - interval '50 hours'");

        await Eventually.IsTrueAsync(async () =>
            await _api.Database.ScalarAsync<long>("SELECT count(*) FROM orders") == 2
            && await _api.Database.ScalarAsync<long>("SELECT count(*) FROM inbounds") == 0);

        Assert.Equal(2, await _api.Database.ScalarAsync<long>("SELECT count(*) FROM order_lines"));
        Assert.Equal(0, await _api.Database.ScalarAsync<long>("SELECT count(*) FROM inbound_lines"));
        Assert.Equal(88, await _api.StockAsync(1));
    }

    [Fact]
    public async Task The_ledger_has_the_days_to_come_and_drops_those_of_long_ago()
    {
        await _api.Database.ExecuteAsync("""
            CREATE TABLE stock_ledger_20200101 PARTITION OF stock_ledger FOR VALUES FROM ('2020-01-01Z') TO ('2020-01-02Z');
            INSERT INTO stock_ledger VALUES (1, 1, 1, 1, '2020-01-01 12:00Z', 1, gen_random_uuid(), 'inbound-received');
            INSERT INTO stock_ledger VALUES (1, 1, 1, 1, '2019-01-01 12:00Z', 1, gen_random_uuid(), 'inbound-received');
            """);

        await Eventually.IsTrueAsync(async () =>
            await _api.Database.ScalarAsync<long>("SELECT count(*) FROM stock_ledger") == 0
            && await _api.Database.ScalarAsync<bool>("SELECT to_regclass('stock_ledger_20200101') IS NULL"));

        Assert.Equal(9, await _api.Database.ScalarAsync<long>(
            "SELECT count(*) FROM pg_inherits WHERE inhparent = 'stock_ledger'::regclass"));
        await _api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 5));
        Assert.Equal(1, await _api.Database.ScalarAsync<long>("SELECT count(*) FROM stock_ledger"));
        Assert.Equal(0, await _api.Database.ScalarAsync<long>("SELECT count(*) FROM stock_ledger_default"));
    }

    [Fact]
    public async Task Bug_A_day_of_the_ledger_that_somebody_reads_stopped_all_other_trimming()
    {
        await _api.Database.ExecuteAsync("""
            CREATE TABLE stock_ledger_20200101 PARTITION OF stock_ledger FOR VALUES FROM ('2020-01-01Z') TO ('2020-01-02Z');
            CREATE TABLE stock_ledger_20200102 PARTITION OF stock_ledger FOR VALUES FROM ('2020-01-02Z') TO ('2020-01-03Z');
            """);
        await using var reader = await _api.Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await reader.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var reading = reader.CreateCommand();
        reading.CommandText = "SELECT FROM stock_ledger_20200101";
        await reading.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        await _api.PlaceAsync(Guid.NewGuid(), new QuantityLine(404, 1, 1));
        await _api.Database.ExecuteAsync("UPDATE orders SET placed_at = now() - interval '50 hours'");

        await Eventually.IsTrueAsync(async () =>
            await _api.Database.ScalarAsync<long>("SELECT count(*) FROM orders") == 0
            && await _api.Database.ScalarAsync<bool>("SELECT to_regclass('stock_ledger_20200102') IS NULL"));
    }

    [Fact]
    public async Task The_services_login_can_neither_rewrite_history_nor_forget_what_is_young()
    {
        await new DatabaseLogins(_api.Database.DataSource).EnsureAsync(
            DatabaseLogins.CommandApi, "secret", TestContext.Current.CancellationToken);
        var login = new NpgsqlConnectionStringBuilder(_api.Database.ConnectionString)
        {
            Username = DatabaseLogins.CommandApi.Login,
            Password = "secret",
        };
        await using var service = NpgsqlDataSource.Create(login.ConnectionString);

        await service.CreateCommand("SELECT keep_stock_ledger('90 days'), trim_commands('90 days', 10)")
            .ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        foreach (var (forbidden, state) in ((string, string)[])
            [
                ("UPDATE stock_ledger SET quantity = 0", PostgresErrorCodes.InsufficientPrivilege),
                ("DELETE FROM stock_ledger", PostgresErrorCodes.InsufficientPrivilege),
                ("DELETE FROM orders", PostgresErrorCodes.InsufficientPrivilege),
                ("UPDATE order_lines SET quantity = 0", PostgresErrorCodes.InsufficientPrivilege),
                ("DELETE FROM cancellations", PostgresErrorCodes.InsufficientPrivilege),
                ("SELECT trim_commands('1 hour', 10)", PostgresErrorCodes.InvalidParameterValue),
                ("SELECT keep_stock_ledger('1 hour')", PostgresErrorCodes.InvalidParameterValue),
            ])
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(
                () => service.CreateCommand(forbidden).ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
            Assert.Equal(state, refused.SqlState);
        }
    }
}
