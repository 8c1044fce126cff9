using Inventory.Relay.Publishing;
using Inventory.Relay.Publishing.Cdc;
using Inventory.Relay.Publishing.Leases;
using Inventory.Tests.Postgres;
using Inventory.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Inventory.Tests.Relay;

public sealed class OutboxObserverTests(RealServers servers) : IAsyncLifetime
{
    private TestDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _database = await TestDatabase.CreateAsync(await servers.PostgresAsync());

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Bug_the_query_was_no_sql_and_the_gauges_never_had_a_value()
    {
        await _database.ExecuteAsync("""
            INSERT INTO outbox (vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, cause_type, cause_id)
            SELECT item, 1, 1, 1, now() - interval '90 seconds', 'inbound-received', gen_random_uuid()
            FROM generate_series(1, 3) AS item
            """);

        var state = await ObserveAsync();

        Assert.Equal(3, state.WaitingRows);
        Assert.InRange(state.OldestSeconds, 90, 600);
        Assert.Equal((0, false), (state.SlotLagBytes, state.IsSlotLost));
    }

    [Fact]
    public async Task An_empty_outbox_has_nothing_that_waits() =>
        Assert.Equal(new OutboxState(0, 0, 0, false), await ObserveAsync());

    private async Task<OutboxState> ObserveAsync()
    {
        using var telemetry = new PublisherTelemetry(new DatabaseClock(TimeProvider.System));
        using var observer = new OutboxObserver(
            _database.DataSource,
            new SlotName("nobody"),
            telemetry,
            TimeProvider.System,
            NullLogger<OutboxObserver>.Instance);
        return await observer.ObserveAsync(Cancellation);
    }
}
