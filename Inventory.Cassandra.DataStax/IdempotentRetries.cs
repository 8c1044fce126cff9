using Driver = global::Cassandra;

namespace Inventory.Cassandra.DataStax;

/// <summary>Every request may be sent again, to the next node: see StockOperation.Recovery.cs.</summary>
/// <param name="most">Retries of one request.</param>
internal sealed class IdempotentRetries(int most) : Driver.IExtendedRetryPolicy
{
    public Driver.RetryDecision OnReadTimeout(
        Driver.IStatement query,
        Driver.ConsistencyLevel cl,
        int requiredResponses,
        int receivedResponses,
        bool dataRetrieved,
        int nbRetry) => Decide(nbRetry);

    public Driver.RetryDecision OnWriteTimeout(
        Driver.IStatement query, Driver.ConsistencyLevel cl, string writeType, int requiredAcks, int receivedAcks, int nbRetry) =>
        Decide(nbRetry);

    public Driver.RetryDecision OnUnavailable(
        Driver.IStatement query, Driver.ConsistencyLevel cl, int requiredReplica, int aliveReplica, int nbRetry) =>
        Decide(nbRetry);

    public Driver.RetryDecision OnRequestError(
        Driver.IStatement statement, Driver.Configuration config, Exception ex, int nbRetry) => Decide(nbRetry);

    private Driver.RetryDecision Decide(int retries) => retries < most
        ? Driver.RetryDecision.Retry(null, useCurrentHost: false)
        : Driver.RetryDecision.Rethrow();
}
