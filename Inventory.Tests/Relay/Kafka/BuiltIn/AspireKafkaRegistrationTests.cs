using System.Diagnostics.Metrics;
using Confluent.Kafka;
using Inventory.Contracts;
using Inventory.Kafka;
using Inventory.Tests.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace Inventory.Tests.Relay.Kafka.BuiltIn;

/// <summary>Aspire.Confluent.Kafka, which is what runs where it was built in.</summary>
public sealed class AspireKafkaRegistrationTests(RealServers servers) : KafkaRegistrationContract(servers)
{
    private protected override IKafkaRegistration Registration { get; } = KafkaRegistration.Find();

    [Fact]
    public void It_is_what_a_program_finds_that_was_built_with_it() =>
        Assert.Equal("AspireKafkaRegistration", KafkaRegistration.Find().GetType().Name);

    [Fact]
    public void Its_own_health_checks_are_on()
    {
        using var host = Build("127.0.0.1:1");
        Assert.True(host.Services.GetRequiredService<IOptions<HealthCheckServiceOptions>>().Value.Registrations.Count >= 3);
    }

    [Fact]
    public async Task What_it_sends_is_counted()
    {
        var counted = new HashSet<string>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listening) =>
            {
                if (instrument.Meter.Name.Contains("Kafka", StringComparison.Ordinal))
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => counted.Add(instrument.Name));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => counted.Add(instrument.Name));
        listener.Start();
        using var host = Build((await Servers.KafkaAsync()).BootstrapServers);

        await host.Services.GetRequiredService<IProducer<string, byte[]>>().ProduceAsync(
            ResourceNames.StockChangesTopic, new Message<string, byte[]> { Key = "counted", Value = [1] }, Cancellation);

        Assert.Contains(counted, static name => name.StartsWith("messaging.", StringComparison.Ordinal));
    }
}
