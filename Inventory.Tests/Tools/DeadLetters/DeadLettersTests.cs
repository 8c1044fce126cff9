using System.Globalization;
using System.Text.Json;
using Inventory.Contracts;
using Inventory.Contracts.Events;
using Inventory.Tests.Faults;
using Inventory.Tests.QueryApi;
using Inventory.Tests.Relay.Projection;
using Inventory.Tests.Servers;
using Inventory.Tools;
using Inventory.Tools.DeadLetters;

namespace Inventory.Tests.Tools.DeadLetters;

/// <summary>On the real topic of a real broker.</summary>
public sealed class DeadLettersTests(RealServers servers) : IAsyncLifetime
{
    private static long _nextOffset = 1_000_000;

    private readonly TemporaryFolder _folder = new();
    private string _kafka = null!;
    private DeadLetterTopic _topic = null!;
    private TestKeyspace _keyspace = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var kafka = await servers.KafkaAsync();
        var compact = new Dictionary<string, string> { ["cleanup.policy"] = "compact" };
        await kafka.CreateTopicAsync(ResourceNames.DeadLetterTopic, 1, compact, Cancellation);
        await kafka.CreateTopicAsync(
            ResourceNames.StockChangesTopic, RealServers.TopicPartitions, new Dictionary<string, string>(), Cancellation);
        _kafka = kafka.BootstrapServers;
        _topic = new DeadLetterTopic(_kafka, TimeProvider.System);
        _keyspace = await TestKeyspace.CreateAsync(await servers.CassandraAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _keyspace.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_letter_tells_its_reason_origin_trace_and_value()
    {
        var letter = await SetAsideAsync("poison"u8.ToArray(), trace: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        var shown = Text(output => DeadLetterText.Write(output, Read(letter.Id)));

        Assert.Contains("not the JSON", shown, StringComparison.Ordinal);
        Assert.Contains($"{ResourceNames.StockChangesTopic}, partition 3, offset {letter.Offset}", shown, StringComparison.Ordinal);
        Assert.Contains("0af7651916cd43dd8448eb211c80319c", shown, StringComparison.Ordinal);
        Assert.Contains("poison", shown, StringComparison.Ordinal);
        Assert.Contains(
            $"{letter.Id} ", Text(output => DeadLetterText.WriteList(output, _topic.ReadAll(Cancellation))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_letter_that_is_set_aside_twice_is_one()
    {
        var letter = await SetAsideAsync([0xFF]);
        await SendAsync(letter);

        Assert.Single(_topic.ReadAll(Cancellation), each => each.Id == letter.Id);
        Assert.Contains("(base64) /w==", Text(output => DeadLetterText.Write(output, letter)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dropping_is_remembered_without_the_value_and_cannot_be_done_twice()
    {
        var letter = await SetAsideAsync("poison"u8.ToArray());

        Assert.Equal(ExitCode.Success, await RunAsync("drop", letter.Id));

        Assert.Equal((DeadLetterResolution.Dropped, null), (Read(letter.Id).Resolution?.Outcome, Read(letter.Id).Value));
        Assert.Equal(ExitCode.Unusable, await RunAsync("drop", letter.Id));
        Assert.Equal(ExitCode.Unusable, await RunAsync("replay", letter.Id));
    }

    [Fact]
    public async Task A_message_that_can_be_read_now_is_sent_to_its_topic_again_under_the_key_of_its_stock()
    {
        var change = Messages.Change(item: Random.Shared.NextInt64(1, long.MaxValue), version: 7);
        var value = Value(change);
        var letter = await SetAsideAsync(value);

        Assert.Equal(ExitCode.Success, await RunAsync("replay", letter.Id));

        Assert.Equal(DeadLetterResolution.Replayed, Read(letter.Id).Resolution?.Outcome);
        var sent = Assert.Single(
            TopicReader.ReadAll(_kafka, ResourceNames.StockChangesTopic), message => message.Key == change.ToKey().ToString());
        Assert.Equal(value, sent.Value);
    }

    [Fact]
    public async Task A_change_that_cassandra_has_a_newer_version_of_is_not_put_at_the_end_of_the_topic()
    {
        var change = Messages.Change(item: Random.Shared.NextInt64(1, long.MaxValue), version: 7);
        await _keyspace.Client.WriteAsync(change.ToKey(), Messages.Level(8), Cancellation);
        var letter = await SetAsideAsync(Value(change));

        Assert.Equal(ExitCode.Success, await RunAsync("replay", letter.Id));

        Assert.Equal(DeadLetterResolution.Superseded, Read(letter.Id).Resolution?.Outcome);
        Assert.DoesNotContain(
            TopicReader.ReadAll(_kafka, ResourceNames.StockChangesTopic), message => message.Key == change.ToKey().ToString());
    }

    [Fact]
    public async Task What_would_only_be_set_aside_again_is_not_replayed_and_does_not_stop_the_others()
    {
        var poison = await SetAsideAsync("poison"u8.ToArray());
        var good = await SetAsideAsync(Value(Messages.Change(item: Random.Shared.NextInt64(1, long.MaxValue), version: 7)));

        Assert.Equal(ExitCode.Failure, await RunAsync("replay", poison.Id, good.Id));

        Assert.Null(Read(poison.Id).Resolution);
        Assert.Equal(DeadLetterResolution.Replayed, Read(good.Id).Resolution?.Outcome);
    }

    [Fact]
    public async Task What_nobody_knows_is_told()
    {
        Assert.Equal(ExitCode.Unusable, await RunAsync("show", "9-999999999"));
        Assert.Equal(ExitCode.Unusable, await RunAsync("drop"));
        Assert.Equal(ExitCode.Success, await RunAsync("list", "--all"));
    }

    private static byte[] Value(StockChanged change) => JsonSerializer.SerializeToUtf8Bytes(
        StockChangedEvent.From(change, traceParent: null), EventJson.Default.StockChangedEvent);

    private static string Text(Action<TextWriter> write)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        write(output);
        return output.ToString();
    }

    private DeadLetter Read(string id) => _topic.ReadAll(Cancellation).Single(letter => letter.Id == id);

    private async Task<DeadLetter> SetAsideAsync(byte[] value, string? trace = null)
    {
        var letter = new DeadLetter(
            "The value is not the JSON of a stock change.",
            ResourceNames.StockChangesTopic,
            Partition: 3,
            Interlocked.Increment(ref _nextOffset),
            "no key",
            value,
            trace,
            DateTimeOffset.UtcNow);
        await SendAsync(letter);
        return letter;
    }

    private Task SendAsync(DeadLetter letter) => _topic.SendAsync(
        ResourceNames.DeadLetterTopic,
        letter.Id,
        JsonSerializer.SerializeToUtf8Bytes(letter, DeadLetterJson.Default.DeadLetter),
        Cancellation);

    private async Task<int> RunAsync(params string[] arguments)
    {
        var file = _folder.File("endpoints.json");
        await File.WriteAllTextAsync(
            file,
            $$"""
            { "gateway": "http://127.0.0.1:1", "connectionStrings": { "kafka": "{{_kafka}}", "inventory": "{{_keyspace.ConnectionString}}" } }
            """,
            Cancellation);
        return await ToolCommands.RunAsync(["dead-letters", .. arguments, "--endpoints", file], TimeProvider.System);
    }
}
