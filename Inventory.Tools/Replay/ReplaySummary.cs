using System.Globalization;
using Inventory.Tools.Replay.Playing;
using Inventory.Tools.Replay.Reading;

namespace Inventory.Tools.Replay;

/// <summary>Writes what is known of a replay, one fact a line.</summary>
internal sealed class ReplaySummary(TextWriter output)
{
    public void Write(ReplayReport report)
    {
        Line("Run", $"{report.Options.RunId}");
        if (report.Rows is not null)
        {
            WriteRows(report.Rows, report);
        }

        if (report.Plan is { } plan)
        {
            Line("Invoices", $"{plan.Invoices:N0} over {plan.Keys:N0} stock keys, {plan.SplitInvoices:N0} of them split into {plan.OrdersOfSplitInvoices:N0} orders");
            WriteResults(report.Tally, report);
        }

        WriteReadability(report);
        if (!report.PlayedToTheEnd && report.Plan is not null)
        {
            Line("Resume with", $"--run-id {report.Options.RunId} and otherwise the same arguments");
        }
    }

    private void WriteRows(RowCounts rows, ReplayReport report)
    {
        Line("File", $"{Path.GetFileName(report.Options.File)}: {report.Format}");
        Line("Rows", $"{rows.Read:N0} read = {rows.Used:N0} used + {rows.Rejected:N0} rejected");
        foreach (var (reason, count) in rows.RejectedByReason)
        {
            Line("", $"{count,9:N0} {reason.Code()}");
        }

        if (rows.Rejected > 0)
        {
            Line("", $"listed in {report.Options.RejectedPath}");
        }
    }

    private void WriteResults(ReplayTally tally, ReplayReport report)
    {
        Line("Orders", $"{tally[StepOutcome.Placed]:N0} placed, {tally[StepOutcome.RejectedForStock]:N0} rejected for stock");
        Line("Credits", $"{tally[StepOutcome.Cancelled]:N0} orders cancelled, {tally[StepOutcome.Returned]:N0} returns received");
        if (tally[StepOutcome.Unfinished] > 0)
        {
            Line("Interrupted", $"{tally[StepOutcome.Unfinished]:N0} while under way");
        }

        Line("Failed", $"{tally[StepOutcome.Failed]:N0}");
        foreach (var code in tally.Failures.CountBy(failure => failure.Problem.Code).OrderByDescending(code => code.Value))
        {
            Line("", $"{code.Value,9:N0} {code.Key}");
        }

        if (tally.Failures.Count > 0)
        {
            Line("", $"listed in {report.Options.FailedPath}");
        }

        var decided = tally[StepOutcome.Placed] + tally[StepOutcome.RejectedForStock];
        var seconds = report.Playing.TotalSeconds;
        Line("Time", $"{seconds:F1} s, {(seconds > 0 ? decided / seconds : 0):F0} orders/s");
    }

    private void WriteReadability(ReplayReport report)
    {
        if (report.Latencies is { Sorted.Count: > 0 } latencies)
        {
            Line("Commit to readable", $"p50 {Milliseconds(latencies, 0.5)}, p99 {Milliseconds(latencies, 0.99)}, {latencies.Sorted.Count:N0} samples");
            if (latencies.NeverSeen > 0)
            {
                Line("", $"{latencies.NeverSeen:N0} of them never seen while they were waited for");
            }
        }

        if (report.Drain is { } drain)
        {
            Line("Pipeline", drain.KeysBehind == 0
                ? (FormattableString)$"drained {drain.Took.TotalSeconds:F2} s after the last answer, {drain.Keys:N0} keys"
                : $"stands still with {drain.KeysBehind:N0} of {drain.Keys:N0} keys behind");
        }
        else if (report.PlayedToTheEnd)
        {
            Line("Pipeline", $"not waited for to the end");
        }
    }

    private static string Milliseconds(Latencies latencies, double share) =>
        string.Create(CultureInfo.InvariantCulture, $"{latencies.Percentile(share).TotalMilliseconds:F1} ms");

    private void Line(string name, FormattableString text) =>
        output.WriteLine($"{name,-20}{text.ToString(CultureInfo.InvariantCulture)}");
}
