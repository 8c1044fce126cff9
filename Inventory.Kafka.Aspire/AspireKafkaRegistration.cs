using Aspire.Confluent.Kafka;
using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Inventory.Kafka.Aspire;

/// <summary>
/// The clients of Aspire.Confluent.Kafka with its health checks, metrics and traces. Those who make many sends overlap, and
/// name each in a trace of its own, take producers of <see cref="KafkaProducerFactory"/>: they are measured, but start no
/// spans, which would stand beside the caller's and take their place in the message.
/// </summary>
internal sealed class AspireKafkaRegistration : IKafkaRegistration
{
    public void AddProducer(IHostApplicationBuilder builder, string connectionName, Action<ProducerConfig> configure)
    {
        builder.AddKafkaProducer<string, byte[]>(connectionName, (KafkaProducerSettings settings) => Configure(settings, configure));

        // The second has the name of the connection and the same configuration, for which one health check is enough.
        ProducerConfig? config = null;
        builder.AddKeyedKafkaProducer<string, byte[]>(connectionName, (KafkaProducerSettings settings) =>
        {
            Configure(settings, configure);
            settings.DisableTracing = true;
            settings.DisableHealthChecks = true;
            config = settings.Config;
        });

        // The package registers one producer for the life of the program; what makes that one makes others, too.
        var registered = builder.Services.Last(service =>
            service.ServiceType == typeof(IProducer<string, byte[]>) && connectionName.Equals(service.ServiceKey));
        builder.Services.AddSingleton(provider => new KafkaProducerFactory(
            config!,
            () => (IProducer<string, byte[]>)registered.KeyedImplementationFactory!(provider, connectionName)));
    }

    public void AddConsumer(
        IHostApplicationBuilder builder,
        string connectionName,
        Action<ConsumerConfig> configure,
        Action<IServiceProvider, ConsumerBuilder<byte[], byte[]>> prepare) =>
        builder.AddKafkaConsumer<byte[], byte[]>(
            connectionName,
            settings =>
            {
                configure(settings.Config);
                settings.Config.StatisticsIntervalMs ??= 0;
            },
            prepare);

    // Once a second the client would write statistics that nobody reads: the metrics are counted by the package itself.
    private static void Configure(KafkaProducerSettings settings, Action<ProducerConfig> configure)
    {
        configure(settings.Config);
        settings.Config.StatisticsIntervalMs ??= 0;
    }
}
