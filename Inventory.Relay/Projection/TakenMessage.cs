using Confluent.Kafka;

namespace Inventory.Relay.Projection;

/// <summary>A message as it came from Kafka.</summary>
/// <param name="Result">The message with its partition and offset.</param>
/// <param name="TakenAt">UTC.</param>
internal readonly record struct TakenMessage(ConsumeResult<byte[], byte[]> Result, DateTimeOffset TakenAt);
