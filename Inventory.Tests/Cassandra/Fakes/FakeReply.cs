using System.Diagnostics.CodeAnalysis;

namespace Inventory.Tests.Cassandra.Fakes;

/// <summary>What a fake node does about a request.</summary>
/// <param name="Bytes">Sent as they are; null sends nothing.</param>
/// <param name="After">Sent when this is done; other requests are answered meanwhile.</param>
/// <param name="ThenClose">Ends the connection afterwards.</param>
internal sealed record FakeReply(byte[]? Bytes, Task? After = null, bool ThenClose = false)
{
    public static FakeReply Nothing { get; } = new((byte[]?)null);

    [return: NotNullIfNotNull(nameof(bytes))]
    public static implicit operator FakeReply?(byte[]? bytes) => bytes is null ? null : new FakeReply(bytes);
}
