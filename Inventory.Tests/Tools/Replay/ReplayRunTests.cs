using System.Globalization;
using Inventory.Contracts.Stocks;
using Inventory.Tests.Tools.Api;
using Inventory.Tests.Tools.Replay.Reading;
using Inventory.Tools;
using Inventory.Tools.Api;
using Inventory.Tools.Replay;
using Inventory.Tools.Replay.Mapping;
using Inventory.Tools.Replay.Playing;

namespace Inventory.Tests.Tools.Replay;

public sealed class ReplayRunTests : IAsyncLifetime
{
    private static readonly StockKey A1 =
        new(IdentifierHash.VendorItemId("A1"), (int)IdentifierHash.FulfillmentCenterId("United Kingdom"));

    private readonly TemporaryFolder _folder = new();
    private UnrulyGateway _gateway = null!;

    public async ValueTask InitializeAsync() => _gateway = await UnrulyGateway.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_order_is_accounted_for_whatever_the_gateway_does()
    {
        _gateway.MisbehaveEvery = 5;
        _gateway.Shop.ReadLag = TimeSpan.FromMilliseconds(15);
        string[] rows =
        [
            .. from invoice in Enumerable.Range(1, 300)
               from item in new[] { "A1", $"X{invoice % 17}", "POST" }
               select LogFile.Row($"{invoice}", item, quantity: "2", customer: $"{invoice}"),
            .. Enumerable.Range(1, 10).SelectMany(invoice => new[]
            {
                LogFile.Row($"C{invoice + 1000}", "A1", quantity: "-2", customer: $"{invoice}"),
                LogFile.Row($"C{invoice + 1000}", $"X{invoice % 17}", quantity: "-2", customer: $"{invoice}"),
            }),
            LogFile.Row("C2000", "A1", quantity: "-1", customer: "1"),
        ];

        var report = await ReplayAsync(rows);

        Assert.Equal(300, report.Tally[StepOutcome.Placed]);
        Assert.Equal((10, 1), (report.Tally[StepOutcome.Cancelled], report.Tally[StepOutcome.Returned]));
        Assert.Equal((0, 0, 0), (report.Tally[StepOutcome.Failed], report.Tally[StepOutcome.RejectedForStock], report.Tally[StepOutcome.Unfinished]));
        Assert.Equal(ExitCode.Success, report.ExitCode);
        Assert.Equal((921, 621, 300), (report.Rows!.Read, report.Rows.Used, report.Rows.Rejected));
        Assert.Equal((10 * 2) + 1, _gateway.Shop.Stock[A1].StockCount);
        Assert.NotEmpty(report.Latencies!.Sorted);
        Assert.All(report.Latencies.Sorted, latency => Assert.InRange(latency.TotalMilliseconds, 15, 5_000));
        Assert.Equal(18, report.Drain!.Keys);
    }

    [Fact]
    public async Task Scarce_stock_turns_orders_away_and_oversells_nothing()
    {
        var report = await ReplayAsync([.. Enumerable.Range(1, 40).Select(invoice => LogFile.Row($"{invoice}", "A1", quantity: "2"))], openingStock: 25);

        Assert.Equal((12, 28), (report.Tally[StepOutcome.Placed], report.Tally[StepOutcome.RejectedForStock]));
        Assert.Equal(1, _gateway.Shop.Stock[A1].StockCount);
        Assert.Equal(ExitCode.Success, report.ExitCode);
    }

    [Fact]
    public async Task A_credit_of_an_order_that_was_turned_away_is_a_return()
    {
        var report = await ReplayAsync(
            [LogFile.Row("1", "A1", quantity: "9"), LogFile.Row("C2", "A1", quantity: "-9"), LogFile.Row("3", "A1", quantity: "9")],
            openingStock: 5);

        Assert.Equal(
            (1, 1, 1, 0),
            (report.Tally[StepOutcome.Placed], report.Tally[StepOutcome.RejectedForStock], report.Tally[StepOutcome.Returned], report.Tally[StepOutcome.Cancelled]));
    }

    [Fact]
    public async Task A_credit_keeps_its_place_among_the_orders_of_its_keys()
    {
        await ReplayAsync(
        [
            .. Enumerable.Range(1, 30).Select(invoice => LogFile.Row($"{invoice}", "A1", quantity: "1")),
            LogFile.Row("C31", "A1", quantity: "-7"),
            .. Enumerable.Range(32, 30).Select(invoice => LogFile.Row($"{invoice}", "A1", quantity: "1")),
        ]);

        Assert.Equal(
            ["receive", .. Enumerable.Repeat("place", 30), "receive", .. Enumerable.Repeat("place", 30)],
            _gateway.Shop.History.Select(change => change.What));
    }

