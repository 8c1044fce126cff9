using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Inventory.Contracts;
using Inventory.Contracts.Composition;

namespace Inventory.Migrations;

/// <summary>
/// The topics, if a connection to Kafka is given: a broker older than 0.10.1 cannot create them on request, and whoever
/// runs such a one has other means. <c>Kafka:Partitions</c> (12) and <c>Kafka:ReplicationFactor</c> (1) shape them.
/// </summary>
internal sealed class KafkaStep(IConfiguration configuration)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString(ResourceNames.Kafka) is not { Length: > 0 } bootstrapServers)
        {
            return;
        }

        var replicas = configuration.GetValue(ConfigurationKeys.KafkaReplicationFactor, defaultValue: (short)1);
        using var admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = bootstrapServers }).Build();
        try
        {
            await admin.CreateTopicsAsync(
                [
                    Topic(ResourceNames.StockChangesTopic, configuration.GetValue(ConfigurationKeys.KafkaPartitions, 12), replicas),
                    Topic(ResourceNames.DeadLetterTopic, partitions: 1, replicas),

                    // Compacted, too: every message of a health check has the same key.
                    Topic(ResourceNames.HealthChecksTopic, partitions: 1, replicas),
                ],
                new CreateTopicsOptions { RequestTimeout = Timeout }).WaitAsync(cancellationToken);
        }
        catch (CreateTopicsException exception)
            when (exception.Results.All(result => !result.Error.IsError || result.Error.Code == ErrorCode.TopicAlreadyExists))
        {
            // As it should be after the first time.
        }
    }

    private static TopicSpecification Topic(string name, int partitions, short replicas) => new()
    {
        Name = name,
        NumPartitions = partitions,
        ReplicationFactor = replicas,
        Configs = new Dictionary<string, string>
        {
            ["cleanup.policy"] = "compact",

            // With three replicas one may be away and every acknowledged event still lies on two.
            ["min.insync.replicas"] = replicas >= 3 ? "2" : "1",
        },
    };
}
