using Inventory.Tools.Replay.Planning;
using Inventory.Tools.Replay.Playing;
using Inventory.Tools.Replay.Reading;

namespace Inventory.Tools.Replay;

/// <summary>What is known of a replay so far; filled in phase by phase, and printed however it ends.</summary>
internal sealed class ReplayReport(ReplayOptions options)
{
    public ReplayOptions Options { get; } = options;

    public ReplayTally Tally { get; } = new();

    public LogFormat? Format { get; set; }

    public RowCounts? Rows { get; set; }

    public ReplayPlan? Plan { get; set; }

    /// <summary>How long placing, cancelling and returning took.</summary>
    public TimeSpan Playing { get; set; }

    public bool PlayedToTheEnd { get; set; }

    public Latencies? Latencies { get; set; }

    public DrainResult? Drain { get; set; }

    public int ExitCode =>
        PlayedToTheEnd
        && Tally[StepOutcome.Failed] == 0
        && Tally[StepOutcome.Unfinished] == 0
        && Drain is { KeysBehind: 0 }
            ? Tools.ExitCode.Success
            : Tools.ExitCode.Failure;
}
