using System.Net;
using System.Text.Json;
using Inventory.Contracts;
using Inventory.Contracts.Orders;
using Inventory.Servers.Postgres;
using Inventory.Tests.CommandApi;
using Inventory.Tests.Hosting;
using Inventory.Tests.Postgres;

namespace Inventory.Tests.Faults.Commits;

/// <summary>CommandApi, which reaches its Postgres through a <see cref="CommitProxy"/>, and item 1 in stock.</summary>
internal sealed class LostCommitRig : IAsyncDisposable
{
    public const int Opening = 100;

    private readonly CommandApiHost _api;

    private LostCommitRig(CommandApiHost api, CommitProxy proxy)
    {
        _api = api;
        Proxy = proxy;
    }

    public CommitProxy Proxy { get; }

    public HttpClient Client => _api.Clients[0];

    /// <summary>Not through the proxy.</summary>
    public TestDatabase Database => _api.Database;

    public static async Task<LostCommitRig> StartAsync(PostgresServer server, params IEnumerable<string> settings)
    {
        var database = await TestDatabase.CreateAsync(server);
        var proxy = new CommitProxy(database.ConnectionString);
        var api = await CommandApiHost.StartAsync(
            database,
            settings: [$"--ConnectionStrings:{ResourceNames.Database}={proxy.ConnectionString}", .. settings]);
        await CommandApiHost.InboundAsync(api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, Opening)));
        return new LostCommitRig(api, proxy);
    }

    public async Task<Guid> PlaceAsync(int quantity)
    {
        var id = Guid.NewGuid();
        await CommandApiHost.OrderAsync(_api.PlaceAsync(id, new QuantityLine(1, 1, quantity)), HttpStatusCode.Created);
        return id;
    }

    public async Task<Guid> HoldAsync(int quantity = 4)
    {
        var id = Guid.NewGuid();
        await CommandApiHost.AnswerAsync(
            CommandApiHost.ReserveAsync(Client, new([new(1, 1, quantity)], ExpiresIn: 600, ReservationId: id)),
            HttpStatusCode.Created,
            ApiJson.Default.ReservationAnswer);
        return id;
    }

    public Task<int> StockAsync(long item) => _api.StockAsync(item);

    /// <summary>
    /// Sends a command whose COMMIT meets this fate; its repetition gets the same answer and changes nothing.
    /// </summary>
    public async Task SurviveAsync(
        CommitFate fate, Func<HttpClient, Task<HttpResponseMessage>> send, HttpStatusCode expected, int change)
    {
        var first = await AnsweredOnceAsync(fate, send, expected, change);
        var before = await StateAsync();

        using var again = await send(Client);

        Assert.Equal(expected, again.StatusCode);
        Assert.Equal(first, await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(before, await StateAsync());
    }

    /// <summary>Sends a command whose COMMIT meets this fate, once.</summary>
    /// <returns>The answer, which tells the stock that is there.</returns>
    public async Task<string> AnsweredOnceAsync(
        CommitFate fate, Func<HttpClient, Task<HttpResponseMessage>> send, HttpStatusCode expected, int change)
    {
        var before = await StateAsync();
        Proxy.Cut(fate);

        var sending = send(Client);
        if (fate == CommitFate.DeliveredLate)
        {
            await SomebodyWaitsAsync();
            Proxy.Deliver();
        }

        using var response = await sending;
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(expected == response.StatusCode, answer);
        Assert.Equal(1, Proxy.Cuts);
        var changes = change == 0 ? 0 : 1;
        Assert.Equal(
            (before.Stock + change, before.Ledger + changes, before.Outbox + changes), await StateAsync());
        if (change != 0)
        {
            var line = JsonDocument.Parse(answer).RootElement.GetProperty("lines")[0];
            Assert.Equal(before.Stock + change, line.GetProperty("stockCount").GetInt32());
        }

        return answer;
    }

    /// <summary>Until a transaction waits for what another one has locked.</summary>
    public Task SomebodyWaitsAsync() => Eventually.IsTrueAsync(async () => await Database.ScalarAsync<long>("""
        SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
        """) > 0);

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await Proxy.DisposeAsync();
    }

    // Of item 1.
    private async Task<(int Stock, long Ledger, long Outbox)> StateAsync() => (
        await StockAsync(1),
        await Database.ScalarAsync<long>("SELECT count(*) FROM stock_ledger WHERE vendor_item_id = 1"),
        await Database.ScalarAsync<long>("SELECT count(*) FROM outbox WHERE vendor_item_id = 1"));
}
