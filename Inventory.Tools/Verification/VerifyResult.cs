namespace Inventory.Tools.Verification;

/// <summary>What a comparison came to.</summary>
/// <param name="keys">How many keys Postgres holds.</param>
/// <param name="leftInOutbox">How many changes Kafka did not have when waiting for them ended.</param>
internal sealed class VerifyResult(int keys, long leftInOutbox)
{
    /// <summary>So many of each kind are told one by one.</summary>
    public const int ToldOfEachKind = 100;

    private readonly SortedDictionary<DifferenceKind, long> _counts = [];
    private readonly List<(StockDifference Difference, RepairOutcome? Outcome)> _told = [];

    public int Keys => keys;

    public long LeftInOutbox => leftInOutbox;

    /// <summary>How many differences are left, by kind.</summary>
    public IReadOnlyDictionary<DifferenceKind, long> Counts => _counts;

    /// <summary>Some of them, with what became of repairing them; null if that was not tried.</summary>
    public IReadOnlyList<(StockDifference Difference, RepairOutcome? Outcome)> Told => _told;

    /// <summary>The first one that is left, or null.</summary>
    public StockDifference? Difference => _told is [var (first, _), ..] ? first : null;

    /// <summary>How many were repaired.</summary>
    public long Repaired { get; private set; }

    /// <summary>How many are left.</summary>
    public long Left => _counts.Values.Sum();

    public int ExitCode => Left == 0 ? Tools.ExitCode.Success : Tools.ExitCode.Failure;

    /// <param name="difference">As it was found.</param>
    /// <param name="outcome">Of its repair; null if that was not tried.</param>
    public void Add(StockDifference difference, RepairOutcome? outcome)
    {
        if (outcome == RepairOutcome.Repaired)
        {
            Repaired++;
            return;
        }

        var count = _counts[difference.Kind] = _counts.GetValueOrDefault(difference.Kind) + 1;
        if (count <= ToldOfEachKind)
        {
            _told.Add((difference, outcome));
        }
    }
}
