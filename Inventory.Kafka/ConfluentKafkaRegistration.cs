using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Inventory.Kafka;

/// <summary>The clients of Confluent.Kafka, where Aspire.Confluent.Kafka is not served.</summary>
internal sealed class ConfluentKafkaRegistration : IKafkaRegistration
{
    public void AddProducer(IHostApplicationBuilder builder, string connectionName, Action<ProducerConfig> configure)
    {
        var config = new ProducerConfig();
        Bind(builder.Configuration, "Producer", connectionName, config);
        configure(config);
        builder.Services.TryAddSingleton<KafkaLog>();
        builder.Services.AddSingleton(provider => new KafkaProducerFactory(
            config,
            () => new ProducerBuilder<string, byte[]>(config)
                .SetLogHandler(provider.GetRequiredService<KafkaLog>().Write)
                .Build()));
        builder.Services.AddSingleton(static provider => provider.GetRequiredService<KafkaProducerFactory>().Create());
    }

    public void AddConsumer(
        IHostApplicationBuilder builder,
        string connectionName,
        Action<ConsumerConfig> configure,
        Action<IServiceProvider, ConsumerBuilder<byte[], byte[]>> prepare)
    {
        var config = new ConsumerConfig();
        Bind(builder.Configuration, "Consumer", connectionName, config);
        configure(config);
        builder.Services.TryAddSingleton<KafkaLog>();
        builder.Services.AddSingleton(provider =>
        {
            var consumer = new ConsumerBuilder<byte[], byte[]>(config)
                .SetLogHandler(provider.GetRequiredService<KafkaLog>().Write);
            prepare(provider, consumer);
            return consumer.Build();
        });
    }

    private static void Bind(IConfiguration configuration, string client, string connectionName, ClientConfig config)
    {
        var section = configuration.GetSection($"Aspire:Confluent:Kafka:{client}");
        section.GetSection("Config").Bind(config);
        section.GetSection($"{connectionName}:Config").Bind(config);
        config.BootstrapServers = configuration.GetConnectionString(connectionName) ?? config.BootstrapServers;
    }
}
