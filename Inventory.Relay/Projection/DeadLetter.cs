namespace Inventory.Relay.Projection;

/// <summary>A message that could not be applied, with where it came from.</summary>
/// <param name="Reason">A sentence.</param>
/// <param name="Topic">Of the message.</param>
/// <param name="Partition">Of the message.</param>
/// <param name="Offset">Of the message.</param>
/// <param name="Key">As it was.</param>
/// <param name="Value">As it was; base64 in JSON.</param>
internal sealed record DeadLetter(string Reason, string Topic, int Partition, long Offset, string? Key, byte[]? Value);
