using System.Net;
using Inventory.Contracts;
using Inventory.Contracts.Orders;
using Inventory.Tests.Hosting;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

/// <summary>Reservations that cannot be given back do not keep later ones from it.</summary>
public sealed class StuckReservationTests(RealServers servers) : IAsyncLifetime
{
    private CommandApiHost _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await CommandApiHost.StartAsync(
            await servers.PostgresAsync(), settings: "--Reservations:SweepInterval=00:00:00.050");
        await CommandApiHost.InboundAsync(_api.ReceiveAsync(
            Guid.NewGuid(), new QuantityLine(1, 1, int.MaxValue), new QuantityLine(2, 1, 100)));
    }

    public async ValueTask DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Bug_A_batch_of_reservations_of_a_full_key_stopped_every_later_expiry()
    {
        await HoldAsync(600, item: 1, quantity: 1);

        await AnotherOneExpiresAsync();

        Assert.Equal(600, await HeldAsync());
        await _api.Database.ExecuteAsync("UPDATE stock SET stock_count = 0 WHERE vendor_item_id = 1");
        await Eventually.IsTrueAsync(async () => await HeldAsync() == 0);
        Assert.Equal(600, await _api.StockAsync(1));
    }

    [Fact]
    public async Task Bug_A_reservation_that_fails_in_the_database_stopped_every_later_expiry()
    {
        await _api.Database.ExecuteAsync(
            "ALTER TABLE order_lines ADD CONSTRAINT poison CHECK (quantity <> 13 OR cancelled_quantity = 0)");
        await HoldAsync(1, item: 2, quantity: 13);

        await AnotherOneExpiresAsync();

        Assert.Equal(1, await HeldAsync());
    }

    [Fact]
    public async Task Bug_A_reservation_without_lines_stopped_every_later_expiry()
    {
        await HoldAsync(1, item: 1, quantity: 1);
        await _api.Database.ExecuteAsync("DELETE FROM order_lines");

        await AnotherOneExpiresAsync();

        await Eventually.IsTrueAsync(async () => await HeldAsync() == 0);
    }

    private async Task AnotherOneExpiresAsync()
    {
        await CommandApiHost.AnswerAsync(
            CommandApiHost.ReserveAsync(_api.Clients[0], new([new(2, 1, 4)], ExpiresIn: 1, ReservationId: Guid.NewGuid())),
            HttpStatusCode.Created,
            ApiJson.Default.ReservationAnswer);
        await Eventually.IsTrueAsync(async () => await _api.StockAsync(2) == 100);
    }

    private Task<long> HeldAsync() => _api.Database.ScalarAsync<long>("SELECT count(*) FROM orders WHERE status = 'held'");

    /// <summary>Reservations that were due long ago.</summary>
    private Task HoldAsync(int count, long item, int quantity) => _api.Database.ExecuteAsync($"""
        WITH held AS (
            INSERT INTO orders (order_id, request_hash, status, placed_at, reserved_until)
            SELECT gen_random_uuid(), decode(md5('held'), 'hex'), 'held', now() - interval '1 hour', now() - interval '1 minute'
            FROM generate_series(1, {count})
            RETURNING order_id)
        INSERT INTO order_lines (order_id, vendor_item_id, fulfillment_center_id, quantity, stock_count, version)
        SELECT order_id, {item}, 1, {quantity}, 0, 1 FROM held
        """);
}
