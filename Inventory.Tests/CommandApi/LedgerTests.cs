using System.Net;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Inventory.Contracts.Ledger;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

public sealed class LedgerTests(RealServers servers) : IAsyncLifetime
{
    private CommandApiHost _api = null!;

    public async ValueTask InitializeAsync() => _api = await CommandApiHost.StartAsync(await servers.PostgresAsync());

    public async ValueTask DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task Every_change_is_told_with_its_cause_the_newest_first()
    {
        var (inbound, order, correction, reservation) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var client = _api.Clients[0];
        await _api.ReceiveAsync(inbound, new QuantityLine(1, 1, 10), new QuantityLine(2, 1, 10));
        await _api.PlaceAsync(order, new QuantityLine(1, 1, 3));
        await CommandApiHost.CancelAsync(client, order, Guid.NewGuid(), new QuantityLine(1, 1, 2));
        await CommandApiHost.ReserveAsync(client, new([new(1, 1, 4)], 60, ReservationId: reservation));
        await CommandApiHost.ReleaseAsync(client, reservation);
        await CommandApiHost.CorrectAsync(client, correction, "broken", new Contracts.Corrections.CorrectionLine(1, 1, -1));

        var ledger = await ReadAsync("/stocks/1/1/ledger");

        Assert.Equal(
            [
                (-1, 8, new(StockChangeCauses.StockCorrected, correction)),
                (4, 9, new(StockChangeCauses.ReservationReleased, reservation)),
                (-4, 5, new(StockChangeCauses.ReservationHeld, reservation)),
                (2, 9, new(StockChangeCauses.OrderCancelled, order)),
                (-3, 7, new(StockChangeCauses.OrderPlaced, order)),
                (10, 10, new StockChangeCause(StockChangeCauses.InboundReceived, inbound)),
            ],
            ledger.Entries.Select(entry => (entry.Change, entry.StockCount, entry.Cause)));
        Assert.Equal(
            await _api.Database.ScalarAsync<long>("SELECT version FROM stock WHERE vendor_item_id = 1"),
            ledger.Entries[0].Version);
        Assert.Null(ledger.Next);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap_while_changes_go_on()
    {
        await _api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 100));
        for (var order = 0; order < 6; order++)
        {
            await _api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1));
        }

        var counts = new List<int>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await ReadAsync($"/stocks/1/1/ledger?limit=3{cursor}");
            counts.AddRange(page.Entries.Select(entry => entry.StockCount));
            cursor = page.Next is null ? null : $"&cursor={page.Next}";
            await _api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1));
        }

        Assert.Equal([94, 95, 96, 97, 98, 99, 100], counts);
    }

    [Fact]
    public async Task What_cannot_be_read_is_a_problem()
    {
        await CommandApiHost.ProblemAsync(
            _api.GetAsync("/stocks/5/5/ledger"), HttpStatusCode.NotFound, ProblemCodes.StockKeyNotFound);
        await CommandApiHost.ProblemAsync(
            _api.GetAsync("/stocks/0/5/ledger"), HttpStatusCode.BadRequest, ProblemCodes.InvalidId);
        foreach (var query in (string[])["limit=0", "limit=1001", "limit=x", "cursor=x", "cursor=-1"])
        {
            await CommandApiHost.ProblemAsync(
                _api.GetAsync($"/stocks/1/1/ledger?{query}"), HttpStatusCode.BadRequest, ProblemCodes.InvalidCursor);
        }

        _api.Clients[0].DefaultRequestHeaders.Authorization = null;
        await CommandApiHost.ProblemAsync(
            _api.GetAsync("/stocks/1/1/ledger"), HttpStatusCode.Unauthorized, ProblemCodes.Unauthenticated);
    }

    private Task<LedgerAnswer> ReadAsync(string path) =>
        CommandApiHost.AnswerAsync(_api.GetAsync(path), HttpStatusCode.OK, ApiJson.Default.LedgerAnswer);
}
