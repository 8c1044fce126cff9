using System.Net;
using Inventory.CommandApi.Reservations;
using Inventory.CommandApi.Stock;
using Inventory.Contracts;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Contracts.Reservations;
using Inventory.Postgres.Failures;
using Inventory.Tests.Hosting;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

public sealed class ReservationTests(RealServers servers) : IAsyncLifetime
{
    private CommandApiHost _api = null!;

    private HttpClient Client => _api.Clients[0];

    public async ValueTask InitializeAsync()
    {
        // Tests that are about expiry make it happen, so the sweeper of the service leaves them alone.
        _api = await CommandApiHost.StartAsync(
            await servers.PostgresAsync(), settings: "--Reservations:SweepInterval=00:10:00");
        await CommandApiHost.InboundAsync(_api.ReceiveAsync(
            Guid.NewGuid(), new QuantityLine(1, 1, 10), new QuantityLine(2, 1, 3), new QuantityLine(3, 1, 1)));
        await _api.PlaceAsync(Guid.NewGuid(), new QuantityLine(3, 1, 1));
    }

    public async ValueTask DisposeAsync() => await _api.DisposeAsync();

    [Fact]
    public async Task A_reservation_takes_its_stock_from_what_can_be_sold()
    {
        var id = Guid.NewGuid();

        var reservation = await HeldAsync(id, 600, new QuantityLine(2, 1, 2), new QuantityLine(1, 1, 4));

        Assert.Equal((id, ReservationStatus.Held), (reservation.ReservationId, reservation.Status));
        Assert.Equal(TimeSpan.FromSeconds(600), reservation.ExpiresAt - reservation.ReservedAt);
        Assert.Equal([(1L, 6), (2L, 1)], reservation.Lines.Select(line => (line.VendorItemId, line.StockCount)));
        Assert.Equal(6, await _api.StockAsync(1));
        await CommandApiHost.ProblemAsync(
            _api.FindAsync(id.ToString()), HttpStatusCode.NotFound, ProblemCodes.OrderNotFound);
        await CommandApiHost.ProblemAsync(
            _api.CancelAsync(id), HttpStatusCode.NotFound, ProblemCodes.OrderNotFound);
    }

    [Fact]
    public async Task A_repeated_reservation_gets_the_first_answer_and_another_body_a_conflict()
    {
        var id = Guid.NewGuid();
        using var first = await ReserveAsync(id, 600, new QuantityLine(1, 1, 4));
        await CommandApiHost.ConfirmAsync(Client, id);
        using var again = await ReserveAsync(id, 600, new QuantityLine(1, 1, 4));

        Assert.Equal(await TextAsync(first), await TextAsync(again));
        foreach (var other in (Task<HttpResponseMessage>[])
            [ReserveAsync(id, 601, new QuantityLine(1, 1, 4)), _api.PlaceAsync(id, new QuantityLine(1, 1, 4))])
        {
            await CommandApiHost.ProblemAsync(
                other, HttpStatusCode.UnprocessableEntity, ProblemCodes.IdempotencyConflict);
        }

        Assert.Equal(6, await _api.StockAsync(1));
    }

    [Fact]
    public async Task A_confirmed_reservation_is_the_order_of_its_id_and_changes_no_count()
    {
        var id = Guid.NewGuid();
        await HeldAsync(id, 600, new QuantityLine(1, 1, 4));

        using var confirmed = await CommandApiHost.ConfirmAsync(Client, id);
        using var again = await CommandApiHost.ConfirmAsync(Client, id);

        Assert.Equal(HttpStatusCode.Created, confirmed.StatusCode);
        Assert.Equal(await TextAsync(confirmed), await TextAsync(again));
        var order = await CommandApiHost.OrderAsync(_api.FindAsync(id.ToString()), HttpStatusCode.OK);
        Assert.Equal((OrderStatus.Placed, 4), (order.Status, order.Lines[0].Quantity));
        Assert.Equal(6, await _api.StockAsync(1));
        Assert.Equal(ReservationStatus.Confirmed, (await FoundAsync(id)).Status);
        await CommandApiHost.ProblemAsync(
            CommandApiHost.ReleaseAsync(Client, id), HttpStatusCode.Conflict, ProblemCodes.ReservationWasConfirmed);
        await CommandApiHost.OrderAsync(_api.CancelAsync(id), HttpStatusCode.OK);
        Assert.Equal(10, await _api.StockAsync(1));
    }

