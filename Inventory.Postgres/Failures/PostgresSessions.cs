using Npgsql;
using Polly;
using Polly.Retry;

namespace Inventory.Postgres.Failures;

/// <summary>
/// Lends a session, and another one at once when the first was of no use. What is done in it must be safe to do again.
/// Sessions of no use are not kept: the pool is emptied, or each of them would fail somebody else later.
/// </summary>
public sealed class PostgresSessions(NpgsqlDataSource dataSource)
{
    private static readonly ResiliencePipeline Retries = new ResiliencePipelineBuilder()
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<Exception>(exception =>
                PostgresFailure.RemedyOf(exception) is PostgresRemedy.Repeat or PostgresRemedy.Reconnect),
            MaxRetryAttempts = 2,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(20),
            UseJitter = true,
        })
        .Build();

    /// <exception cref="NpgsqlException">No attempt succeeded; the last one's failure.</exception>
    public async Task<T> RunAsync<T>(
        Func<NpgsqlConnection, CancellationToken, Task<T>> use, CancellationToken cancellationToken) =>
        await Retries.ExecuteAsync(
            static async (state, token) =>
            {
                try
                {
                    await using var connection = await state.dataSource.OpenConnectionAsync(token);
                    return await state.use(connection, token);
                }
                catch (PostgresException exception)
                    when (PostgresFailure.RemedyOf(exception) is PostgresRemedy.Reconnect)
                {
                    state.dataSource.Clear();
                    throw;
                }
            },
            (dataSource, use),
            cancellationToken);
}
