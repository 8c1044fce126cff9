using System.Net;
using Inventory.Contracts;
using Inventory.Contracts.Corrections;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

public sealed class CorrectionTests(RealServers servers) : IAsyncLifetime
{
    private CommandApiHost _api = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await CommandApiHost.StartAsync(await servers.PostgresAsync());
        await CommandApiHost.InboundAsync(_api.ReceiveAsync(
            Guid.NewGuid(), new QuantityLine(1, 1, 10), new QuantityLine(2, 1, 10)));
    }

    public async ValueTask DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task A_correction_adds_and_takes_away_and_keeps_its_reason()
    {
        var id = Guid.NewGuid();

        var correction = await CorrectedAsync(id, "counted again", new CorrectionLine(2, 1, 5), new CorrectionLine(1, 1, -10));

        Assert.Equal([(-10, 0), (5, 15)], correction.Lines.Select(line => (line.Quantity, line.StockCount)));
        Assert.Null(correction.Refused);
        Assert.Equal("counted again", await _api.Database.ScalarAsync<string>(
            "SELECT reason FROM inbounds WHERE inbound_id = $1", id));
        Assert.Equal(-10, await _api.Database.ScalarAsync<int>(
            "SELECT quantity FROM stock_ledger WHERE cause_id = $1 AND cause_type = 'stock-corrected' AND vendor_item_id = 1",
            id));
    }

    [Fact]
    public async Task A_line_that_would_go_below_zero_or_has_no_key_is_refused_alone()
    {
        var correction = await CorrectedAsync(
            Guid.NewGuid(), "broken", new CorrectionLine(1, 1, -11), new CorrectionLine(2, 1, -1), new CorrectionLine(9, 9, 1));

        Assert.Equal([(2L, 9)], correction.Lines.Select(line => (line.VendorItemId, line.StockCount)));
        Assert.Equal(
            [(1L, ProblemCodes.NotEnoughStock), (9L, ProblemCodes.StockKeyNotFound)],
            correction.Refused!.Select(line => (line.VendorItemId, line.Code)));
        Assert.Equal(10, await _api.StockAsync(1));
        Assert.Equal(2, await _api.Database.ScalarAsync<long>("SELECT count(*) FROM stock"));
    }

    [Fact]
    public async Task A_correction_of_which_nothing_can_be_done_is_a_problem()
    {
        await CommandApiHost.ProblemAsync(
            CorrectAsync(Guid.NewGuid(), "broken", new CorrectionLine(1, 1, -11)),
            HttpStatusCode.Conflict,
            ProblemCodes.NotEnoughStock);
        await CommandApiHost.ProblemAsync(
            CorrectAsync(Guid.NewGuid(), "found", new CorrectionLine(9, 9, 1)),
            HttpStatusCode.NotFound,
            ProblemCodes.StockKeyNotFound);
    }

    [Fact]
    public async Task A_repeated_correction_changes_nothing_and_another_reason_is_another_body()
    {
        var id = Guid.NewGuid();
        var first = await CorrectedAsync(id, "broken", new CorrectionLine(1, 1, -1));
        var again = await CorrectedAsync(id, "broken", new CorrectionLine(1, 1, -1));

        Assert.Equal(first.Lines, again.Lines);
        await CommandApiHost.ProblemAsync(
            CorrectAsync(id, "stolen", new CorrectionLine(1, 1, -1)),
            HttpStatusCode.UnprocessableEntity,
            ProblemCodes.IdempotencyConflict);
        await CommandApiHost.ProblemAsync(
            _api.ReceiveAsync(id, new QuantityLine(1, 1, 1)),
            HttpStatusCode.UnprocessableEntity,
            ProblemCodes.IdempotencyConflict);
        Assert.Equal(9, await _api.StockAsync(1));
    }

    [Theory]
    [InlineData(" ", 1, ProblemCodes.InvalidReason)]
    [InlineData("a\0b", 1, ProblemCodes.InvalidReason)]
    [InlineData("broken", 0, ProblemCodes.InvalidQuantity)]
    public async Task A_correction_says_why_and_how_much(string reason, int change, string code) =>
        await CommandApiHost.ProblemAsync(
            CorrectAsync(Guid.NewGuid(), reason, new CorrectionLine(1, 1, change)), HttpStatusCode.BadRequest, code);

    private Task<HttpResponseMessage> CorrectAsync(Guid id, string reason, params CorrectionLine[] lines) =>
        CommandApiHost.CorrectAsync(_api.Clients[0], id, reason, lines);

    private Task<CorrectionAnswer> CorrectedAsync(Guid id, string reason, params CorrectionLine[] lines) =>
        CommandApiHost.AnswerAsync(
            CorrectAsync(id, reason, lines), HttpStatusCode.Created, ApiJson.Default.CorrectionAnswer);
}
