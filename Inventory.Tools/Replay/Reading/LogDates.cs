using System.Globalization;

namespace Inventory.Tools.Replay.Reading;

/// <summary>
/// Dates as copies of the data write them. They only tell whether a row makes sense (its place in the file orders it),
/// so a copy with the day before the month need not be told from one with the month first.
/// </summary>
internal sealed class LogDates
{
    private static readonly string[] Forms =
    [
        .. from date in new[] { "M/d/yy", "M/d/yyyy", "d/M/yy", "d/M/yyyy", "d.M.yy", "d.M.yyyy", "yyyy-M-d" }
           from time in new[] { " H:mm", " H:mm:ss", "" }
           select date + time,
    ];

    // Rows of one invoice share their date, and neighbours in the file are mostly of one invoice.
    private string? _lastGood;

    public bool IsDate(string text)
    {
        if (text == _lastGood)
        {
            return true;
        }

        var isDate = DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out _)
            || IsIso(text);
        _lastGood = isDate ? text : _lastGood;
        return isDate;
    }

    // Fractions of a second, a T, a time zone.
    private static bool IsIso(string text) =>
        text.Length > 4
        && char.IsAsciiDigit(text[3])
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
}
