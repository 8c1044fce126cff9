using System.Globalization;
using System.Text;

namespace Inventory.Tools.Load;

/// <summary>
/// Draws latency over percentile as SVG, both on logarithmic scales: every further nine has the same width, so that the
/// tail, which a linear axis hides in its last millimetre, is what is seen.
/// </summary>
internal static class LatencyPlot
{
    private const int Width = 720;
    private const int Height = 400;
    private const int Left = 70;
    private const int Right = 20;
    private const int Top = 40;
    private const int Bottom = 50;

    // 0 to 99.999 %: five nines.
    private const int Nines = 5;
    private const double StepsPerNine = 24;

    private static readonly string[] Ticks = ["0 %", "90 %", "99 %", "99.9 %", "99.99 %", "99.999 %"];

    public static string Draw(LoadResult result, string title)
    {
        var points = Enumerable.Range(0, (int)(Nines * StepsPerNine) + 1)
            .Select(step => (Nine: step / StepsPerNine, Milliseconds: At(result.Latencies, step / StepsPerNine)))
            .ToArray();
        var low = Math.Floor(Math.Log10(Math.Max(0.001, points[0].Milliseconds)));
        var high = Math.Max(low + 1, Math.Ceiling(Math.Log10(Math.Max(0.001, points[^1].Milliseconds))));
        var svg = new StringBuilder();
        Add(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {Height}" font-family="sans-serif" font-size="12">""");
        Add(svg, $"""<rect width="{Width}" height="{Height}" fill="white"/><text x="{Left}" y="22" font-size="14">{title}</text>""");
        for (var nine = 0; nine <= Nines; nine++)
        {
            var x = X(nine);
            Add(svg, $"""<line x1="{x:0.#}" y1="{Top}" x2="{x:0.#}" y2="{Height - Bottom}" stroke="#ddd"/>""");
            Add(svg, $"""<text x="{x:0.#}" y="{Height - Bottom + 18}" text-anchor="middle">{Ticks[nine]}</text>""");
        }

        for (var power = low; power <= high; power++)
        {
            var y = Y(power, low, high);
            Add(svg, $"""<line x1="{Left}" y1="{y:0.#}" x2="{Width - Right}" y2="{y:0.#}" stroke="#ddd"/>""");
            Add(svg, $"""<text x="{Left - 6}" y="{y + 4:0.#}" text-anchor="end">{Math.Pow(10, power):0.###} ms</text>""");
        }

        var line = string.Join(' ', points.Select(point => string.Create(
            CultureInfo.InvariantCulture,
            $"{X(point.Nine):0.#},{Y(Math.Log10(Math.Max(0.001, point.Milliseconds)), low, high):0.#}")));
        Add(svg, $"""<polyline points="{line}" fill="none" stroke="#1565c0" stroke-width="2"/>""");
        Add(svg, $"""<text x="{(Left + Width - Right) / 2}" y="{Height - 10}" text-anchor="middle">percentile of requests</text></svg>""");
        return svg.ToString();
    }

    private static double At(LatencyHistogram latencies, double nine) =>
        latencies.Percentile(Math.Max(1e-9, 1 - Math.Pow(10, -nine))).TotalMilliseconds;

    private static double X(double nine) => Left + (nine / Nines * (Width - Left - Right));

    private static double Y(double power, double low, double high) =>
        Height - Bottom - ((power - low) / (high - low) * (Height - Top - Bottom));

    private static void Add(StringBuilder svg, FormattableString line) =>
        svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
