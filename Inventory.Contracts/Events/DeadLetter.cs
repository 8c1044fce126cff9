using System.Globalization;
using System.Text.Json.Serialization;

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
/// <param name="Key">As it was; null if there was none, or if it is no text.</param>
/// <param name="Value">As it was; base64 in JSON. Null also when the letter is resolved.</param>
/// <param name="TraceParent">W3C trace context of the projector's work on it.</param>
/// <param name="SetAsideAt">When it was set aside, UTC.</param>
/// <param name="Resolution">What became of it; null while nothing has.</param>
/// <param name="KeyBytes">The key as it was if it is no UTF-8; base64 in JSON.</param>
/// <param name="Parts">Where the key and the value are if the letter is too large for a record; null if they are here.</param>
public sealed record DeadLetter(
    [property: JsonRequired] string Reason,
    [property: JsonRequired] string Topic,
    [property: JsonRequired] int Partition,
    [property: JsonRequired] long Offset,
    string? Key,
    byte[]? Value,
    string? TraceParent,
    [property: JsonRequired] DateTimeOffset SetAsideAt,
    DeadLetterResolution? Resolution = null,
    byte[]? KeyBytes = null,
    DeadLetterParts? Parts = null)
{
    /// <summary><c>partition-offset</c>: the same message always has the same id.</summary>
    public string Id => IdOf(Partition, Offset);

    /// <summary>Where the message came from, for people.</summary>
    [JsonIgnore]
    public string Origin =>
        string.Create(CultureInfo.InvariantCulture, $"{Topic}, partition {Partition}, offset {Offset}");

    public static string IdOf(int partition, long offset) =>
        string.Create(CultureInfo.InvariantCulture, $"{partition}-{offset}");
}
