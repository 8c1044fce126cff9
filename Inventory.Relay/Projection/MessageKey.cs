using System.Text;
using System.Text.Unicode;

namespace Inventory.Relay.Projection;

/// <summary>The key of a message, which may be anything: only what is UTF-8 is text.</summary>
internal static class MessageKey
{
    /// <returns>Null if there is no key, or if it is no text.</returns>
    public static string? TextOf(byte[]? key) => key is not null && Utf8.IsValid(key) ? Encoding.UTF8.GetString(key) : null;

    /// <summary>At most so many characters of a text that may be as long as a message.</summary>
    public static string Quote(string text, int longest) => text.Length <= longest ? text : $"{text[..longest]}...";
}
