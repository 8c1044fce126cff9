using Inventory.CommandApi.Commands;
using Inventory.CommandApi.Inbounds;
using Inventory.CommandApi.Stock;
using Inventory.Contracts.Stocks;
using Inventory.Postgres.Failures;
using Inventory.Tests.Hosting;
using Inventory.Tests.Postgres;
using Inventory.Tests.Servers;
using Microsoft.AspNetCore.Http;

namespace Inventory.Tests.CommandApi;

/// <summary>A key is made by the first receipt of it and by nothing else, whoever shares the receipt's transaction.</summary>
public sealed class UnreceivedKeyTests(RealServers servers) : IAsyncLifetime
{
    private static readonly StockKey Known = new(1, 1);
    private static readonly StockKey Unknown = new(2, 1);

    private TestDatabase _database = null!;
    private CommandGroup _group = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(await servers.PostgresAsync());
        _group = new CommandGroup(new StockTransactions(new PostgresSessions(_database.DataSource)));
        await CommitAsync(Receipt(Guid.NewGuid(), reason: null, Known));
    }

    public async ValueTask DisposeAsync() => await _database.DisposeAsync();

    [Fact]
    public async Task Bug_A_correction_and_an_inbound_of_one_id_in_one_group_committed_a_key_without_an_event()
    {
        var id = Guid.NewGuid();
        StockCommand[] commands = [Receipt(id, "counted again", Known), Receipt(id, reason: null, Unknown)];

        await Assert.ThrowsAsync<IdTakenException>(() => CommitAsync(commands));
        Assert.Equal("1:1=5", await StockAsync());

        // So the lane goes on: one by one.
        await CommitAsync(commands[0]);
        await CommitAsync(commands[1]);
        Assert.Equal("1:1=10", await StockAsync());
    }

    [Fact]
    public async Task Bug_A_key_of_an_inbound_whose_id_another_instance_took_meanwhile_was_committed_without_an_event()
    {
        var id = Guid.NewGuid();
        await using var other = await _database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await other.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var take = other.CreateCommand();
        take.CommandText = $"""
            SELECT FROM stock WHERE vendor_item_id = 1 FOR UPDATE;
            INSERT INTO inbounds (inbound_id, request_hash, received_at, answer_status, answer)
            VALUES ('{id}', decode(md5('other'), 'hex'), now(), 201, '""')
            """;
        await take.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        var sharing = CommitAsync(Receipt(Guid.NewGuid(), "counted again", Known), Receipt(id, reason: null, Unknown));
        await Eventually.IsTrueAsync(async () => await _database.ScalarAsync<bool>("""
            SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
            """));
        await transaction.CommitAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<IdTakenException>(() => sharing);
        Assert.Equal("1:1=5", await StockAsync());
    }

    [Fact]
    public async Task Bug_A_correction_found_a_key_that_an_inbound_behind_it_in_its_group_had_yet_to_receive()
    {
        await CommitAsync(
            Receipt(Guid.NewGuid(), "counted again", Unknown), Receipt(Guid.NewGuid(), reason: null, Unknown));

        Assert.Equal("1:1=5 2:1=5", await StockAsync());
    }

    [Fact]
    public async Task Bug_The_second_of_two_inbounds_of_one_id_was_told_that_its_key_is_unknown_when_the_first_was_refused()
    {
        await _database.ExecuteAsync($"UPDATE stock SET stock_count = {int.MaxValue}");
        var id = Guid.NewGuid();

        await CommitAsync(Receipt(id, reason: null, Known), Receipt(id, reason: null, Unknown));

        Assert.Equal($"1:1={int.MaxValue} 2:1=5", await StockAsync());
    }

    private static ReceiveStock Receipt(Guid id, string? reason, StockKey key) => new(id, [new ReceiptLine(key, 5)], reason);

    private Task<IResult[]> CommitAsync(params StockCommand[] commands) =>
        _group.CommitAsync(commands, TestContext.Current.CancellationToken);

    /// <summary>Every key with its count; one without an event of its version is marked.</summary>
    private Task<string> StockAsync() => _database.ScalarAsync<string>("""
        SELECT string_agg(
            format('%s:%s=%s', vendor_item_id, fulfillment_center_id, stock_count)
                || CASE WHEN EXISTS (
                    SELECT FROM outbox
                    WHERE (outbox.vendor_item_id, outbox.version) = (stock.vendor_item_id, stock.version))
                THEN '' ELSE ' without an event' END,
            ' ' ORDER BY vendor_item_id)
        FROM stock
        """);
}
