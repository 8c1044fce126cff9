using System.Globalization;

namespace Inventory.Contracts.Events;

/// <summary>
/// A message that could not be applied, in the topic <see cref="ResourceNames.DeadLetterTopic"/> under its
/// <see cref="Id"/>. That topic is compacted: of the records of an id the last one counts, and what was resolved is
/// written over its letter, without the value.
/// </summary>
/// <param name="Reason">A sentence.</param>
/// <param name="Topic">Of the message.</param>
/// <param name="Partition">Of the message.</param>
/// <param name="Offset">Of the message.</param>
/// <param name="Key">As it was.</param>
/// <param name="Value">As it was; base64 in JSON. Null also when the letter is resolved.</param>
/// <param name="TraceParent">W3C trace context of the projector's work on it.</param>
/// <param name="SetAsideAt">When it was set aside, UTC.</param>
/// <param name="Resolution">What became of it; null while nothing has.</param>
public sealed record DeadLetter(
    string Reason,
    string Topic,
    int Partition,
    long Offset,
    string? Key,
    byte[]? Value,
    string? TraceParent,
    DateTimeOffset SetAsideAt,
    DeadLetterResolution? Resolution = null)
{
    /// <summary><c>partition-offset</c>: the same message always has the same id.</summary>
    public string Id => IdOf(Partition, Offset);

    public static string IdOf(int partition, long offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{partition}-{offset}");
}
