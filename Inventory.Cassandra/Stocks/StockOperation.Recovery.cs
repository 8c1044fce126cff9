using Inventory.Cassandra.Connections;
using Inventory.Cassandra.Errors;

namespace Inventory.Cassandra.Stocks;

/// <summary>
/// When an attempt failed. Every request is idempotent (reads, and writes that carry their own timestamp), so one that
/// may have been executed can be sent again all the same.
/// </summary>
internal abstract partial class StockOperation
{
    private CassandraException? _failure;
    private CqlConnection? _failedOn;
    private int _retries;

    /// <summary>Only notes it: what follows may run callers, so it has to wait until the frames are parsed.</summary>
    public sealed override void Fail(CassandraException error, CqlConnection connection)
    {
        _failure = error;
        _failedOn = connection;
    }

    private void Recover(long now)
    {
        var (error, failedOn) = (_failure!, _failedOn!);
        (_failure, _failedOn) = (null, null);
        if (_retries >= Cluster.Options.MaxRetries || now >= Deadline || _cancellation.IsCancellationRequested)
        {
            GiveUp(error, now);
        }
        else if (error is CassandraServerException { Code: CassandraErrorCode.Unprepared })
        {
            _retries++;
            _ = PrepareAndSendAgainAsync(failedOn);
        }
        else if (error.IsTransient && Cluster.Routing?.PickOther(_token, failedOn) is { } other)
        {
            _retries++;
            Cluster.Metrics.RequestWasRetried();
            SendAgain(other, now);
        }
        else
        {
            GiveUp(error, now);
        }
    }

    private void GiveUp(Exception error, long now)
    {
        _error = _cancellation.IsCancellationRequested ? new OperationCanceledException(_cancellation) : error;
        End(now);
    }

    private void SendAgain(CqlConnection connection, long now)
    {
        // Afterwards only these may be used, until the operation is ours again.
        var generation = Generation;
        var cancellation = _cancellation;
        var endPoint = connection.EndPoint;
        switch (SendOn(connection, generation, now, again: true))
        {
            case SendOutcome.Accepted when cancellation.IsCancellationRequested && TryFinish(generation):
                GiveUp(new OperationCanceledException(cancellation), now);
                break;
            case SendOutcome.Closed when TryTakeAfterFailure(generation):
                Fail(new CassandraConnectionException($"The connection to {endPoint} has ended."), connection);
                Recover(now);
                break;
            case SendOutcome.Busy when TryTakeAfterFailure(generation):
                GiveUp(new CassandraBusyException($"Too many requests wait for {endPoint}."), now);
                break;
        }
    }

    /// <summary>The node has forgotten the statement: it restarted, or the table was made anew.</summary>
    private async Task PrepareAndSendAgainAsync(CqlConnection connection)
    {
        try
        {
            await connection.PrepareAgainAsync(_sentWith!, Cluster.Options.ConnectTimeout);
            SendAgain(connection, Cluster.Time.GetTimestamp());
        }
#pragma warning disable CA1031 // Whatever it is, the caller waits for it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            GiveUp(error, Cluster.Time.GetTimestamp());
        }
    }

    /// <summary>
    /// Asks another node too. The operation belongs to somebody else and may end at any moment: the frame is
    /// encoded first, and only counts if the generation is still the same afterwards.
    /// </summary>
    protected bool TrySpeculateOn(int generation, CqlConnection slow, long now)
    {
        var cluster = Cluster;
        if (cluster.Routing?.PickOtherNode(_token, slow) is not { } other)
        {
            return false;
        }

        var deadline = Deadline;
        var prepared = other.GetPrepared(Statement);
        Span<byte> buffer = stackalloc byte[SmallFrame];
        var frame = EncodeFrame(prepared, buffer);
        if (!TryAddAttempt(generation))
        {
            return false;
        }

        if (other.Send(new StreamTicket(this, generation), frame, now, deadline) == SendOutcome.Accepted)
        {
            return true;
        }

        if (TryTakeAfterFailure(generation))
        {
            // The first attempt failed in the meantime, trusting in this one.
            Fail(new CassandraConnectionException($"The connection to {other.EndPoint} could take no more."), other);
            ThreadPool.UnsafeQueueUserWorkItem(static state => state.self.Complete(state.now), (self: this, now), preferLocal: false);
        }

        return false;
    }
}
