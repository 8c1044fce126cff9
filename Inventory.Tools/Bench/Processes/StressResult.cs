using System.Globalization;
using System.Text.RegularExpressions;

namespace Inventory.Tools.Bench.Processes;

/// <summary>What cassandra-stress says at its end.</summary>
/// <param name="OperationRate">Operations a second.</param>
/// <param name="PartitionRate">Operations a second that found a row.</param>
internal sealed partial record StressResult(double OperationRate, double PartitionRate)
{
    /// <summary>Its last line. The program itself lives on for up to a minute.</summary>
    public const string End = "END";

    /// <returns>Null if the output has no results.</returns>
    public static StressResult? Parse(string output) =>
        Find(OperationPattern(), output) is { } operations && Find(PartitionPattern(), output) is { } partitions
            ? new StressResult(operations, partitions)
            : null;

    private static double? Find(Regex pattern, string output) => pattern.Match(output) is { Success: true } match
        ? double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture)
        : null;

    [GeneratedRegex(
        @"^op rate\s*:\s*(?<value>[\d.]+)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000)]
    private static partial Regex OperationPattern();

    [GeneratedRegex(
        @"^partition rate\s*:\s*(?<value>[\d.]+)\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000)]
    private static partial Regex PartitionPattern();
}
