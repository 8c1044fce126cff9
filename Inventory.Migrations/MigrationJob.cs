using System.Net.Sockets;
using Confluent.Kafka;
using Inventory.Cassandra.Errors;
using Inventory.Postgres.Failures;
using Npgsql;
using Polly;
using Polly.Retry;

namespace Inventory.Migrations;

/// <summary>Runs every step, each as often as it takes until its server answers, within a bound.</summary>
internal sealed partial class MigrationJob(
    PostgresStep postgres, CassandraStep cassandra, KafkaStep kafka, ILogger<MigrationJob> logger)
{
    // With these delays the last attempt comes after about five minutes: a store that starts takes one at most.
    private const int Attempts = 65;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LastDelay = TimeSpan.FromSeconds(5);

    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var retries = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<Exception>(MayPass),
                MaxRetryAttempts = Attempts,
                BackoffType = DelayBackoffType.Exponential,
                Delay = FirstDelay,
                MaxDelay = LastDelay,
                UseJitter = true,
                OnRetry = attempt =>
                {
                    LogWaiting(attempt.Outcome.Exception!.Message);
                    return default;
                },
            })
            .Build();
        try
        {
            await retries.ExecuteAsync(async token => await postgres.RunAsync(token), cancellationToken);
            await retries.ExecuteAsync(async token => await cassandra.RunAsync(token), cancellationToken);
            await retries.ExecuteAsync(async token => await kafka.RunAsync(token), cancellationToken);
            LogDone();
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception);
            return false;
        }
    }

    // A server that is not up yet, or that another instance is just changing; not one that refuses us.
    private static bool MayPass(Exception exception) => exception switch
    {
        PostgresException postgres => postgres.IsTransient
            || PostgresFailure.RemedyOf(postgres) is PostgresRemedy.Repeat or PostgresRemedy.Reconnect,
        CassandraAuthenticationException => false,
        NpgsqlException or CassandraException or KafkaException or SocketException or TimeoutException => true,
        _ => false,
    };

    [LoggerMessage(LogLevel.Information, "Waiting for a store: {Reason}")]
    private partial void LogWaiting(string reason);

    [LoggerMessage(LogLevel.Information, "Every store is ready for the services.")]
    private partial void LogDone();

    [LoggerMessage(LogLevel.Critical, "The stores could not be prepared.")]
    private partial void LogFailed(Exception exception);
}
