using System.Text.RegularExpressions;

namespace Inventory.Relay.Publishing.Cdc;

/// <summary>The replication slot of the outbox. Slots belong to the whole server, so the database is part of the name.</summary>
internal sealed partial class SlotName(string database)
{
    // What Postgres allows at most.
    private const int MaximumLength = 63;
    private const string Suffix = "_outbox";

    /// <summary>Lower case letters, digits and underscores.</summary>
    public string Value { get; } = Shorten(Others().Replace(database.ToLowerInvariant(), "_")) + Suffix;

    private static string Shorten(string name) => name[..Math.Min(name.Length, MaximumLength - Suffix.Length)];

    [GeneratedRegex("[^a-z0-9_]", RegexOptions.NonBacktracking)]
    private static partial Regex Others();
}
