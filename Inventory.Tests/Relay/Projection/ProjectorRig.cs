using Confluent.Kafka;
using Inventory.Cassandra;
using Inventory.Relay.Projection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Inventory.Tests.Relay.Projection;

/// <summary>A projector over any writer, with a producer of dead letters that reaches the broker given, or none.</summary>
internal sealed class ProjectorRig : IDisposable
{
    private readonly IProducer<string, byte[]> _producer;
    private readonly DeadLetters _deadLetters;

    public ProjectorRig(IStockWriter writer, string broker = "127.0.0.1:1", int? messageMaxBytes = null)
    {
        _producer = new ProducerBuilder<string, byte[]>(new ProducerConfig
        {
            BootstrapServers = broker,
            MessageMaxBytes = messageMaxBytes,
            MessageTimeoutMs = 2_000,
            ApiVersionRequest = false,
            BrokerVersionFallback = "0.9.0.1",
        })
            .SetLogHandler((_, _) => { })
            .Build();
        _deadLetters = new DeadLetters(_producer, Telemetry, TimeProvider.System, NullLogger<DeadLetters>.Instance);
        Projector = new Projector(
            writer,
            _deadLetters,
            Telemetry,
            TimeProvider.System,
            NullLogger<Projector>.Instance);
    }

    public ProjectionTelemetry Telemetry { get; } = new();

    public Projector Projector { get; }

    public void Dispose()
    {
        Projector.Dispose();
        _deadLetters.Dispose();
        Telemetry.Dispose();
        _producer.Dispose();
    }
}