    [Fact]
    public async Task A_released_reservation_gives_its_stock_back_once()
    {
        var id = Guid.NewGuid();
        await HeldAsync(id, 600, new QuantityLine(1, 1, 4), new QuantityLine(2, 1, 1));

        var released = await CommandApiHost.AnswerAsync(
            CommandApiHost.ReleaseAsync(Client, id), HttpStatusCode.OK, ApiJson.Default.ReservationAnswer);
        await CommandApiHost.AnswerAsync(
            CommandApiHost.ReleaseAsync(Client, id), HttpStatusCode.OK, ApiJson.Default.ReservationAnswer);

        Assert.Equal(ReservationStatus.Released, released.Status);
        Assert.Equal([10, 3], released.Lines.Select(line => line.StockCount));
        Assert.Equal((10, 3), (await _api.StockAsync(1), await _api.StockAsync(2)));
        await CommandApiHost.ProblemAsync(
            CommandApiHost.ConfirmAsync(Client, id), HttpStatusCode.Conflict, ProblemCodes.ReservationWasReleased);
    }

    [Fact]
    public async Task A_partial_reservation_holds_what_there_is()
    {
        var id = Guid.NewGuid();
        QuantityLine[] lines = [new(1, 1, 4), new(2, 1, 9), new(3, 1, 1)];

        var reservation = await CommandApiHost.AnswerAsync(
            CommandApiHost.ReserveAsync(Client, new(lines, 600, AllowPartial: true, id)),
            HttpStatusCode.Created,
            ApiJson.Default.ReservationAnswer);

        Assert.Equal(
            [(4, 4), (3, 9), (0, 1)], reservation.Lines.Select(line => (line.Quantity, line.RequestedQuantity!.Value)));
        Assert.Equal((6, 0), (await _api.StockAsync(1), await _api.StockAsync(2)));
        var order = await CommandApiHost.OrderAsync(
            CommandApiHost.ConfirmAsync(Client, id), HttpStatusCode.Created);
        Assert.Equal([4, 3], order.Lines.Select(line => line.Quantity));
    }

