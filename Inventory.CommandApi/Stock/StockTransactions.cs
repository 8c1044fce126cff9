using Npgsql;
using Polly;
using Polly.Retry;

namespace Inventory.CommandApi.Stock;

/// <summary>
/// Runs a command in a transaction, and again when Postgres went away or broke a deadlock. That is safe even when a
/// commit's answer was lost: the command begins by looking for the answer that was stored under its id.
/// </summary>
internal sealed class StockTransactions(NpgsqlDataSource dataSource)
{
    private static readonly ResiliencePipeline Retries = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            // The bare time-out is that of a connection that waited for another one's reading of the types.
            ShouldHandle = new PredicateBuilder()
                .Handle<NpgsqlException>(exception => exception.IsTransient)
                .Handle<TimeoutException>(),
            MaxRetryAttempts = 2,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(20),
            UseJitter = true,
        })
        .Build();

    /// <param name="attempt">One attempt in an open transaction, which it commits itself if anything is to be kept.</param>
    /// <param name="cancellationToken">Ends the attempt; what was not committed by then is rolled back.</param>
    public async Task<T> RunAsync<T>(
        Func<NpgsqlConnection, NpgsqlTransaction, CancellationToken, Task<T>> attempt, CancellationToken cancellationToken) =>
        await Retries.ExecuteAsync(
            static async (state, token) =>
            {
                await using var connection = await state.dataSource.OpenConnectionAsync(token);
                await using var transaction = await connection.BeginTransactionAsync(token);
                return await state.attempt(connection, transaction, token);
            },
            (dataSource, attempt),
            cancellationToken);
}
