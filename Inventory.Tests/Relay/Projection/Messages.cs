using System.Text.Json;
using Confluent.Kafka;
using Inventory.Contracts.Events;
using Inventory.Contracts.Stocks;
using Inventory.Relay.Projection;

namespace Inventory.Tests.Relay.Projection;

/// <summary>Messages as they would come from Kafka.</summary>
internal static class Messages
{
    /// <summary>The count belongs to the version, as it does in Postgres.</summary>
    public static StockLevel Level(long version) =>
        new((int)version * 10, version, DateTimeOffset.UnixEpoch.AddMilliseconds(version));

    public static TakenMessage Of(long item, long version, long offset) =>
        Of(offset, JsonSerializer.SerializeToUtf8Bytes(
            StockChangedEvent.From(Change(item, version), traceParent: null), EventJson.Default.StockChangedEvent));

    public static TakenMessage Of(long offset, byte[] value) => Of(offset, "key"u8.ToArray(), value);

    public static TakenMessage Of(long offset, byte[]? key, byte[]? value, int partition = 0) => new(
        new ConsumeResult<byte[], byte[]>
        {
            Topic = "topic",
            Partition = partition,
            Offset = offset,
            Message = new Message<byte[], byte[]> { Key = key!, Value = value! },
        },
        DateTimeOffset.UtcNow);

    public static StockChanged Change(long item, long version)
    {
        var level = Level(version);
        return new StockChanged(
            item, 1, level.StockCount, level.Version, level.UpdatedAt, new(StockChangeCauses.OrderPlaced, Guid.Empty));
    }
}
