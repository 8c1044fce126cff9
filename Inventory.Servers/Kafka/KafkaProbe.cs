using System.Buffers.Binary;
using System.Net;
using Inventory.Servers.Processes;

namespace Inventory.Servers.Kafka;

/// <summary>Asks a broker for its metadata, version 0, which every broker speaks.</summary>
internal static class KafkaProbe
{
    private const short MetadataKey = 3;
    private const short Version = 0;
    private const short NoClientId = -1;
    private const int CorrelationId = 1;
    private const int AllTopics = 0;

    private static readonly byte[] Request = BuildRequest();

    public static async Task<KafkaMetadata> AskAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        using var wire = await Wire.ConnectAsync(endPoint, cancellationToken);
        await wire.SendAsync(Request, cancellationToken);
        var length = await wire.ReadInt32Async(cancellationToken);
        return Read(await wire.ReadAsync(length, cancellationToken));
    }

    private static byte[] BuildRequest()
    {
        var request = new byte[18];
        BinaryPrimitives.WriteInt32BigEndian(request, request.Length - sizeof(int));
        BinaryPrimitives.WriteInt16BigEndian(request.AsSpan(4), MetadataKey);
        BinaryPrimitives.WriteInt16BigEndian(request.AsSpan(6), Version);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(8), CorrelationId);
        BinaryPrimitives.WriteInt16BigEndian(request.AsSpan(12), NoClientId);
        BinaryPrimitives.WriteInt32BigEndian(request.AsSpan(14), AllTopics);
        return request;
    }

    private static KafkaMetadata Read(byte[] answer)
    {
        var reader = new KafkaReader(answer);
        _ = reader.Int32(); // correlation id
        var brokers = new int[reader.Int32()];
        for (var index = 0; index < brokers.Length; index++)
        {
            brokers[index] = reader.Int32();
            _ = reader.String(); // host
            _ = reader.Int32(); // port
        }

        var topics = new Dictionary<string, TopicMetadata>(StringComparer.Ordinal);
        for (var left = reader.Int32(); left > 0; left--)
        {
            _ = reader.Int16(); // error, told again by the partitions
            topics[reader.String()] = ReadPartitions(ref reader);
        }

        return new KafkaMetadata(brokers, topics);
    }

    private static TopicMetadata ReadPartitions(ref KafkaReader reader)
    {
        var partitions = reader.Int32();
        var haveLeaders = true;
        for (var left = partitions; left > 0; left--)
        {
            _ = reader.Int16(); // error: also set when a follower is away, which stops nobody
            _ = reader.Int32(); // partition
            haveLeaders &= reader.Int32() >= 0;
            reader.SkipInt32Array(); // replicas
            reader.SkipInt32Array(); // in sync
        }

        return new TopicMetadata(partitions, haveLeaders);
    }
}
