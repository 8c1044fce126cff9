using System.Globalization;

namespace Inventory.Contracts.Events;

/// <summary>
/// Where the whole letter is when one record cannot hold it: its JSON cut into records of the same topic, under
/// <see cref="KeyOf"/>.
/// </summary>
/// <param name="Count">How many; 0 if the topic takes not even parts, so that only the message's origin may still have it.</param>
/// <param name="Length">Of the whole, in bytes.</param>
public sealed record DeadLetterParts(int Count, int Length)
{
    public bool IsKept => Count > 0;

    /// <param name="id">Of the letter.</param>
    /// <param name="index">0 to one less than the count.</param>
    public static string KeyOf(string id, int index) => string.Create(CultureInfo.InvariantCulture, $"{id}/{index}");
}