    [Fact]
    public async Task A_reservation_that_can_hold_nothing_is_rejected_and_stays_so()
    {
        var (whole, partial) = (Guid.NewGuid(), Guid.NewGuid());

        await CommandApiHost.ProblemAsync(
            ReserveAsync(whole, 600, new QuantityLine(2, 1, 4)), HttpStatusCode.Conflict, ProblemCodes.NotEnoughStock);
        await CommandApiHost.ProblemAsync(
            CommandApiHost.ReserveAsync(Client, new([new(3, 1, 1)], 600, AllowPartial: true, partial)),
            HttpStatusCode.Conflict,
            ProblemCodes.NotEnoughStock);

        await CommandApiHost.InboundAsync(_api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(2, 1, 9)));
        await CommandApiHost.ProblemAsync(
            ReserveAsync(whole, 600, new QuantityLine(2, 1, 4)), HttpStatusCode.Conflict, ProblemCodes.NotEnoughStock);
        Assert.Equal(ReservationStatus.Rejected, (await FoundAsync(whole)).Status);
        await CommandApiHost.ProblemAsync(
            CommandApiHost.ConfirmAsync(Client, whole), HttpStatusCode.Conflict, ProblemCodes.ReservationWasRejected);
    }

    [Fact]
    public async Task A_reservation_whose_time_ran_out_cannot_be_confirmed_though_nobody_has_swept_it()
    {
        var id = Guid.NewGuid();
        await HeldAsync(id, 600, new QuantityLine(1, 1, 4));
        await LapseAsync();

        await CommandApiHost.ProblemAsync(
            CommandApiHost.ConfirmAsync(Client, id), HttpStatusCode.Conflict, ProblemCodes.ReservationExpired);
    }

    [Fact]
    public async Task Sweepers_of_several_instances_give_every_expired_reservation_back_once()
    {
        const int Count = 600;
        await CommandApiHost.InboundAsync(
            _api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(8, 1, Count), new QuantityLine(9, 1, Count)));
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), async (index, _) => await HeldAsync(
            Guid.NewGuid(), 600, [.. index % 2 == 0 ? [new QuantityLine(8, 1, 1)] : Array.Empty<QuantityLine>(), new(9, 1, 1)]));
        var kept = Guid.NewGuid();
        await HeldAsync(kept, 600, new QuantityLine(1, 1, 4));
        await _api.Database.ExecuteAsync($"UPDATE orders SET reserved_until = now() WHERE order_id <> '{kept}'");

        var sweep = new ReservationSweep(new StockTransactions(new PostgresSessions(_api.Database.DataSource)));
        var expired = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => sweep.RunAsync(SweepPosition.Start, TestContext.Current.CancellationToken)));
        while (await sweep.RunAsync(SweepPosition.Start, TestContext.Current.CancellationToken) is { Expired: > 0 } more)
        {
            expired = [.. expired, more];
        }

        Assert.Equal(Count, expired.Sum(each => each.Expired));
        Assert.Equal((Count, Count), (await _api.StockAsync(8), await _api.StockAsync(9)));
        Assert.Equal(ReservationStatus.Held, (await FoundAsync(kept)).Status);
        Assert.Equal(Count + (Count / 2), await _api.Database.ScalarAsync<long>(
            "SELECT count(*) FROM stock_ledger WHERE cause_type = 'reservation-expired'"));
    }

    [Fact]
    public async Task The_service_expires_reservations_by_itself()
    {
        await using var api = await CommandApiHost.StartAsync(
            await servers.PostgresAsync(), settings: "--Reservations:SweepInterval=00:00:00.050");
        await CommandApiHost.InboundAsync(api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 10)));

        await CommandApiHost.AnswerAsync(
            CommandApiHost.ReserveAsync(api.Clients[0], new([new(1, 1, 4)], ExpiresIn: 1, ReservationId: Guid.NewGuid())),
            HttpStatusCode.Created,
            ApiJson.Default.ReservationAnswer);

        await Eventually.IsTrueAsync(async () => await api.StockAsync(1) == 10);
    }

    [Fact]
    public async Task Confirmations_race_with_releases_and_one_of_them_wins()
    {
        for (var round = 0; round < 10; round++)
        {
            var id = Guid.NewGuid();
            await HeldAsync(id, 600, new QuantityLine(1, 1, 4));

            var responses = await Task.WhenAll(
                CommandApiHost.ConfirmAsync(Client, id), CommandApiHost.ReleaseAsync(Client, id));

            Assert.Single(responses, response => response.IsSuccessStatusCode);
            Assert.Equal(responses[0].IsSuccessStatusCode ? 6 : 10, await _api.StockAsync(1));
            await _api.CancelAsync(id);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData((4 * 3600) + 1)]
    public async Task A_time_to_hold_is_a_second_to_four_hours(int seconds) =>
        await CommandApiHost.ProblemAsync(
            ReserveAsync(Guid.NewGuid(), seconds, new QuantityLine(1, 1, 1)),
            HttpStatusCode.BadRequest,
            ProblemCodes.InvalidExpiry);

    [Fact]
    public async Task An_unknown_reservation_is_not_found()
    {
        await CommandApiHost.ProblemAsync(
            CommandApiHost.ConfirmAsync(Client, Guid.NewGuid()), HttpStatusCode.NotFound, ProblemCodes.ReservationNotFound);
        var order = Guid.NewGuid();
        await _api.PlaceAsync(order, new QuantityLine(1, 1, 1));
        await CommandApiHost.ProblemAsync(
            CommandApiHost.ReleaseAsync(Client, order), HttpStatusCode.NotFound, ProblemCodes.ReservationNotFound);
        await CommandApiHost.ProblemAsync(
            _api.GetAsync("/reservations/42"), HttpStatusCode.BadRequest, ProblemCodes.InvalidId);
    }

    private Task LapseAsync() => _api.Database.ExecuteAsync("UPDATE orders SET reserved_until = now() WHERE status = 'held'");

    private Task<HttpResponseMessage> ReserveAsync(Guid id, int seconds, params QuantityLine[] lines) =>
        CommandApiHost.ReserveAsync(Client, new(lines, seconds, ReservationId: id));

    private Task<ReservationAnswer> HeldAsync(Guid id, int seconds, params QuantityLine[] lines) =>
        CommandApiHost.AnswerAsync(
            ReserveAsync(id, seconds, lines), HttpStatusCode.Created, ApiJson.Default.ReservationAnswer);

    private Task<ReservationAnswer> FoundAsync(Guid id) => CommandApiHost.AnswerAsync(
        _api.GetAsync($"/reservations/{id}"), HttpStatusCode.OK, ApiJson.Default.ReservationAnswer);

    private static Task<string> TextAsync(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
