using System.Diagnostics;
using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Kafka;
using Inventory.Relay.Kafka;
using Inventory.Servers.Kafka;
using Inventory.Tests.Servers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Inventory.Tests.Relay.Kafka;

/// <summary>
/// What the relay wants of whoever registers its clients of Kafka, on the real broker: what runs where Aspire.Confluent.Kafka is
/// compiled in is what the suite proves where it is not.
/// </summary>
public abstract class KafkaRegistrationContract(RealServers servers) : IAsyncLifetime
{
    private readonly ActivityListener _spans = new();
    private readonly List<Activity> _started = [];
    private string _bootstrapServers = "";

    private protected RealServers Servers => servers;

    private protected abstract IKafkaRegistration Registration { get; }

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var kafka = await servers.KafkaAsync();
        _bootstrapServers = kafka.BootstrapServers;
        foreach (var topic in (string[])[ResourceNames.StockChangesTopic, ResourceNames.HealthChecksTopic])
        {
            await kafka.CreateTopicAsync(topic, partitions: 1, new Dictionary<string, string>(), Cancellation);
        }

        _spans.ShouldListenTo = static source => source.Name.Contains("Kafka", StringComparison.OrdinalIgnoreCase);
        _spans.Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded;
        _spans.ActivityStarted = activity => _started.Add(activity);
        ActivitySource.AddActivityListener(_spans);
    }

    public ValueTask DisposeAsync()
    {
        _spans.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void The_sections_of_the_configuration_reach_the_clients_and_that_of_the_connection_counts_more()
    {
        using var host = Build(
            _bootstrapServers,
            ("Aspire:Confluent:Kafka:Producer:Config:ClientId", "everybody"),
            ("Aspire:Confluent:Kafka:Producer:Config:QueueBufferingMaxMessages", "1234"),
            ("Aspire:Confluent:Kafka:Producer:kafka:Config:ClientId", "this one"));

        var config = host.Services.GetRequiredService<KafkaProducerFactory>().Config;

        Assert.Equal(("this one", 1234), (config.ClientId, config.QueueBufferingMaxMessages));
        Assert.Equal(_bootstrapServers, config.BootstrapServers);
    }

    [Fact]
    public void What_the_promises_rest_on_is_set_whatever_the_configuration_says()
    {
        using var host = Build(_bootstrapServers, ("Aspire:Confluent:Kafka:Producer:Config:Acks", "None"));

        Assert.Equal(Acks.All, host.Services.GetRequiredService<KafkaProducerFactory>().Config.Acks);
    }

    [Fact]
    public void A_missing_connection_string_is_named()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Build(bootstrapServers: null));
        Assert.Contains("ConnectionStrings:kafka", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_producer_sends_the_consumer_gets_with_the_key_and_value_as_they_were()
    {
        using var host = Build(_bootstrapServers, ("Aspire:Confluent:Kafka:Consumer:Config:GroupId", $"contract-{Guid.NewGuid():n}"));
        var topic = $"contract-{Guid.NewGuid():n}";
        var kafka = await servers.KafkaAsync();
        await kafka.CreateTopicAsync(topic, partitions: 1, new Dictionary<string, string>(), Cancellation);
        await host.Services.GetRequiredService<IProducer<string, byte[]>>().ProduceAsync(
            topic, new Message<string, byte[]> { Key = "key", Value = [1, 2, 3] }, Cancellation);

        var consumer = host.Services.GetRequiredService<IConsumer<byte[], byte[]>>();
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        var result = consumer.Consume(TimeSpan.FromSeconds(60));

        Assert.NotNull(result);
        Assert.Equal("key"u8.ToArray(), result.Message.Key);
        Assert.Equal([1, 2, 3], result.Message.Value);
    }

    [Fact]
    public async Task An_event_that_is_sent_starts_no_span_beside_the_relays_own()
    {
        using var host = Build(_bootstrapServers);
        using var producer = host.Services.GetRequiredService<EventProducer>();
        _started.Clear();

        // Elsewhere than on the client's thread, which disposing of the client waits for.
        var delivered = new TaskCompletionSource<DeliveryReport<string, byte[]>>(TaskCreationOptions.RunContinuationsAsynchronously);

        producer.Produce(new Message<string, byte[]> { Key = "span", Value = [1] }, delivered.SetResult);

        Assert.False((await delivered.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation)).Error.IsError);
        Assert.Empty(_started);
    }

    [Fact]
    public async Task The_health_checks_are_healthy_while_the_broker_answers()
    {
        using var host = Build(_bootstrapServers);

        var report = await CheckAsync(host);

        Assert.Contains("kafka", (IReadOnlyDictionary<string, HealthReportEntry>)report.Entries);
        Assert.All(report.Entries, check => Assert.Equal((check.Key, HealthStatus.Healthy), (check.Key, check.Value.Status)));
    }

    [Fact]
    public async Task The_health_checks_are_unhealthy_while_nobody_answers()
    {
        using var host = Build("127.0.0.1:1");

        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(host)).Status);
    }

    private protected IHost Build(string? bootstrapServers, params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            OldBroker.Environment
                .Select(variable => KeyValuePair.Create(variable.Key.Replace("__", ":", StringComparison.Ordinal), variable.Value))
                .Append(KeyValuePair.Create($"ConnectionStrings:{ResourceNames.Kafka}", bootstrapServers))
                .Concat(settings.Select(setting => KeyValuePair.Create(setting.Key, setting.Value))));
        KafkaClients.Add(builder, Registration);
        return builder.Build();
    }

    private static Task<HealthReport> CheckAsync(IHost host) =>
        host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation);
}
