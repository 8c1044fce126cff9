namespace Inventory.QueryApi.Answers;

/// <summary>What a client says it has: the header <c>If-None-Match</c> (RFC 9110, 13.1.2).</summary>
internal static class EntityTags
{
    /// <returns>True if the client's list holds the tag, weak or strong, or is <c>*</c>.</returns>
    public static bool Matches(ReadOnlySpan<char> list, ReadOnlySpan<char> tag)
    {
        // Nearly always it is the one tag that was sent.
        if (list.SequenceEqual(tag))
        {
            return true;
        }

        // A comma within quotes does not separate; it would only make pieces that equal no tag of ours.
        foreach (var range in list.Split(','))
        {
            var candidate = list[range].Trim();
            if (candidate.StartsWith("W/", StringComparison.Ordinal))
            {
                candidate = candidate[2..];
            }

            if (candidate.SequenceEqual(tag) || candidate is "*")
            {
                return true;
            }
        }

        return false;
    }
}
