namespace Inventory.Tools.Bench;

/// <summary>What was measured of one figure.</summary>
/// <param name="Figure">Its name, such as <c>read.hot</c>.</param>
/// <param name="Value">The median of the rounds.</param>
/// <param name="Unit">Of the value.</param>
/// <param name="Rounds">Every round's value.</param>
/// <param name="IsMet">Whether the target is met.</param>
/// <param name="Target">What was asked for, in words.</param>
internal sealed record FigureResult(
    string Figure, double Value, string Unit, IReadOnlyList<double> Rounds, bool IsMet, string Target)
{
    /// <summary>What it was measured against, in the same rounds.</summary>
    public string? Peer { get; init; }

    public double? PeerValue { get; init; }

    public IReadOnlyList<double>? PeerRounds { get; init; }

    /// <summary>The median of the rounds' ratios: both sides of a ratio saw the same moment of the machine.</summary>
    public double? Ratio { get; init; }

    /// <summary>False where this build cannot measure it.</summary>
    public bool IsMeasured { get; init; } = true;

    /// <summary>What else should be known.</summary>
    public string? Note { get; init; }

    /// <summary>The machine's load average when it ended: on a busy machine every number is lower.</summary>
    public double Load { get; init; } = MachineLoad.Read();

    public static FigureResult Alone(string figure, string unit, IReadOnlyList<double> rounds, Func<double, bool> isMet, string target)
    {
        var value = Median.Of(rounds);
        return new FigureResult(figure, value, unit, rounds, isMet(value), target);
    }

    public static FigureResult Against(
        string figure, string unit, IReadOnlyList<double> rounds, string peer, IReadOnlyList<double> peerRounds, double least)
    {
        var ratio = Median.Of([.. rounds.Zip(peerRounds, (ours, theirs) => theirs == 0 ? 0 : ours / theirs)]);
        return new FigureResult(
            figure, Median.Of(rounds), unit, rounds, ratio >= least, FormattableString.Invariant($"{least} x"))
        {
            Peer = peer,
            PeerValue = Median.Of(peerRounds),
            PeerRounds = peerRounds,
            Ratio = ratio,
        };
    }

    /// <summary>The less, the better: the ratio is to be at most so much.</summary>
    public static FigureResult AtMost(
        string figure, string unit, IReadOnlyList<double> rounds, string peer, IReadOnlyList<double> peerRounds, double most)
    {
        var result = Against(figure, unit, rounds, peer, peerRounds, least: 0);
        return result with { IsMet = result.Ratio <= most, Target = FormattableString.Invariant($"at most {most} x") };
    }

    /// <summary>A figure that this build cannot measure: it has a line that says so, and fails nothing.</summary>
    public static FigureResult NotMeasured(string figure, string unit, string target) =>
        new(figure, double.NaN, unit, [], IsMet: true, target) { IsMeasured = false };
}
