using System.Globalization;
using System.Numerics;

namespace Inventory.Tools.Replay.Reading;

/// <summary>Numbers as shops write them.</summary>
internal static class LogNumbers
{
    private const NumberStyles WholeNumber = NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    /// <summary>
    /// A whole number in plain digits. Marks are refused: whether <c>1,000</c> is one or a thousand cannot be known, and a
    /// wrong guess would move real stock.
    /// </summary>
    public static RejectReason ParseQuantity(string text, out int quantity)
    {
        if (int.TryParse(text, WholeNumber, CultureInfo.InvariantCulture, out quantity) && quantity != int.MinValue)
        {
            return RejectReason.None;
        }

        // Numbers of hundreds of digits are no quantities either: do not spend time on them.
        return text.Length < 100 && BigInteger.TryParse(text, WholeNumber, CultureInfo.InvariantCulture, out _)
            ? RejectReason.QuantityOutOfRange
            : RejectReason.QuantityNotANumber;
    }

    /// <summary>With either decimal mark; of several marks the last is the decimal one.</summary>
    public static bool TryParsePrice(string text, out decimal price)
    {
        var mark = text.AsSpan().LastIndexOfAny(',', '.');
        if (mark < 0 || (text[mark] == '.' && !text.Contains(',', StringComparison.Ordinal)))
        {
            return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out price);
        }

        var whole = text[..mark].Replace(",", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        return decimal.TryParse($"{whole}.{text.AsSpan(mark + 1)}", NumberStyles.Float, CultureInfo.InvariantCulture, out price);
    }
}
