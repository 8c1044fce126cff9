using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Inventory.Relay.Projection;
using Inventory.Tests.Faults;
using Inventory.Tests.Hosting;
using Inventory.Tests.Servers;
using Inventory.Tools.DeadLetters;

namespace Inventory.Tests.Relay.Projection;

/// <summary>Messages that can neither be applied nor be wrapped into one record. The dead letters are on a real broker.</summary>
public sealed class LargeDeadLetterTests(RealServers servers) : IAsyncLifetime
{
    private const int Partition = 12;

    private readonly long _offset = Random.Shared.NextInt64(1, long.MaxValue / 2);
    private readonly ScriptedWriter _cassandra = new(_ => Task.CompletedTask);
    private string _kafka = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Id => DeadLetter.IdOf(Partition, _offset);

    public async ValueTask InitializeAsync()
    {
        var kafka = await servers.KafkaAsync();
        var compact = new Dictionary<string, string> { ["cleanup.policy"] = "compact" };
        await kafka.CreateTopicAsync(ResourceNames.DeadLetterTopic, 1, compact, Cancellation);
        _kafka = kafka.BootstrapServers;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Bug_A_value_that_is_too_large_in_base64_is_kept_whole_in_parts_and_its_partition_goes_on()
    {
        var value = Encoding.ASCII.GetBytes(new string('x', 800_000));

        await SetAsideAsync("1:1"u8.ToArray(), value);

        var letter = Read();
        Assert.Equal("1:1", letter.Key);
        Assert.Equal(value, letter.Value);
        Assert.Contains("in 17 parts", Shown(letter), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_parts_of_a_letter_go_when_it_is_resolved()
    {
        await SetAsideAsync("1:1"u8.ToArray(), new byte[900_000]);

        await new DeadLetterTopic(_kafka, TimeProvider.System).ResolveAsync(Read(), DeadLetterResolution.Dropped, Cancellation);

        Assert.Equal((DeadLetterResolution.Dropped, null), (Read().Resolution?.Outcome, Read().Parts));
        var left = TopicReader.ReadAll(_kafka, ResourceNames.DeadLetterTopic)
            .Where(record => record.Key.StartsWith($"{Id}/", StringComparison.Ordinal))
            .GroupBy(record => record.Key)
            .Where(part => part.Last().Value is not null);
        Assert.Empty(left);
    }

    [Fact]
    public async Task Bug_A_key_or_a_reason_as_long_as_the_message_blocks_nothing_either()
    {
        // The reason quotes the name of the property in which the number is none.
        var name = new string('n', 300_000);
        var key = Encoding.ASCII.GetBytes(new string('k', 700_000));

        await SetAsideAsync(key, Encoding.UTF8.GetBytes($"{{\"{name}\": 1e, \"data\": {{}}}}"));

        Assert.Equal(key.Length, Read().Key?.Length);
        Assert.InRange(Read().Reason.Length, 1, 1_100);
    }

    [Fact]
    public async Task A_topic_that_takes_no_parts_gets_a_letter_that_tells_where_the_message_is()
    {
        await SetAsideAsync("1:1"u8.ToArray(), new byte[50_000], messageMaxBytes: 20_000);

        var letter = Read();
        Assert.Equal(("1:1", null), (letter.Key, letter.Value));
        Assert.Matches($@"(?s)offset {_offset}\b.*not: its \d+ bytes", Shown(letter));
    }

    [Fact]
    public async Task A_key_that_is_no_text_is_kept_as_it_was()
    {
        byte[] key = [0xFF, 0x00, 0xFE];

        await SetAsideAsync(key, "poison"u8.ToArray());

        Assert.Null(Read().Key);
        Assert.Equal(key, Read().KeyBytes);
        Assert.Contains("(base64) /wD+", Shown(Read()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bug_While_no_broker_takes_a_letter_the_projector_counts_as_failing()
    {
        using var rig = new ProjectorRig(_cassandra);
        using var lane = new PartitionLane(new("topic", Partition), rig.Projector, _ => { });
        lane.Add(Messages.Of(_offset, "1:1"u8.ToArray(), "poison"u8.ToArray(), Partition));

        await Eventually.IsTrueAsync(() => Task.FromResult(rig.Projector.IsFailing));
    }

    // Returns when the partition has gone on behind the message.
    private async Task SetAsideAsync(byte[] key, byte[] value, int? messageMaxBytes = null)
    {
        using var rig = new ProjectorRig(_cassandra, _kafka, messageMaxBytes);
        var stored = new ConcurrentQueue<long>();
        using var lane = new PartitionLane(new("topic", Partition), rig.Projector, next => stored.Enqueue(next.Offset.Value));
        lane.Add(Messages.Of(_offset, key, value, Partition));
        lane.Add(Messages.Of(item: 1, version: 1, _offset + 1));
        await Eventually.IsTrueAsync(() => Task.FromResult(stored.Contains(_offset + 2)));
        Assert.Single(_cassandra.Acknowledged);
    }

    private DeadLetter Read() =>
        new DeadLetterTopic(_kafka, TimeProvider.System).ReadAll(Cancellation).Single(letter => letter.Id == Id);

    private static string Shown(DeadLetter letter)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        DeadLetterText.Write(output, letter);
        return output.ToString();
    }
}
