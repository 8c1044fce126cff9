using System.Net;
using Inventory.Contracts.Corrections;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Contracts.Reservations;
using Inventory.Tests.CommandApi;
using Inventory.Tests.Servers;

namespace Inventory.Tests.Faults.Commits;

/// <summary>
/// The connection to Postgres is reset exactly while a command commits, so that nobody but the record under the id of
/// the command can tell what became of it.
/// </summary>
public sealed class LostCommitTests(RealServers servers) : IAsyncLifetime
{
    private LostCommitRig _rig = null!;

    public static TheoryData<CommitFate> Fates => [.. Enum.GetValues<CommitFate>()];

    private HttpClient Client => _rig.Client;

    public async ValueTask InitializeAsync() => _rig = await LostCommitRig.StartAsync(await servers.PostgresAsync());

    public async ValueTask DisposeAsync() => await _rig.DisposeAsync();

    [Theory]
    [MemberData(nameof(Fates))]
    public Task An_order_takes_its_stock_once_and_is_answered_as_if_nothing_had_happened(CommitFate fate)
    {
        var id = Guid.NewGuid();
        return _rig.SurviveAsync(
            fate,
            client => CommandApiHost.PlaceAsync(client, id, new QuantityLine(1, 1, 3)),
            HttpStatusCode.Created,
            change: -3);
    }

    [Theory]
    [MemberData(nameof(Fates))]
    public Task An_order_that_was_refused_stays_refused_with_the_first_reason(CommitFate fate)
    {
        var id = Guid.NewGuid();
        return _rig.SurviveAsync(
            fate,
            client => CommandApiHost.PlaceAsync(client, id, new QuantityLine(1, 1, 101)),
            HttpStatusCode.Conflict,
            change: 0);
    }

    [Theory]
    [MemberData(nameof(Fates))]
    public Task An_order_of_an_unknown_key_which_locks_no_row_is_refused_once(CommitFate fate)
    {
        var id = Guid.NewGuid();
        return _rig.SurviveAsync(
            fate,
            client => CommandApiHost.PlaceAsync(client, id, new QuantityLine(404, 1, 1)),
            HttpStatusCode.NotFound,
            change: 0);
    }

    [Theory]
    [MemberData(nameof(Fates))]
    public Task A_reservation_holds_its_stock_once(CommitFate fate)
    {
        var reservation = new ReserveRequest([new QuantityLine(1, 1, 4)], ExpiresIn: 600, ReservationId: Guid.NewGuid());
        return _rig.SurviveAsync(
            fate,
            client => CommandApiHost.ReserveAsync(client, reservation),
            HttpStatusCode.Created,
            change: -4);
    }

    [Theory]
    [MemberData(nameof(Fates))]
    public async Task A_reservation_is_confirmed_without_another_piece(CommitFate fate)
    {
        var id = await _rig.HoldAsync();
        await _rig.SurviveAsync(
            fate,
            client => CommandApiHost.ConfirmAsync(client, id),
            HttpStatusCode.Created,
            change: 0);
    }

    [Theory]
    [MemberData(nameof(Fates))]
    public async Task A_reservation_gives_its_stock_back_once(CommitFate fate)
    {
        var id = await _rig.HoldAsync(quantity: 4);
        await _rig.SurviveAsync(
            fate,
            client => CommandApiHost.ReleaseAsync(client, id),
            HttpStatusCode.OK,
            change: 4);
    }

    [Theory]
    [MemberData(nameof(Fates))]
    public async Task An_inbound_adds_its_stock_once_and_makes_its_new_key_once(CommitFate fate)
    {
        var id = Guid.NewGuid();
        await _rig.SurviveAsync(
            fate,
            client => CommandApiHost.ReceiveAsync(client, id, new QuantityLine(1, 1, 5), new QuantityLine(9, 1, 6)),
            HttpStatusCode.Created,
            change: 5);
        Assert.Equal(6, await _rig.StockAsync(9));
    }

    [Theory]
    [MemberData(nameof(Fates))]
    public Task A_correction_is_made_once(CommitFate fate)
    {
        var id = Guid.NewGuid();
        return _rig.SurviveAsync(
            fate,
            client => CommandApiHost.CorrectAsync(client, id, "damaged", new CorrectionLine(1, 1, -2)),
            HttpStatusCode.Created,
            change: -2);
    }

    [Theory]
    [MemberData(nameof(Fates))]
    public async Task Some_pieces_of_an_order_are_given_back_once(CommitFate fate)
    {
        var order = await _rig.PlaceAsync(quantity: 5);
        var id = Guid.NewGuid();
        await _rig.SurviveAsync(
            fate,
            client => CommandApiHost.CancelAsync(client, order, id, new QuantityLine(1, 1, 2)),
            HttpStatusCode.OK,
            change: 2);
    }

    [Theory]
    [MemberData(nameof(Fates))]
    public async Task A_cancellation_without_an_id_is_not_told_that_the_order_was_cancelled_already(CommitFate fate)
    {
        var order = await _rig.PlaceAsync(quantity: 5);
        await _rig.AnsweredOnceAsync(
            fate,
            client => CommandApiHost.CancelAsync(client, order),
            HttpStatusCode.OK,
            change: 5);
        await CommandApiHost.ProblemAsync(
            CommandApiHost.CancelAsync(Client, order), HttpStatusCode.Conflict, ProblemCodes.OrderAlreadyCancelled);
    }

    [Fact]
    public async Task An_order_none_of_whose_commits_arrives_changes_nothing_until_it_is_repeated()
    {
        var id = Guid.NewGuid();
        Task<HttpResponseMessage> PlaceAsync() => CommandApiHost.PlaceAsync(Client, id, new QuantityLine(1, 1, 3));

        _rig.Proxy.Cut(CommitFate.NeverDelivered, times: 3);
        await CommandApiHost.ProblemAsync(PlaceAsync(), HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);
        Assert.Equal((3, LostCommitRig.Opening), (_rig.Proxy.Cuts, await _rig.StockAsync(1)));

        var order = await CommandApiHost.OrderAsync(PlaceAsync(), HttpStatusCode.Created);
        Assert.Equal(LostCommitRig.Opening - 3, order.Lines[0].StockCount);
        Assert.Equal(LostCommitRig.Opening - 3, await _rig.StockAsync(1));
    }
}
