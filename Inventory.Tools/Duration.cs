using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Inventory.Tools;

/// <summary>Spans of time as people type them: <c>500ms</c>, <c>30s</c>, <c>2m</c>, or bare seconds.</summary>
internal static class Duration
{
    // Longest suffix first: "ms" also ends in "s".
    private static readonly (string Suffix, double Seconds)[] Units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];

    public static bool TryParse([NotNullWhen(true)] string? text, out TimeSpan duration)
    {
        duration = default;
        var number = text.AsSpan().Trim();
        var scale = 1.0;
        foreach (var (suffix, seconds) in Units)
        {
            if (number.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                number = number[..^suffix.Length];
                scale = seconds;
                break;
            }
        }

        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            || !(amount * scale <= TimeSpan.FromDays(1).TotalSeconds))
        {
            return false;
        }

        duration = TimeSpan.FromSeconds(amount * scale);
        return true;
    }
}
