using Confluent.Kafka;

namespace Inventory.Kafka;

/// <summary>Makes producers for whoever wants to own one, replace it and dispose of it.</summary>
/// <param name="Config">Of every one of them.</param>
/// <param name="Create">A new one each time.</param>
internal sealed record KafkaProducerFactory(ProducerConfig Config, Func<IProducer<string, byte[]>> Create);
