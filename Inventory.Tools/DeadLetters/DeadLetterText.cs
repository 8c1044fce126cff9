using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Inventory.Contracts.Events;

namespace Inventory.Tools.DeadLetters;

/// <summary>Writes letters for people, in columns that a script can cut.</summary>
internal static class DeadLetterText
{
    private const int LongestReason = 90;
    private const int LongestKey = 40;

    public static void WriteList(TextWriter output, IReadOnlyList<DeadLetter> letters)
    {
        foreach (var letter in letters)
        {
            var reason = letter.Reason.ReplaceLineEndings(" ");
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{letter.Id,-12}  {Time(letter.SetAsideAt)}  {Shorten(letter.Key ?? Text(letter.KeyBytes) ?? "-", LongestKey),-20}{State(letter),-11}{Shorten(reason, LongestReason)}"));
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
        Line("Origin", letter.Origin);
        Line("Set aside", Time(letter.SetAsideAt));
        Line("Trace", letter.TraceParent);
        if (letter.Parts is { } parts)
        {
            Line("Kept", parts.IsKept
                ? string.Create(CultureInfo.InvariantCulture, $"in {parts.Count} parts, as it is larger than a record may be")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"not: its {parts.Length} bytes are more than the topic takes; the origin has it while it lasts"));
        }

        Line("Key", letter.Key ?? Text(letter.KeyBytes));
        Line("Value", Text(letter.Value));
    }

    private static string State(DeadLetter letter) => letter.Resolution?.Outcome ?? "open";

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Shorten(string text, int longest) => text.Length <= longest ? text : $"{text[..longest]}...";

    private static string? Text(byte[]? value) =>
        value is null ? null
        : Utf8.IsValid(value) ? Encoding.UTF8.GetString(value)
        : $"(base64) {Convert.ToBase64String(value)}";
}
