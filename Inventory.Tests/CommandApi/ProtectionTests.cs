using System.Net;
using Inventory.CommandApi.Commands;
using Inventory.Contracts.Orders;
using Inventory.Contracts.Problems;
using Inventory.Tests.Hosting;
using Inventory.Tests.Servers;

namespace Inventory.Tests.CommandApi;

/// <summary>Too much is refused at once, and what is not refused is done whole.</summary>
public sealed class ProtectionTests(RealServers servers)
{
    [Fact]
    public async Task A_client_that_sends_too_much_is_told_when_to_come_again()
    {
        await using var api = await CommandApiHost.StartAsync(
            await servers.PostgresAsync(),
            settings: ["--RateLimits:Clients:PermitsPerSecond=1", "--RateLimits:Clients:Burst=3"]);

        var responses = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.FindAsync(Guid.NewGuid().ToString())));

        var limited = responses.Where(response => response.StatusCode == HttpStatusCode.TooManyRequests).ToList();
        Assert.InRange(limited.Count, 1, 17);
        Assert.All(limited, response => Assert.NotNull(response.Headers.RetryAfter));
        await ProblemAssert.IsAsync(limited[0], HttpStatusCode.TooManyRequests, ProblemCodes.RateLimited);
    }

    [Fact]
    public void The_expected_wait_is_the_groups_before_times_what_one_takes()
    {
        var time = new ManualTime();
        var clock = new LaneClock(time);
        Assert.Equal(TimeSpan.Zero, clock.ExpectedWait(queued: 1000, groupSize: 10));

        for (var group = 0; group < 50; group++)
        {
            clock.Begin();
            time.Advance(TimeSpan.FromMilliseconds(20));
            clock.End();
        }

        clock.Begin();
        Assert.InRange(clock.ExpectedWait(queued: 0, groupSize: 10).TotalMilliseconds, 19, 20.1);
        Assert.InRange(clock.ExpectedWait(queued: 40, groupSize: 10).TotalMilliseconds, 95, 100.1);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.InRange(clock.ExpectedWait(queued: 0, groupSize: 10).TotalSeconds, 59.9, 60.1);
        clock.End();
        Assert.Equal(TimeSpan.Zero, clock.ExpectedWait(queued: 0, groupSize: 10));
    }

    [Fact]
    public async Task An_order_that_would_wait_past_its_deadline_is_refused_at_once()
    {
        await using var api = await CommandApiHost.StartAsync(
            await servers.PostgresAsync(), settings: ["--Orders:Lanes=1", "--Orders:MaximumWait=00:00:01"]);
        await CommandApiHost.InboundAsync(api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 100)));
        await using var connection = await api.Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var locking = connection.CreateCommand();
        locking.CommandText = "SELECT 1 FROM stock FOR UPDATE";
        await locking.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var stuck = api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1));
        await Eventually.IsTrueAsync(() => api.Database.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')"));

        // Those that come before the lane is known to stand still wait; the first one after is told at once.
        var waiting = new List<Task<HttpResponseMessage>>();
        HttpResponseMessage? refused = null;
        while (refused is null)
        {
            Assert.InRange(waiting.Count, 0, 1000);
            waiting.Add(api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1)));
            await Task.WhenAny(waiting[^1], Task.Delay(50, TestContext.Current.CancellationToken));
            refused = waiting[^1].IsCompleted ? await waiting[^1] : null;
        }

        await ProblemAssert.IsAsync(refused, HttpStatusCode.ServiceUnavailable, ProblemCodes.Unavailable);
        var wait = refused.Headers.RetryAfter!.Delta!.Value;
        Assert.InRange(wait.TotalSeconds, 1, 5);
        Assert.False(stuck.IsCompleted);

        // The longer it has stood still, the later one had better come again.
        await Task.Delay(TimeSpan.FromSeconds(1.5), TestContext.Current.CancellationToken);
        var later = await api.PlaceAsync(Guid.NewGuid(), new QuantityLine(1, 1, 1));
        Assert.InRange(later.Headers.RetryAfter!.Delta!.Value, wait + TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, (await stuck).StatusCode);
        Assert.Equal(
            100 - 1 - (await Task.WhenAll(waiting)).Count(each => each.StatusCode == HttpStatusCode.Created),
            await api.StockAsync(1));
    }

    [Fact]
    public async Task An_order_whose_client_went_away_is_whole_and_found_by_its_id()
    {
        await using var api = await CommandApiHost.StartAsync(await servers.PostgresAsync(), settings: "--Orders:Lanes=1");
        await CommandApiHost.InboundAsync(
            api.ReceiveAsync(Guid.NewGuid(), new QuantityLine(1, 1, 100), new QuantityLine(2, 1, 100)));
        var ids = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToArray();

        await using (var connection = await api.Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken))
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var locking = connection.CreateCommand();
            locking.CommandText = "SELECT 1 FROM stock FOR UPDATE";
            await locking.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            using var leaving = new HttpClient { BaseAddress = api.Clients[0].BaseAddress };
            leaving.DefaultRequestHeaders.Authorization = api.Clients[0].DefaultRequestHeaders.Authorization;
            var sent = ids.Select(id =>
                CommandApiHost.PlaceAsync(leaving, id, new QuantityLine(1, 1, 1), new QuantityLine(2, 1, 1))).ToArray();
            await Task.Delay(200, TestContext.Current.CancellationToken);
            leaving.CancelPendingRequests();
            await Task.WhenAll(sent).ContinueWith(_ => { }, TaskScheduler.Default);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        // Whatever had arrived is decided; the repetition finds it or does it, and never both.
        foreach (var id in ids)
        {
            await CommandApiHost.OrderAsync(
                api.PlaceAsync(id, new QuantityLine(1, 1, 1), new QuantityLine(2, 1, 1)), HttpStatusCode.Created);
        }

        Assert.Equal((80, 80), (await api.StockAsync(1), await api.StockAsync(2)));
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
