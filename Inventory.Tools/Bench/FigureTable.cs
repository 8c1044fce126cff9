using System.Globalization;

namespace Inventory.Tools.Bench;

/// <summary>The table on the terminal: plain text, as wide as it needs to be, the note of each figure beneath it.</summary>
internal static class FigureTable
{
    private static readonly string[] Header = ["figure", "value", "unit", "peer", "ratio", "wanted", "met", "load"];

    public static void Write(TextWriter output, IReadOnlyList<FigureResult> results)
    {
        string[][] rows = [Header, .. results.Select(Cells)];
        var widths = Enumerable.Range(0, Header.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        for (var index = 0; index < rows.Length; index++)
        {
            output.WriteLine(string.Join("  ", rows[index].Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
            if (index > 0 && results[index - 1].Note is { } note)
            {
                output.WriteLine($"    {note}");
            }
        }
    }

    private static string[] Cells(FigureResult result) =>
    [
        result.Figure,
        Number(result.Value),
        result.Unit,
        result.Peer is null ? "" : $"{Number(result.PeerValue ?? double.NaN)} {result.Peer}",
        result.Ratio is { } ratio ? ratio.ToString("0.00 x", CultureInfo.InvariantCulture) : "",
        result.Target,
        result switch { { IsMeasured: false } => "-", { IsMet: true } => "yes", _ => "NO" },
        result.Load.ToString("0.0", CultureInfo.InvariantCulture),
    ];

    private static string Number(double value) => double.IsNaN(value) ? "not measured" : value.ToString(value < 100 ? "0.##" : "#,0", CultureInfo.InvariantCulture);
}
