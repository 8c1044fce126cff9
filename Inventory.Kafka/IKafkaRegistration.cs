using Confluent.Kafka;
using Microsoft.Extensions.Hosting;

namespace Inventory.Kafka;

/// <summary>
/// Registers clients of Kafka by the name of a connection and the sections of Aspire.Confluent.Kafka:
/// <c>Aspire:Confluent:Kafka:Producer:Config</c> and <c>:Consumer:Config</c>, and the same with the name of the connection
/// before <c>:Config</c>, which counts more. What librdkafka says goes into the log.
/// </summary>
internal interface IKafkaRegistration
{
    /// <summary>An <see cref="IProducer{TKey,TValue}"/>, and a <see cref="KafkaProducerFactory"/> for more of them.</summary>
    /// <param name="builder">Has the configuration and the services.</param>
    /// <param name="connectionName">Of the connection string.</param>
    /// <param name="configure">Has the last word on what the configuration said.</param>
    void AddProducer(IHostApplicationBuilder builder, string connectionName, Action<ProducerConfig> configure);

    /// <summary>An <see cref="IConsumer{TKey,TValue}"/> of bytes: a key may be anything.</summary>
    /// <param name="builder">Has the configuration and the services.</param>
    /// <param name="connectionName">Of the connection string.</param>
    /// <param name="configure">Has the last word on what the configuration said.</param>
    /// <param name="prepare">Sets what is called when partitions come and go.</param>
    void AddConsumer(
        IHostApplicationBuilder builder,
        string connectionName,
        Action<ConsumerConfig> configure,
        Action<IServiceProvider, ConsumerBuilder<byte[], byte[]>> prepare);
}
