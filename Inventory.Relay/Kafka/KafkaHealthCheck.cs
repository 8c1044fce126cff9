using Confluent.Kafka;
using Inventory.Contracts;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Inventory.Relay.Kafka;

/// <summary>Ready when a broker answers and knows the topic.</summary>
internal sealed class KafkaHealthCheck(IProducer<string, byte[]> producer) : IHealthCheck
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // The call blocks, so it does not keep the caller's thread.
            var metadata = await Task.Run(AskBroker, cancellationToken);
            return metadata.Topics.All(topic => !topic.Error.IsError && topic.Partitions.Count > 0)
                ? HealthCheckResult.Healthy()
                : new HealthCheckResult(context.Registration.FailureStatus, "The topic is missing.");
        }
        catch (KafkaException exception)
        {
            return new HealthCheckResult(context.Registration.FailureStatus, "No broker answers.", exception);
        }
    }

    private Metadata AskBroker()
    {
        // Shares the producer's connections and does not own them.
        using var admin = new DependentAdminClientBuilder(producer.Handle).Build();
        return admin.GetMetadata(ResourceNames.StockChangesTopic, Timeout);
    }
}