    [Fact]
    public async Task A_run_that_is_resumed_places_nothing_twice()
    {
        string[] rows =
        [
            .. Enumerable.Range(1, 20).Select(invoice => LogFile.Row($"{invoice}", "A1", customer: $"{invoice}")),
            LogFile.Row("C21", "A1", quantity: "-6", customer: "3"),
        ];
        var first = await ReplayAsync(rows);
        var history = _gateway.Shop.History.Count;

        var second = await ReplayAsync(rows);

        Assert.Equal(history, _gateway.Shop.History.Count);
        Assert.Equal((20, 1), (second.Tally[StepOutcome.Placed], second.Tally[StepOutcome.Cancelled]));
        Assert.Equal(ExitCode.Success, second.ExitCode);
        Assert.NotEmpty(first.Latencies!.Sorted);
        Assert.Empty(second.Latencies!.Sorted);
    }

    [Fact]
    public async Task A_failure_is_counted_by_its_code_listed_and_told_to_the_shell()
    {
        _gateway.Shop.Cursed = A1;

        var report = await ReplayAsync([LogFile.Row("1", "A1"), LogFile.Row("2", "B1")]);

        Assert.Equal((1, 1), (report.Tally[StepOutcome.Placed], report.Tally[StepOutcome.Failed]));
        Assert.Equal(ExitCode.Failure, report.ExitCode);
        Assert.Contains("IDEMPOTENCY_CONFLICT", await File.ReadAllTextAsync(report.Options.FailedPath, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("1 IDEMPOTENCY_CONFLICT", Summary(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_read_side_that_stands_still_is_told_with_the_number_of_keys_behind()
    {
        _gateway.Shop.Stuck = A1;

        // No sample of the stuck key: a watcher would wait for it longer than this test.
        var report = await ReplayAsync([LogFile.Row("C1", "A1", quantity: "-1"), LogFile.Row("2", "B1")]);

        Assert.Equal((2, 1), (report.Drain!.Keys, report.Drain.KeysBehind));
        Assert.Equal(ExitCode.Failure, report.ExitCode);
        Assert.Contains("1 of 2 keys behind", Summary(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_that_is_gone_ends_the_replay_with_how_to_resume_it()
    {
        var report = await ReplayAsync(
            [.. Enumerable.Range(1, 5_000).Select(invoice => LogFile.Row($"{invoice}", "A1"))],
            onOrders: orders => _gateway.MisbehaveEvery = orders >= 50 ? 1 : 0);

        Assert.False(report.PlayedToTheEnd);
        Assert.InRange(report.Tally[StepOutcome.Failed], 1, 8);
        Assert.Equal(ExitCode.Failure, report.ExitCode);
        Assert.Contains("--run-id run", Summary(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replay_that_the_user_stops_lets_what_is_under_way_finish()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var report = await ReplayAsync(
            [.. Enumerable.Range(1, 5_000).Select(invoice => LogFile.Row($"{invoice}", "A1"))],
            onOrders: orders =>
            {
                if (orders >= 50)
                {
                    stop.Cancel();
                }
            },
            stop: stop.Token);

        Assert.False(report.PlayedToTheEnd);
        Assert.Equal(_gateway.Shop.Orders.Count, report.Tally[StepOutcome.Placed]);
        Assert.Equal(0, report.Tally[StepOutcome.Unfinished]);
        Assert.Equal(ExitCode.Failure, report.ExitCode);
    }

    [Fact]
    public async Task The_summary_tells_all_of_it()
    {
        var report = await ReplayAsync([LogFile.Row("1", "A1"), LogFile.Row("1", "POST"), LogFile.Row("2", "A1", quantity: "0")]);

        var summary = Summary(report);

        Assert.Contains("3 read = 1 used + 2 rejected", summary, StringComparison.Ordinal);
        Assert.Contains("1 not-a-stock-item", summary, StringComparison.Ordinal);
        Assert.Contains("1 placed, 0 rejected for stock", summary, StringComparison.Ordinal);
        Assert.Matches(@"p50 \d+\.\d ms, p99 \d+\.\d ms, 1 samples", summary);
        Assert.Matches(@"drained \d+\.\d\d s after the last answer, 1 keys", summary);
        Assert.Contains("orders/s", summary, StringComparison.Ordinal);
    }

    private static string Summary(ReplayReport report)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        new ReplaySummary(output).Write(report);
        return output.ToString();
    }

    private async Task<ReplayReport> ReplayAsync(
        string[] rows, int? openingStock = null, Action<int>? onOrders = null, CancellationToken? stop = null)
    {
        var file = _folder.File("orders.csv");
        await File.WriteAllLinesAsync(file, [LogFile.Header, .. rows], TestContext.Current.CancellationToken);
        var report = new ReplayReport(new ReplayOptions(
            file, _folder.File("state"), "run", openingStock, Concurrency: 8, DrainPatience: TimeSpan.FromMilliseconds(300)));
        using var http = GatewayClient.CreateHttpClient(_gateway.Address, "token");
        var client = new GatewayClient(http, GatewayClientTests.QuickRetries with { Patience = TimeSpan.FromSeconds(1) }, TimeProvider.System);
        _gateway.Shop.OnOrder = onOrders;
        try
        {
            await new ReplayRun(report, client, new SilentDisplay(), TimeProvider.System).RunAsync(stop ?? TestContext.Current.CancellationToken);
        }
        catch (OperationCanceledException) when (stop is { IsCancellationRequested: true })
        {
            // As the command does.
        }

        return report;
    }
}
