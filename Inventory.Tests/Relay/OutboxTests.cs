using Inventory.Contracts.Events;
using Inventory.Relay.Publishing;
using Inventory.Relay.Publishing.Leases;
using Inventory.Tests.Postgres;
using Inventory.Tests.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Inventory.Tests.Relay;

public sealed class OutboxTests(RealServers servers) : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private OutboxRows _outbox = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(await servers.PostgresAsync());
        _outbox = new OutboxRows(_database.DataSource);
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task One_instance_holds_every_partition_and_another_gets_none()
    {
        var first = await HoldAsync(Leases());
        var second = await HoldAsync(Leases());

        Assert.Equal(16, first.Count);
        Assert.Empty(second);
    }

    [Fact]
    public async Task Released_leases_pass_on_at_once_with_a_higher_token()
    {
        var leases = Leases();
        var first = await HoldAsync(leases);
        await leases.ReleaseAsync();

        var second = await HoldAsync(Leases());

        Assert.Equal(16, second.Count);
        Assert.All(second, lease => Assert.True(lease.Token > first.Single(old => old.Partition == lease.Partition).Token));
        Assert.Equal(TimeSpan.Zero, leases.Remaining);
    }

    [Fact]
    public async Task Leases_that_ran_out_pass_on()
    {
        await HoldAsync(Leases());
        await _database.ExecuteAsync("UPDATE outbox_leases SET expires_at = now() - interval '1 second'");

        Assert.Equal(16, (await HoldAsync(Leases())).Count);
    }

    [Fact]
    public async Task Who_wants_every_partition_takes_none_while_another_holds_one()
    {
        await _database.ExecuteAsync(
            "UPDATE outbox_leases SET owner = gen_random_uuid(), expires_at = now() + interval '1 minute' WHERE partition = 7");

        Assert.Empty(await HoldAsync(Leases(), fewest: OutboxLeases.All));
        Assert.Equal(15, (await HoldAsync(Leases())).Count);
    }

    [Fact]
    public async Task The_partition_of_a_row_is_what_its_key_says() => Assert.Equal(0, await _database.ScalarAsync<long>("""
        WITH added AS (
            INSERT INTO outbox (vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, cause_type, cause_id)
            SELECT item, 1 + item % 7, 0, 1, now(), 'order-placed', gen_random_uuid() FROM generate_series(1, 1000) AS item
            RETURNING *)
        SELECT count(*) FROM added WHERE partition <> outbox_partition(vendor_item_id, fulfillment_center_id)
        """));

    [Fact]
    public async Task Who_lost_a_lease_deletes_nothing()
    {
        await AddAsync(item: 1, version: 1);
        var lost = await HoldAsync(Leases());
        var rows = await _outbox.ReadAsync(lost, 10, Cancellation);
        await _database.ExecuteAsync("UPDATE outbox_leases SET expires_at = now() - interval '1 second'");
        var held = await HoldAsync(Leases());

        Assert.Equal(0, await _outbox.DeleteAsync(rows, lost, Cancellation));
        Assert.Equal(1, await _outbox.DeleteAsync(rows, held, Cancellation));
    }

    [Fact]
    public async Task A_row_that_is_committed_after_a_later_one_is_not_skipped()
    {
        var held = await HoldAsync(Leases());
        await using var late = await _database.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await late.BeginTransactionAsync(Cancellation);
        await using (var insert = late.CreateCommand())
        {
            insert.CommandText = Insert(item: 1, version: 1);
            await insert.ExecuteNonQueryAsync(Cancellation);
        }

        await AddAsync(item: 2, version: 2);
        var early = await _outbox.ReadAsync(held, 10, Cancellation);
        await _outbox.DeleteAsync(early, held, Cancellation);
        await transaction.CommitAsync(Cancellation);

        Assert.Equal(2, Assert.Single(early).Change.VendorItemId);
        Assert.Equal(1, Assert.Single(await _outbox.ReadAsync(held, 10, Cancellation)).Change.VendorItemId);
    }

    [Fact]
    public async Task Rows_of_a_key_come_in_the_order_of_its_versions()
    {
        for (var version = 1; version <= 30; version++)
        {
            await AddAsync(item: 1 + (version % 3), version);
        }

        var rows = await _outbox.ReadAsync(await HoldAsync(Leases()), 100, Cancellation);

        Assert.Equal(30, rows.Count);
        Assert.All(rows.GroupBy(row => row.Change.ToKey()), key =>
        {
            Assert.Equal(key.Select(row => row.Change.Version).Order(), key.Select(row => row.Change.Version));
        });
        var first = rows.First(row => row.Change.Version == 1);
        Assert.Equal(
            (2L, 1, 5, StockChangeCauses.OrderPlaced, "00-trace"),
            (first.Change.VendorItemId, first.Change.FulfillmentCenterId, first.Change.StockCount, first.Change.Cause.Type, first.TraceParent));
    }

    private OutboxLeases Leases() => new(
        _database.DataSource, new DatabaseClock(TimeProvider.System), TimeProvider.System, NullLogger<OutboxLeases>.Instance);

    private static async Task<IReadOnlyList<OutboxLease>> HoldAsync(OutboxLeases leases, int fewest = 1)
    {
        await leases.HoldAsync(fewest, isPolled: false, Cancellation);
        return leases.Held;
    }

    private Task AddAsync(long item, long version) => _database.ExecuteAsync(Insert(item, version));

    private static string Insert(long item, long version) => $"""
        INSERT INTO outbox (vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, cause_type, cause_id, trace_parent)
        VALUES ({item}, 1, 5, {version}, now(), 'order-placed', gen_random_uuid(), '00-trace')
        """;
}
