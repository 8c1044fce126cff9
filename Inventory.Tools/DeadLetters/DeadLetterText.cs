using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Inventory.Contracts.Events;

namespace Inventory.Tools.DeadLetters;

/// <summary>Writes letters for people, in columns that a script can cut.</summary>
internal static class DeadLetterText
{
    private const int LongestReason = 90;

    public static void WriteList(TextWriter output, IReadOnlyList<DeadLetter> letters)
    {
        foreach (var letter in letters)
        {
            var reason = letter.Reason.ReplaceLineEndings(" ");
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{letter.Id,-12}{Time(letter.SetAsideAt)}  {letter.Key ?? "-",-20}{State(letter),-11}{Shorten(reason)}"));
        }

        var open = letters.Count(letter => letter.Resolution is null);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{open} open, {letters.Count - open} resolved"));
    }

    public static void Write(TextWriter output, DeadLetter letter)
    {
        void Line(string name, string? value) => output.WriteLine($"{name,-10}{value ?? "-"}");

        Line("Id", letter.Id);
        Line("State", letter.Resolution is { } resolution
            ? $"{resolution.Outcome} {Time(resolution.At)} by {resolution.By}"
            : State(letter));
        Line("Reason", letter.Reason);
        Line("Origin", string.Create(
            CultureInfo.InvariantCulture, $"{letter.Topic}, partition {letter.Partition}, offset {letter.Offset}"));
        Line("Set aside", Time(letter.SetAsideAt));
        Line("Trace", letter.TraceParent);
        Line("Key", letter.Key);
        Line("Value", Value(letter.Value));
    }

    private static string State(DeadLetter letter) => letter.Resolution?.Outcome ?? "open";

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Shorten(string text) => text.Length <= LongestReason ? text : $"{text[..LongestReason]}...";

    private static string? Value(byte[]? value) =>
        value is null ? null
        : Utf8.IsValid(value) ? Encoding.UTF8.GetString(value)
        : $"(base64) {Convert.ToBase64String(value)}";
}
