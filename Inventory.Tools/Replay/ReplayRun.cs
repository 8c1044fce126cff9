using Inventory.Tools.Api;
using Inventory.Tools.Display;
using Inventory.Tools.Replay.Planning;
using Inventory.Tools.Replay.Playing;

namespace Inventory.Tools.Replay;

/// <summary>
/// One replay:
/// 1. read the file into invoices;
/// 2. plan what to send;
/// 3. bring in the opening stock;
/// 4. play the invoices while sampling how fast changes become readable;
/// 5. wait for the pipeline to drain.
/// </summary>
internal sealed class ReplayRun(ReplayReport report, GatewayClient gateway, IProgressDisplay display, TimeProvider time)
{
    // Few enough not to compete with the orders for the machine.
    private const int Watchers = 8;

    private readonly ReplayOptions _options = report.Options;
    private readonly StockVersions _versions = new();

    public async Task RunAsync(CancellationToken stop)
    {
        // 1.
        var log = await LogReading.ReadAsync(_options, display, stop);
        report.Format = log.Format;
        report.Rows = log.Rows;

        // 2.
        var plan = new ReplayPlanner(new ReplayIds(_options.RunId), _options.OpeningStock).Plan(log.Invoices);
        report.Plan = plan;

        // 3. and 4.
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var sampler = new ReadableSampler(gateway, time, Watchers, watching.Token);
        var steps = new StepPlayer(gateway, report.Tally, _versions, sampler, time);
        await PlayAsync(new ReplayPlayer(steps, report.Tally, _options.Concurrency), plan, stop);

        // 5. The last watchers go on meanwhile: the time to drain counts from the last answer.
        try
        {
            await (report.PlayedToTheEnd ? DrainAsync(stop) : watching.CancelAsync());
        }
        finally
        {
            report.Latencies = await sampler.CompleteAsync();
        }
    }

    private async Task PlayAsync(ReplayPlayer player, ReplayPlan plan, CancellationToken stop)
    {
        var inbounds = new ProgressCounter(plan.Opening.Count);
        await display.ShowAsync("Opening stock (inbounds)", inbounds, () => player.StockAsync(plan, inbounds, stop));
        var started = time.GetTimestamp();
        var steps = new ProgressCounter(plan.Steps.Count);
        report.PlayedToTheEnd = await display.ShowAsync("Replaying (orders)", steps, () => player.PlayAsync(plan, steps, stop));
        report.Playing = time.GetElapsedTime(started);
        FailedRequestsFile.Write(_options.FailedPath, report.Tally.Failures);
    }

    private async Task DrainAsync(CancellationToken stop)
    {
        var keys = new ProgressCounter(_versions.Newest.Count);
        var drain = new PipelineDrain(gateway, time, _options.DrainPatience);
        report.Drain = await display.ShowAsync(
            "Waiting for the pipeline (keys)", keys, () => drain.WaitAsync(_versions.Newest, keys, stop));
    }
}
