using Inventory.Contracts.Events;
using Inventory.Relay.Publishing;
using Inventory.Tests.Postgres;
using Inventory.Tests.Servers;

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
        var first = await Leases().HoldAsync(Cancellation);
        var second = await Leases().HoldAsync(Cancellation);

        Assert.Equal(16, first.Count);
        Assert.Empty(second);
    }

    [Fact]
    public async Task Released_leases_pass_on_at_once_with_a_higher_token()
    {
        var leases = Leases();
        var first = await leases.HoldAsync(Cancellation);
        await leases.ReleaseAsync();

        var second = await Leases().HoldAsync(Cancellation);

        Assert.Equal(16, second.Count);
        Assert.All(second, lease => Assert.True(lease.Token > first.Single(old => old.Partition == lease.Partition).Token));
        Assert.Equal(TimeSpan.Zero, leases.Remaining);
    }

    [Fact]
    public async Task Leases_that_ran_out_pass_on()
    {
        await Leases().HoldAsync(Cancellation);
        await _database.ExecuteAsync("UPDATE outbox_leases SET expires_at = now() - interval '1 second'");

        Assert.Equal(16, (await Leases().HoldAsync(Cancellation)).Count);
    }

    [Fact]
    public async Task Who_lost_a_lease_deletes_nothing()
    {
        await AddAsync(item: 1, version: 1);
        var lost = await Leases().HoldAsync(Cancellation);
        var rows = await _outbox.ReadAsync(lost, 10, Cancellation);
        await _database.ExecuteAsync("UPDATE outbox_leases SET expires_at = now() - interval '1 second'");
        var held = await Leases().HoldAsync(Cancellation);

        Assert.Equal(0, await _outbox.DeleteAsync(rows, lost, Cancellation));
        Assert.Equal(1, await _outbox.DeleteAsync(rows, held, Cancellation));
    }

    [Fact]
    public async Task A_row_that_is_committed_after_a_later_one_is_not_skipped()
    {
        var held = await Leases().HoldAsync(Cancellation);
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
    public async Task Rows_of_a_key_come_in_the_order_of_its_versions_and_from_one_partition()
    {
        for (var version = 1; version <= 30; version++)
        {
            await AddAsync(item: 1 + (version % 3), version);
        }

        var rows = await _outbox.ReadAsync(await Leases().HoldAsync(Cancellation), 100, Cancellation);

        Assert.Equal(30, rows.Count);
        Assert.All(rows.GroupBy(row => row.Change.ToKey()), key =>
        {
            Assert.Single(key.Select(row => row.Partition).Distinct());
            Assert.Equal(key.Select(row => row.Change.Version).Order(), key.Select(row => row.Change.Version));
        });
        var first = rows.First(row => row.Change.Version == 1);
        Assert.Equal(
            (2L, 1, 5, StockChangeCauses.OrderPlaced, "00-trace"),
            (first.Change.VendorItemId, first.Change.FulfillmentCenterId, first.Change.StockCount, first.Change.Cause.Type, first.TraceParent));
    }

    private OutboxLeases Leases() => new(_database.DataSource, TimeProvider.System);

    private Task AddAsync(long item, long version) => _database.ExecuteAsync(Insert(item, version));

    private static string Insert(long item, long version) => $"""
        INSERT INTO outbox (vendor_item_id, fulfillment_center_id, stock_count, version, updated_at, cause_type, cause_id, trace_parent)
        VALUES ({item}, 1, 5, {version}, now(), 'order-placed', gen_random_uuid(), '00-trace')
        """;
}
